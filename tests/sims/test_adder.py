"""The fast adders against the plain loop, finite differences and naive formulas."""

from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest

from sims.adder import PAIRS, TIME_FACTORS, Adder, Settings, network
from sims.cells import Array, Parameters
from tests.benchmarks.adder import CALM, literal_of

SETTINGS = {
    **CALM,
    "true delta": Settings(delta="true"),
    "8 units": Settings(hidden_size=8),
    "tanh": Settings("xavier", activation="tanh"),
    "tanh, true delta": Settings("he", activation="tanh", delta="true"),
    "small ReLU": Settings("normal", 0.1, activation="relu"),
}
ACTIVATIONS = ("sigmoid", "tanh", "relu")
A, B = np.array([77, 100, 3]), np.array([53, 27, 0])


def flat(gradients: Parameters) -> Array:
    """All gradients of a run in one row, (R, n)."""
    return np.concatenate([gradients[name].reshape(len(gradients[name]), -1) for name in sorted(gradients)], axis=1)


def sigma(u: Array) -> Array:
    value: Array = 1 / (1 + np.exp(-u))
    return value


class TestLosses:
    @pytest.mark.parametrize("name", SETTINGS)
    @pytest.mark.parametrize("runs", [1, 3])
    def test_are_those_of_the_plain_loop(self, name: str, runs: int) -> None:
        literal = np.fromiter(islice(literal_of(SETTINGS[name], 0), 150), float)
        losses = Adder(SETTINGS[name], runs, 0).train(150).losses
        assert losses.shape == (runs, 150)
        assert np.abs(losses[0] - literal).max() < 1e-12

    @pytest.mark.slow
    @pytest.mark.parametrize("name", CALM)
    @pytest.mark.parametrize("runs", [1, 2])
    def test_stay_equal_for_ten_thousand_iterations(self, name: str, runs: int) -> None:
        literal = np.fromiter(islice(literal_of(CALM[name], 0), 10_000), float)
        assert np.abs(Adder(CALM[name], runs, 0).train(10_000).losses[0] - literal).max() < 1e-9

    def test_are_the_same_in_parts(self) -> None:
        for runs in (1, 2):
            whole, parts = Adder(Settings(), runs, 4), Adder(Settings(), runs, 4)
            pieces = [parts.train(count).losses for count in (1, 130, 69)]
            assert np.allclose(np.concatenate(pieces, axis=1), whole.train(200).losses, rtol=0, atol=1e-13)
            assert parts.iteration == whole.iteration == 200

    def test_do_not_depend_on_who_runs_beside(self, monkeypatch: pytest.MonkeyPatch) -> None:
        together = Adder(Settings(), 9, 2).train(100).losses
        monkeypatch.setattr(network, "_CACHE", 1)  # groups of four at most
        in_groups = Adder(Settings(), 9, 2).train(100).losses
        alone = Adder(Settings(), 1, 2).train(100).losses
        assert np.allclose(in_groups, together, rtol=0, atol=1e-13)
        assert np.allclose(alone[0], together[0], rtol=0, atol=1e-13)

    def test_differ_from_run_to_run_and_from_seed_to_seed(self) -> None:
        first, second = (Adder(Settings(), 2, seed).train(5).losses for seed in (0, 1))
        assert len({float(loss) for loss in np.concatenate([first, second])[:, 0]}) == 4

    def test_say_which_sums_were_right(self) -> None:
        for runs in (1, 2):
            adder = Adder(Settings(rate=1.0), runs, 0)
            adder.train(4000)
            trained = adder.train(100)
            assert trained.right.mean() > 0.95
            assert np.all(trained.losses[trained.right] < 8 * 0.25 / 2)
        fresh = Adder(Settings(weight_std=0.0), 2, 0).train(3)  # says 1/2 for every bit, which rounds to 0
        assert not fresh.right.any()
        assert fresh.losses[:, 0] == pytest.approx(1.0)

    def test_do_not_learn_with_frozen_recurrence_but_keep_it_at_zero(self) -> None:
        for runs in (1, 2):
            adder = Adder(Settings(frozen=True), runs, 0)
            before = adder.weights["W_in"].copy()
            adder.train(200)
            assert np.all(adder.weights["W"] == 0.0)
            assert np.all(adder.weights["W_in"] != before)


