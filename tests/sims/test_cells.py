"""The backward pass of the cells against a literal cell in complex numbers, and against finite differences."""

from itertools import chain, combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray

from sims.cells import GATES, LSTM, Array, Gate, Parameters, State, sigmoid

Complex = NDArray[np.complex128]
R, T, B, INPUTS, CELLS = 2, 5, 2, 2, 3
SUBSETS = list(chain.from_iterable(combinations(GATES, number) for number in range(4)))
SWITCHES = list(product(SUBSETS, (False, True), (False, True), (False, True)))
names = [
    f"{'+'.join(gates) or 'no gates'}{', recurrent' * recurrent}{', peepholes' * peepholes}{', tanh' * squash}"
    for gates, recurrent, peepholes, squash in SWITCHES
]


def literal(lstm: LSTM, parameters: dict[str, Complex], x: Array, nudge: Complex) -> Complex:
    """Output (T, B, H) of one run, cell by cell from the equations; ``nudge`` (T, B, H) is added to the cells."""

    def g(u: complex) -> complex:
        return complex(np.tanh(u)) if lstm.squash else u

    h = np.zeros((T + 1, B, CELLS), complex)
    c = np.zeros((T + 1, B, CELLS), complex)
    for t, b in product(range(T), range(B)):
        for j in range(CELLS):

            def net(block: int, t: int = t, b: int = b, j: int = j) -> complex:
                u = parameters["b"][block, j] + sum(x[t, b, i] * parameters["W"][block, i, j] for i in range(INPUTS))
                if lstm.recurrent:
                    u += sum(h[t, b, i] * parameters["U"][block, i, j] for i in range(CELLS))
                return complex(u)

            def gate(name: Gate, seen: complex, j: int = j) -> complex:
                if name not in lstm.gates:
                    return 1.0
                place = lstm.gates.index(name)
                u = net(1 + place) + (parameters["p"][place, j] * seen if lstm.peepholes else 0)
                return complex(1 / (1 + np.exp(-u)))

            before = complex(c[t, b, j])
            c[t + 1, b, j] = gate("forget", before) * before + gate("input", before) * g(net(0)) + nudge[t, b, j]
            after = complex(c[t + 1, b, j])
            h[t + 1, b, j] = gate("output", after) * g(after)
    return h[1:]


def drawn(lstm: LSTM, seed: int) -> tuple[Parameters, Array, Array]:
    """Parameters with nothing left at zero, inputs, and the weights of an error that is linear in h."""
    rng = np.random.default_rng(seed)
    parameters = lstm.draw(rng, R)
    for value in parameters.values():
        value += rng.normal(0, 0.3, value.shape)
    return parameters, rng.normal(size=(R, T, B, INPUTS)), rng.normal(size=(R, T, B, CELLS))


@pytest.mark.parametrize(("gates", "recurrent", "peepholes", "squash"), SWITCHES, ids=names)
def test_gradients_equal_the_complex_step_of_a_literal_cell(
    gates: tuple[Gate, ...], recurrent: bool, peepholes: bool, squash: bool
) -> None:
    lstm = LSTM(INPUTS, CELLS, gates, recurrent, peepholes, squash)
    parameters, x, weights = drawn(lstm, seed=len(gates))
    trace = lstm.forward(parameters, x)
    gradients, d_c = lstm.backward(parameters, trace, weights)
    assert set(gradients) == set(parameters)
    step, run = 1e-30, R - 1
    rng = np.random.default_rng(0)

    def error(changed: dict[str, Complex], nudge: Complex) -> complex:
        return complex((literal(lstm, changed, x[run], nudge) * weights[run]).sum())

    own = {name: value[run].astype(complex) for name, value in parameters.items()}
    still = np.zeros((T, B, CELLS), complex)
    assert np.allclose(literal(lstm, own, x[run], still), trace.h[run], rtol=1e-12, atol=1e-13)
    for name, gradient in gradients.items():
        scale = np.abs(gradient[run]).max(initial=0.0)
        for place in rng.permutation(gradient[run].size)[:6]:
            changed = {key: value.copy() for key, value in own.items()}
            changed[name].flat[place] += 1j * step
            expected = error(changed, still).imag / step
            assert abs(gradient[run].flat[place] - expected) <= 1e-10 * scale, (name, place)
    for place in rng.permutation(still.size)[:4]:
        nudge = still.copy()
        nudge.flat[place] = 1j * step
        expected = error(own, nudge).imag / step
        assert abs(d_c[run].flat[place] - expected) <= 1e-10 * np.abs(d_c[run]).max(), place


@pytest.mark.parametrize("peepholes", [False, True])
def test_gradients_equal_finite_differences(peepholes: bool) -> None:
    lstm = LSTM(INPUTS, CELLS, peepholes=peepholes)
    parameters, x, weights = drawn(lstm, seed=1)
    gradients, _ = lstm.backward(parameters, lstm.forward(parameters, x), weights)

    def error() -> Array:
        return np.asarray((lstm.forward(parameters, x).h * weights).sum((1, 2, 3)))

    for name, gradient in gradients.items():
        numeric = np.empty_like(gradient)
        for place in np.ndindex(gradient.shape[1:]):
            here = (slice(None), *place)  # the runs are independent: all of them are moved at once
            parameters[name][here] += 1e-5
            above = error()
            parameters[name][here] -= 2e-5
            numeric[here] = (above - error()) / 2e-5
            parameters[name][here] += 1e-5
        assert np.abs(numeric - gradient).max() <= 1e-7 * np.abs(gradient).max(), name


