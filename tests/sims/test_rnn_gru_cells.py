"""The backward passes of the simple RNN and the GRU against literal cells in complex numbers and finite differences."""

from itertools import product
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from sims.cells import GRU, RNN, Activation, Array, Parameters, Slopes

Complex = NDArray[np.complex128]
R, T, B, INPUTS, CELLS = 2, 5, 2, 2, 3
ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)
CELLS_TRIED: list[RNN | GRU] = [RNN(INPUTS, CELLS, g) for g in ACTIVATIONS]
CELLS_TRIED += [GRU(INPUTS, CELLS), GRU(INPUTS, CELLS, z_keeps=True)]
every = pytest.mark.parametrize("cell", CELLS_TRIED, ids=str)


def g(name: Activation, u: complex) -> complex:
    if name == "tanh":
        return complex(np.tanh(u))
    if name == "sigmoid":
        return complex(1 / (1 + np.exp(-u)))
    return u if name == "linear" or u.real > 0 else 0j


def literal(cell: RNN | GRU, parameters: dict[str, Complex], x: Array, start: Array, nudge: Complex) -> Complex:
    """States (T, B, H) of one run, unit by unit from the equations; ``nudge`` (T, B, H) is added to them."""
    h = np.zeros((T + 1, B, CELLS), complex)
    h[0] = start
    for t, b, j in product(range(T), range(B), range(CELLS)):
        before = h[t, b]

        def net(seen: Complex, block: int = 0, t: int = t, b: int = b, j: int = j) -> complex:
            W, U, bias = (parameters[name] for name in ("W", "U", "b"))
            if isinstance(cell, GRU):
                W, U, bias = W[block], U[block], bias[block]
            u = bias[j] + sum(x[t, b, i] * W[i, j] for i in range(INPUTS))
            return complex(u + sum(seen[i] * U[i, j] for i in range(CELLS)))

        if isinstance(cell, RNN):
            h[t + 1, b, j] = g(cell.activation, net(before))
        else:
            r = [1 / (1 + np.exp(-net(before, 2, j=i))) for i in range(CELLS)]
            z = 1 / (1 + np.exp(-net(before, 1)))
            h_bar = np.tanh(net(np.array([r[i] * before[i] for i in range(CELLS)])))
            h[t + 1, b, j] = z * before[j] + (1 - z) * h_bar if cell.z_keeps else (1 - z) * before[j] + z * h_bar
        h[t + 1, b, j] += nudge[t, b, j]
    return h[1:]


def drawn(cell: RNN | GRU, seed: int) -> tuple[Parameters, Array, Array, Array]:
    """Parameters with nothing left at zero, inputs, a first state, and the weights of an error linear in h."""
    rng = np.random.default_rng(seed)
    parameters = cell.draw(rng, R)
    for value in parameters.values():
        value += rng.normal(0, 0.3, value.shape)
    x, start, weights = (rng.normal(size=size) for size in ((R, T, B, INPUTS), (R, B, CELLS), (R, T, B, CELLS)))
    return parameters, x, start, weights


def passes(
    cell: RNN | GRU, parameters: Parameters, x: Array, start: Array, d_h: Array
) -> tuple[Array, Parameters, Array]:
    """States after each step, gradients, and the whole ∂E/∂h."""
    if isinstance(cell, RNN):
        trace = cell.forward(parameters, x, start)
        return trace.h, *cell.backward(parameters, trace, d_h)
    gated = cell.forward(parameters, x, start)
    return gated.h, *cell.backward(parameters, gated, d_h)


@every
def test_gradients_equal_the_complex_step_of_a_literal_cell(cell: RNN | GRU) -> None:
    parameters, x, start, weights = drawn(cell, seed=5)
    h, gradients, whole = passes(cell, parameters, x, start, weights)
    assert set(gradients) == set(parameters)
    step, run = 1e-30, R - 1

    def error(changed: dict[str, Complex], nudge: Complex) -> complex:
        return complex((literal(cell, changed, x[run], start[run], nudge) * weights[run]).sum())

    own = {name: value[run].astype(complex) for name, value in parameters.items()}
    still = np.zeros((T, B, CELLS), complex)
    assert np.allclose(literal(cell, own, x[run], start[run], still), h[run], rtol=1e-12, atol=1e-13)
    rng = np.random.default_rng(0)
    for name, gradient in gradients.items():
        assert gradient.shape == parameters[name].shape
        for place in rng.permutation(gradient[run].size)[:9]:
            changed = {key: value.copy() for key, value in own.items()}
            changed[name].flat[place] += 1j * step
            expected = error(changed, still).imag / step
            assert abs(gradient[run].flat[place] - expected) <= 1e-10 * np.abs(gradient[run]).max(), (name, place)
    for place in range(still.size):
        nudge = still.copy()
        nudge.flat[place] = 1j * step
        expected = error(own, nudge).imag / step
        assert abs(whole[run].flat[place] - expected) <= 1e-10 * np.abs(whole[run]).max(), place