class TestGradients:
    @pytest.mark.parametrize("activation", ACTIVATIONS)
    def test_are_those_of_finite_differences(self, activation: str) -> None:
        adder = Adder(Settings("he", activation=activation, delta="true"), 3, 5)  # type: ignore[arg-type]
        gradients, weights = adder.gradients(A, B), adder.weights
        bits = (A + B)[:, None] >> np.arange(8) & 1

        def losses(changed: Parameters) -> Array:
            adder.weights = changed
            said = np.stack(
                [adder.add(int(a), int(b)).output[run] for run, (a, b) in enumerate(zip(A, B, strict=True))]
            )
            squares: Array = np.square(said - bits).sum(1) / 2
            return squares

        for name, values in weights.items():
            for place in list(np.ndindex(values.shape[1:]))[::5]:
                found = []
                for h in (1e-5, -1e-5):
                    changed = {key: value.copy() for key, value in weights.items()}
                    changed[name][(slice(None), *place)] += h
                    found.append(losses(changed))
                numeric = (found[0] - found[1]) / 2e-5
                scale = np.abs(gradients[name]).max((1, 2)) + 1e-12
                assert np.all(np.abs(gradients[name][(slice(None), *place)] - numeric) / scale < 1e-7)

    @pytest.mark.parametrize("activation", ACTIVATIONS)
    @pytest.mark.parametrize("time_factor", TIME_FACTORS)
    @pytest.mark.parametrize("truncation", [None, 1, 2, 5, 8])
    def test_wrong_and_cut_ones_follow_their_formula(
        self, activation: str, time_factor: str, truncation: int | None
    ) -> None:
        settings = Settings("he", activation=activation, time_factor=time_factor, truncation=truncation)  # type: ignore[arg-type]
        adder = Adder(settings, 3, 1)
        for run, found in enumerate(flat(adder.gradients(A, B))):
            weights = {name: value[run] for name, value in adder.weights.items()}
            naive = naive_gradients(settings, weights, int(A[run]), int(B[run]))
            assert np.allclose(
                found, flat({name: value[None] for name, value in naive.items()}), rtol=1e-10, atol=1e-13
            )

    @pytest.mark.parametrize("activation", ACTIVATIONS)
    def test_take_somebodys_own_formula_in_true_units(self, activation: str) -> None:
        def carried(delta: Array, W: Array) -> Array:
            seen.append((delta, W))
            product: Array = np.einsum("rj,rij->ri", delta, W)
            return product

        seen: list[tuple[Array, Array]] = []
        own = Adder(Settings("he", activation=activation, time_factor=carried), 3, 0)  # type: ignore[arg-type]
        right = Adder(Settings("he", activation=activation), 3, 0)  # type: ignore[arg-type]
        assert np.allclose(flat(own.gradients(A, B)), flat(right.gradients(A, B)), rtol=1e-12, atol=1e-15)
        assert np.allclose(seen[0][1], own.weights["W"])
        # the gradient of W_in is the sum over time of x and delta: with a = 1, b = 0 only delta_0 is left
        seen.clear()
        gradient = own.gradients(np.array([2, 2, 2]), np.array([0, 0, 0]))["W_in"][:, 0]
        assert np.allclose(seen[-1][0], gradient)  # carried back last: the error at step 1, when the bit came in

    def test_take_somebodys_own_output_error(self) -> None:
        def note(v: Array, d: Array, y: Array) -> Array:
            assert np.allclose(sigma(v), y)
            assert set(np.unique(d)) <= {0.0, 1.0}
            error: Array = (y - d) * sigma(y) * (1 - sigma(y))
            return error

        for activation in ACTIVATIONS:
            own = Adder(Settings("he", activation=activation, delta=note), 2, 0)  # type: ignore[arg-type]
            same = Adder(Settings("he", activation=activation, delta="note"), 2, 0)  # type: ignore[arg-type]
            assert np.allclose(own.train(30).losses, same.train(30).losses, atol=1e-12)

    @pytest.mark.parametrize("clip", [0.05, 1e6])
    @pytest.mark.parametrize("activation", ACTIVATIONS)
    def test_are_shortened_but_not_turned(self, clip: float, activation: str) -> None:
        plain = Adder(Settings("xavier", activation=activation), 4, 0)  # type: ignore[arg-type]
        clipped = Adder(Settings("xavier", activation=activation, clip=clip), 4, 0)  # type: ignore[arg-type]
        steps = []
        for adder in (plain, clipped):
            before = flat(adder.weights)
            adder.train(1)
            steps.append((before - flat(adder.weights)) / adder.settings.rate)
        lengths = np.linalg.norm(steps[0], axis=1)
        assert np.linalg.norm(steps[1], axis=1) == pytest.approx(np.minimum(lengths, clip), rel=1e-9)
        assert np.allclose(steps[1] * lengths[:, None], steps[0] * np.minimum(lengths, clip)[:, None], atol=1e-12)

    def test_change_nothing(self) -> None:
        adder = Adder(Settings(), 3, 0)
        before = {name: value.copy() for name, value in adder.weights.items()}
        adder.gradients(A, B)
        adder.add(1, 2)
        adder.score()
        assert all(np.array_equal(before[name], adder.weights[name]) for name in before)