def test_runs_do_not_touch_each_other() -> None:
    lstm = LSTM(INPUTS, CELLS, peepholes=True)
    parameters, x, weights = drawn(lstm, seed=2)
    trace = lstm.forward(parameters, x)
    gradients, d_c = lstm.backward(parameters, trace, weights)
    for run in range(R):
        own = {name: value[run : run + 1] for name, value in parameters.items()}
        alone = lstm.forward(own, x[run : run + 1])
        alone_gradients, alone_d_c = lstm.backward(own, alone, weights[run : run + 1])
        assert np.allclose(alone.h[0], trace.h[run], rtol=1e-13)
        assert np.allclose(alone_d_c[0], d_c[run], rtol=1e-13)
        for name, gradient in alone_gradients.items():
            assert np.allclose(gradient[0], gradients[name][run], rtol=1e-12), name


@pytest.mark.parametrize("peepholes", [False, True])
def test_reading_on_from_a_state_is_reading_in_one_go(peepholes: bool) -> None:
    lstm = LSTM(INPUTS, CELLS, peepholes=peepholes)
    parameters, x, weights = drawn(lstm, seed=5)
    whole = lstm.forward(parameters, x)
    first = lstm.forward(parameters, x[:, :2])
    rest = lstm.forward(parameters, x[:, 2:], first.end)
    assert np.allclose(rest.h, whole.h[:, 2:], rtol=1e-14)
    assert np.allclose(rest.c, whole.c[:, 2:], rtol=1e-14)
    gradients, _ = lstm.backward(parameters, rest, weights[:, 2:])
    for name, place in product(parameters, range(3)):
        moved = {key: value.copy() for key, value in parameters.items()}
        errors = []
        for step in (1e-6, -1e-6):
            moved[name][1].flat[place] = parameters[name][1].flat[place] + step
            errors.append((lstm.forward(moved, x[:, 2:], first.end).h[1] * weights[1, 2:]).sum())
        numeric = (errors[0] - errors[1]) / 2e-6
        assert numeric == pytest.approx(gradients[name][1].flat[place], rel=1e-6, abs=1e-8), name


def test_somebodys_rule_takes_the_place_of_the_right_one() -> None:
    lstm = LSTM(INPUTS, CELLS)
    parameters, x, _ = drawn(lstm, seed=6)
    right = lstm.forward(parameters, x)
    same = lstm.forward(parameters, x, update=lambda a, i, f, o, c: i * a + f * c)
    assert np.allclose(same.h, right.h, rtol=1e-14)
    start = State(np.ones((R, B, CELLS)), np.zeros((R, B, CELLS)))
    doubled = lstm.forward(parameters, x, start, lambda a, i, f, o, c: 2 * c)
    assert np.array_equal(doubled.c[:, :, 0, 0], np.tile(2.0 ** np.arange(T + 1), (R, 1)))
    shown = lstm.forward(parameters, x, update=lambda a, i, f, o, c: np.asarray(o * a))
    assert np.array_equal(shown.c[:, 1:], shown.blocks[:, lstm.block("output")] * shown.blocks[:, 0])


def test_gate_held_open_is_a_cell_without_that_gate() -> None:
    gated = LSTM(INPUTS, CELLS, gates=("input", "output"), recurrent=False, squash=False)
    bare = LSTM(INPUTS, CELLS, gates=("output",), recurrent=False, squash=False)
    parameters, x, weights = drawn(gated, seed=3)
    gated.hold_open(parameters, "input", np.array([False, True]))
    trace = gated.forward(parameters, x)
    gradients, _ = gated.backward(parameters, trace, weights)
    without = {name: np.delete(value, gated.block("input"), axis=1)[1:] for name, value in parameters.items()}
    bare_trace = bare.forward(without, x[1:])
    bare_gradients, _ = bare.backward(without, bare_trace, weights[1:])
    assert np.array_equal(bare_trace.h[0], trace.h[1])
    assert np.all(trace.blocks[1, gated.block("input")] == 1.0)
    assert np.all(trace.blocks[0, gated.block("input")] < 1.0)
    for name, gradient in gradients.items():
        assert np.all(gradient[1, gated.block("input")] == 0.0), name
        assert np.allclose(np.delete(gradient[1], gated.block("input"), axis=0), bare_gradients[name][0], rtol=1e-13)


def test_first_parameters_have_their_shapes_and_biases() -> None:
    parameters = LSTM(3, 4, peepholes=True).draw(np.random.default_rng(0), 5, {"forget": 1.0})
    shapes = {name: value.shape for name, value in parameters.items()}
    assert shapes == {"W": (5, 4, 3, 4), "b": (5, 4, 4), "U": (5, 4, 4, 4), "p": (5, 3, 4)}
    assert np.array_equal(parameters["b"][0].sum(1), [0, 0, 4, 0])


def test_sigmoid_at_its_ends() -> None:
    ends = sigmoid(np.array([-np.inf, -1000.0, 0.0, 1.0, 1000.0, np.inf]))
    assert np.allclose(ends, [0, 0, 0.5, 1 / (1 + np.exp(-1)), 1, 1], rtol=1e-15)
    assert ends[-1] == 1.0
