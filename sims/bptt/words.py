"""What is said about gradients through time. Every number is a measured one."""

import math
from collections.abc import Mapping

import numpy as np

from sims.bptt.flow import RUNS
from sims.cells import Array
from sims.numerals import number, power_of_ten
from sims.text import Text, same

NAMES = {"tanh": same("tanh"), "sigmoid": same("sigmoid"), "relu": same("ReLU"), "linear": Text("線形", "linear")}
LOST, HUGE = 1e-3, 1e3  # below and above which a gradient counts as vanished and as exploded


def rough(value: float) -> str:
    """The order of magnitude, and near 1 one digit: ``10⁻⁹²``, ``0.4``, ``20``."""
    if value == 0 or not math.isfinite(value):
        return number(value)
    if 0.0095 <= value < 99.5:
        return number(value, 1) if value < 9.5 else f"{value:.0f}"
    return power_of_ten(round(math.log10(value)))


def flow_words(activation: str, rho: float, input_std: float, medians: Array) -> Text:
    """How large the gradient of one kind of network is at the last lag."""
    lag, left = len(medians) - 1, float(medians[-1])
    factor, size = number(left ** (1 / lag), 2), number(left, 2)
    name = NAMES[activation]
    return Text(
        f"{name.ja}、ρ = {number(rho)}。{lag} ステップ戻ると勾配は {size} 倍、1 ステップあたり {factor} 倍です"
        f"（{RUNS} 回の中央値）。",
        f"{name.en}, ρ = {number(rho)}: {lag} steps back the gradient has a factor of {size}, "
        f"{factor} a step (median of {RUNS}).",
    )


def sweeping_words(rho: float, row: Mapping[str, Array]) -> Text:
    """One row of the table."""
    found = {name: rough(float(np.median(sizes))) for name, sizes in row.items()}
    ja = "、".join(f"{NAMES[name].ja} {size}" for name, size in found.items())
    en = ", ".join(f"{NAMES[name].en} {size}" for name, size in found.items())
    return Text(f"ρ = {number(rho)} では、{ja} です。", f"At ρ = {number(rho)}: {en}.")


def sweep_words(sizes: Mapping[float, Mapping[str, Array]], activation: str, rho: float) -> Text:
    """What came of the chosen setting, and of all others."""
    medians = [float(np.median(found)) for row in sizes.values() for found in row.values()]
    lost, huge = sum(left < LOST for left in medians), sum(not left <= HUGE for left in medians)
    chosen, name = sizes[rho][activation], NAMES[activation]
    size, grown, gone = rough(float(np.median(chosen))), int((chosen > HUGE).sum()), int((chosen < LOST).sum())
    ja, en = f"1,000 倍を超えたのは {RUNS} 回のうち {grown} 回", f"{grown} of {RUNS} grew above 1,000"
    if gone > grown:
        ja, en = f"1,000 分の 1 を切ったのは {RUNS} 回のうち {gone} 回", f"{gone} of {RUNS} fell below .001"
    return Text(
        f"{name.ja}、ρ = {number(rho)} で {size} 倍、{ja}。{len(medians)} 通りのうち {lost} 通りで消失し、"
        f"{huge} 通りで爆発します。",
        f"{name.en}, ρ = {number(rho)}: a factor of {size}; {en}. "
        f"In {lost} of {len(medians)} settings it vanishes, in {huge} it explodes.",
    )