def naive_gradients(settings: Settings, weights: Parameters, a: int, b: int) -> Parameters:
    """Every error on its own, carried back step by step, with everything as the formulas on paper have it."""
    W_in, W, W_out = weights["W_in"], weights["W"], weights["W_out"][:, 0]
    functions: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
        "sigmoid": (sigma, lambda u: sigma(u) * (1 - sigma(u))),
        "tanh": (np.tanh, lambda u: 1 - np.tanh(u) ** 2),
        "relu": (lambda u: np.maximum(u, 0), lambda u: (u > 0).astype(float)),
    }
    activate, slope = functions[settings.activation]
    back = {"right": W.T, "transposed": W, "none": 0 * W, "diagonal": np.diag(np.diag(W)), "no_derivative": W.T}
    carry = back[str(settings.time_factor)]
    x = np.array([[a >> t & 1, b >> t & 1] for t in range(8)], dtype=float)
    z, u = [np.zeros(len(W))], []
    for t in range(8):
        u.append(x[t] @ W_in + z[t] @ W)
        z.append(activate(u[t]))
    gradients = {name: np.zeros_like(value) for name, value in weights.items()}
    for t in range(8):
        y = sigma(z[t + 1] @ W_out)
        error = (y - (a + b >> t & 1)) * sigma(y) * (1 - sigma(y))
        gradients["W_out"][:, 0] += z[t + 1] * error
        arrived = error * W_out
        for back_to in range(t, max(t - (settings.truncation or 8), -1), -1):
            delta = arrived * (1.0 if settings.time_factor == "no_derivative" else slope(u[back_to]))
            gradients["W_in"] += np.outer(x[back_to], delta)
            gradients["W"] += np.outer(z[back_to], delta)
            arrived = delta @ carry
    return gradients


class TestScore:
    @pytest.mark.parametrize("activation", ACTIVATIONS)
    def test_is_that_of_every_pair_in_turn(self, activation: str) -> None:
        adder = Adder(Settings("he", activation=activation, rate=0.05), 2, 0)  # type: ignore[arg-type]
        adder.train(1500)
        pairs = np.arange(PAIRS)
        a, b = pairs // 128, pairs % 128
        for run in range(2):
            W_in, W, W_out = (adder.weights[name][run] for name in ("W_in", "W", "W_out"))
            z, right = np.zeros((PAIRS, 16)), []
            for t in range(8):
                u = np.stack([a >> t & 1, b >> t & 1], axis=1) @ W_in + z @ W
                z = sigma(u) if activation == "sigmoid" else np.tanh(u) if activation == "tanh" else np.maximum(u, 0)
                right.append(((z @ W_out)[:, 0] > 0) == (a + b >> t & 1).astype(bool))
            score = adder.score(slice(run, run + 1))
            assert score.exact[0] == pytest.approx(np.all(right, axis=0).mean())
            assert score.places[0] == pytest.approx(np.mean(right, axis=1))
            assert adder.exact()[run] == score.exact[0]

    def test_shows_the_states_and_outputs_of_a_sum(self) -> None:
        for activation in ACTIVATIONS:
            adder = Adder(Settings("he", activation=activation), 3, 0)  # type: ignore[arg-type]
            sums = adder.add(91, 45)
            assert (sums.output.shape, sums.states.shape) == ((3, 8), (3, 8, 16))
            said = sigma(np.einsum("rth,rh->rt", sums.states, adder.weights["W_out"][:, :, 0]))
            assert np.allclose(sums.output, said, atol=1e-14)


class TestReLU:
    def test_overflows_at_the_iteration_at_which_the_plain_loop_does(self) -> None:
        settings = Settings(activation="relu")
        adder = Adder(settings, 8, 0)
        adder.train(6)
        for seed in range(8):
            iteration = 0
            with np.errstate(over="raise", invalid="ignore"), pytest.raises(FloatingPointError):
                for iteration, _ in enumerate(literal_of(settings, seed), 1):  # noqa: B007
                    pass
            assert adder.overflow[seed] == iteration

    def test_does_not_overflow_elsewhere(self) -> None:
        adder = Adder(Settings("he", activation="relu", clip=1.0), 4, 0)
        adder.train(300)
        assert np.all(adder.overflow == -1)
        wild = Adder(Settings(weight_std=10.0), 2, 0)
        wild.train(50)
        assert np.all(wild.overflow == -1)

    def test_of_one_run_alone_overflows_too(self) -> None:
        adder = Adder(Settings(activation="relu"), 1, 0)
        adder.train(6)
        assert adder.overflow[0] >= 0


@pytest.mark.parametrize("given", [{"time_factor": "sideways"}, {"truncation": 0}])
def test_settings_that_mean_nothing_are_refused(given: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match=next(iter(given))):
        Settings(**given)  # type: ignore[arg-type]


def test_settings_of_different_structure_do_not_go_side_by_side() -> None:
    with pytest.raises(ValueError, match="side by side"):
        Adder([Settings(), Settings(hidden_size=8)], 1, 0)


def test_numpy_is_left_as_it_was() -> None:
    before, state = np.geterr(), np.random.get_state()[1].copy()  # type: ignore[index]
    Adder(Settings(activation="relu", weight_std=5.0), 2, 0).train(20)
    assert np.geterr() == before
    assert np.array_equal(state, np.random.get_state()[1])  # type: ignore[index]