@every
def test_gradients_equal_finite_differences(cell: RNN | GRU) -> None:
    parameters, x, start, weights = drawn(cell, seed=1)
    _, gradients, _ = passes(cell, parameters, x, start, weights)

    def error() -> Array:
        return np.asarray((cell.forward(parameters, x, start).h * weights).sum((1, 2, 3)))

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


@every
def test_runs_do_not_touch_each_other(cell: RNN | GRU) -> None:
    parameters, x, start, weights = drawn(cell, seed=2)
    h, gradients, whole = passes(cell, parameters, x, start, weights)
    for run in range(R):
        one = slice(run, run + 1)
        own = {name: value[one] for name, value in parameters.items()}
        alone_h, alone_gradients, alone_whole = passes(cell, own, x[one], start[one], weights[one])
        assert np.allclose(alone_h[0], h[run], rtol=1e-13)
        assert np.allclose(alone_whole[0], whole[run], rtol=1e-13)
        for name, gradient in alone_gradients.items():
            assert np.allclose(gradient[0], gradients[name][run], rtol=1e-12), name


@every
def test_the_empty_state_is_where_it_starts_unless_told_otherwise(cell: RNN | GRU) -> None:
    parameters, x, start, _ = drawn(cell, seed=3)
    assert np.array_equal(cell.forward(parameters, x).h, cell.forward(parameters, x, np.zeros_like(start)).h)
    assert not np.allclose(cell.forward(parameters, x).h, cell.forward(parameters, x, start).h)


@pytest.mark.parametrize("z_keeps", [False, True])
def test_the_two_conventions_are_one_function(z_keeps: bool) -> None:
    cell = GRU(INPUTS, CELLS, z_keeps)
    parameters, x, start, weights = drawn(cell, seed=4)
    other, turned = cell.mirrored(parameters)
    assert other.z_keeps is not z_keeps
    h, gradients, _ = passes(cell, parameters, x, start, weights)
    other_h, other_gradients, _ = passes(other, turned, x, start, weights)
    assert np.abs(h - other_h).max() < 1e-14
    assert not np.allclose(h, cell.forward(turned, x, start).h)  # with the signs alone it is another function
    for name, gradient in other.mirrored(other_gradients)[1].items():
        assert np.allclose(gradient, gradients[name], rtol=1e-10, atol=1e-14), name


class Wild:
    """A formula in which every part matters: h + z·(h_bar - h) + r·h_bar²."""

    def value(self, z: Array, r: Array, h: Array, h_bar: Array) -> Array:
        return h + z * (h_bar - h) + r * h_bar**2

    def slopes(self, z: Array, r: Array, h: Array, h_bar: Array) -> Slopes:
        return Slopes(h_bar - h, h_bar**2, 1 - z, z + 2 * r * h_bar)


def test_another_formula_takes_the_place_of_the_update_forward_and_back() -> None:
    cell, wild = GRU(INPUTS, CELLS), Wild()
    parameters, x, start, weights = drawn(cell, seed=6)
    trace = cell.forward(parameters, x, start, wild)
    z, r, h_bar = trace.blocks[:, 1, 2], trace.blocks[:, 2, 2], trace.blocks[:, 0, 2]
    assert np.array_equal(trace.h[:, 2], wild.value(z, r, trace.h[:, 1], h_bar))
    gradients, _ = cell.backward(parameters, trace, weights, wild)
    for name, gradient in gradients.items():
        for place in np.ndindex(gradient.shape[1:]):
            here = (slice(None), *place)
            parameters[name][here] += 1e-5
            above = (cell.forward(parameters, x, start, wild).h * weights).sum((1, 2, 3))
            parameters[name][here] -= 2e-5
            below = (cell.forward(parameters, x, start, wild).h * weights).sum((1, 2, 3))
            parameters[name][here] += 1e-5
            assert np.abs((above - below) / 2e-5 - gradient[here]).max() <= 1e-7 * np.abs(gradient).max(), name


def test_first_parameters_have_their_shapes_and_biases() -> None:
    rng = np.random.default_rng(0)
    simple = {name: value.shape for name, value in RNN(3, 4).draw(rng, 5).items()}
    assert simple == {"W": (5, 3, 4), "U": (5, 4, 4), "b": (5, 4)}
    parameters = GRU(3, 4).draw(rng, 5, {"update": -2.0})
    assert {name: value.shape for name, value in parameters.items()} == {
        "W": (5, 3, 3, 4),
        "U": (5, 3, 4, 4),
        "b": (5, 3, 4),
    }
    assert np.array_equal(parameters["b"][0].sum(1), [0, -8, 0])
