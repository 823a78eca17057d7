"""The chain rule's simulation: gradients against two independent references, and what it says of a claim."""

import math
import unicodedata
import warnings

import numpy as np
import pytest
import sympy

from sims import registry
from sims.autodiff import RULES, ComputationGraph, build
from sims.chain_rule import effect
from sims.chain_rule.differences import Errors, central, errors_of, forward
from sims.chain_rule.graph_picture import label, layout
from sims.chain_rule.problem import RNN_FORMULA, RNN_NAMES, rnn_graph, rnn_step
from sims.expression import parse
from sims.frames import Frame, Graph, Plot, Table
from sims.numerals import number
from sims.simulation import ParameterError

SIMULATION = registry.get("chain_rule")
X, Y = sympy.symbols("x y", real=True)
FUNCTIONS = [
    ("t**2", "x + y"),
    ("t**3", "3*x*y"),
    ("sin(t)", "x*y**2"),
    ("cos(t)", "x - y"),
    ("exp(t)", "3*x + 2*y"),
    ("log(t)", "x**2 + y"),
    ("sqrt(t)", "x*y + 1"),
    ("tanh(t)**2", "x/y"),
    ("1/(1 + exp(-t))", "x*y - 1"),
    ("t**2/2", "x*y - 1"),
    ("t*sin(t) + x", "y - 2*x"),
    ("2**t", "x*y"),
    ("t**x", "x + y"),
    ("tan(t) - cosh(t)*sinh(t)", "x/4 + y/8"),
    ("(x + y)*t + t*t", "x*x + y"),
]


def run(seed: int = 0, /, **given: str) -> list[Frame]:
    return list(SIMULATION.run(SIMULATION.values(given), seed))


def custom(outer: str, inner: str) -> ComputationGraph:
    return build(parse(outer, ("x", "y", "t")), {"t": parse(inner, ("x", "y"))})


def picture(frame: Frame) -> Graph:
    graph = frame.panels[0]
    assert isinstance(graph, Graph)
    return graph


def by_sympy(outer: str, inner: str, name: str) -> sympy.Expr:
    """The same formula built by sympy's own constructors."""
    functions = {"sin": sympy.sin, "cos": sympy.cos, "exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt}
    functions |= {"tanh": sympy.tanh, "tan": sympy.tan, "cosh": sympy.cosh, "sinh": sympy.sinh}
    rules = {"+": sympy.Add, "*": sympy.Mul, "**": sympy.Pow, "negative": lambda a: -a}
    rules |= {"-": lambda a, b: a - b, "/": lambda a, b: a / b, **functions}
    values: list[sympy.Expr] = []
    for node in custom(outer, inner).nodes:
        if node.rule:
            values.append(rules[node.rule](*(values[i] for i in node.operands)))
        else:
            values.append({"x": X, "y": Y}[node.name] if node.name else sympy.nsimplify(node.constant))
    return sympy.diff(values[-1], {"x": X, "y": Y}[name])


@pytest.mark.parametrize(("outer", "inner"), FUNCTIONS)
def test_gradients_equal_symbolic_and_numeric_ones(outer: str, inner: str) -> None:
    graph = custom(outer, inner)
    rng = np.random.default_rng(3)
    for name in ("x", "y"):
        symbolic = by_sympy(outer, inner, name)
        for _ in range(5):
            at = {"x": float(rng.uniform(0.3, 1.5)), "y": float(rng.uniform(0.3, 1.5))}
            gradient = float(graph.gradient(at)[name])
            assert gradient == pytest.approx(float(symbolic.subs({X: at["x"], Y: at["y"]})), rel=1e-10, abs=1e-12)
            numeric = central(lambda inputs: float(graph.value(inputs)), at, name, 1e-5)
            assert gradient == pytest.approx(numeric, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("rule", RULES)
def test_every_slope_is_the_slope_of_its_value(rule: str) -> None:
    table = RULES[rule]
    rng = np.random.default_rng(5)
    for _ in range(10):
        operands = [float(value) for value in rng.uniform(0.2, 2.0, len(table.slopes))]
        value = table.value(*map(np.asarray, operands))
        for place, slope in enumerate(table.slopes):
            ends = [operands.copy(), operands.copy()]
            ends[0][place] -= 1e-6
            ends[1][place] += 1e-6
            low, high = (float(table.value(*map(np.asarray, end))) for end in ends)
            assert float(slope(*map(np.asarray, operands), value)) == pytest.approx((high - low) / 2e-6, rel=1e-6)


def test_a_part_that_occurs_twice_is_one_node_and_its_gradients_add_up() -> None:
    graph = custom("t*t + t", "x*y")
    assert sum(node.rule == "*" for node in graph.nodes) == 2
    gradient = graph.gradient({"x": 3.0, "y": 4.0})
    assert float(gradient["x"]) == (2 * 12 + 1) * 4


def test_whole_arrays_flow_through_the_graph_like_numbers() -> None:
    graph = custom("sin(t)*x", "x*y**2")
    x = np.linspace(-2, 2, 9)
    slopes = graph.gradient({"x": x, "y": 1.5})["x"]
    assert slopes.shape == (9,)
    assert [float(graph.gradient({"x": float(value), "y": 1.5})["x"]) for value in x] == pytest.approx(list(slopes))


def test_the_rnn_step_has_seven_inputs_and_exact_gradients() -> None:
    graph = rnn_graph(RNN_FORMULA)
    assert sorted(graph.inputs) == sorted(RNN_NAMES)
    worst = 0.0
    for seed in range(20):
        at = {
            name: float(value)
            for name, value in zip(RNN_NAMES, np.random.default_rng(seed).normal(size=7), strict=True)
        }
        slopes = graph.gradient(at)
        for name in RNN_NAMES:
            worst = max(worst, abs(float(slopes[name]) - central(lambda i: float(graph.value(i)), at, name, 1e-5)))
    assert worst < 1e-9


def test_the_original_question_flows_forward_and_back() -> None:
    frames = run()
    graphs = [picture(frame) for frame in frames[:6]]
    assert [node.name for node in graphs[0].nodes] == ["x", "y", "+", "^2"]
    assert [[node.value for node in graph.nodes] for graph in graphs[:3]] == [
        ["3", "4", "", ""],
        ["3", "4", "7", ""],
        ["3", "4", "7", "z = 49"],
    ]
    assert [[node.gradient for node in graph.nodes] for graph in graphs[3:]] == [
        ["", "", "", "1"],
        ["", "", "14", "1"],
        ["14", "14", "14", "1"],
    ]
    metrics = frames[-1].metrics
    assert metrics["value"] == 49
    assert metrics["derivative_x"] == metrics["derivative_y"] == 14
    assert metrics["numeric_x"] == pytest.approx(14, abs=1e-8)
    assert metrics["best_h_central"] == 1
    assert metrics["central_error_at_1"] == pytest.approx(0, abs=1e-12)
    assert metrics["forward_error_at_1"] == pytest.approx(1, rel=0.01)
    assert [frame.step for frame in frames] == list(range(1, frames[0].total + 1))


def test_numeric_differences_err_as_analysis_says() -> None:
    square, curved = custom("t**2", "x + y"), custom("tanh(t)**2", "0.7*x + y")
    best: list[int | None] = []
    for seed in range(20):
        x, y = (float(value) for value in np.random.default_rng(seed).normal(size=2))
        ahead, centre = _errors(square, x, y)
        for h, error in zip(ahead.steps[1:6], ahead.errors[1:6], strict=True):
            assert error == pytest.approx(h, rel=0.01)
        assert centre.errors[0] < 1e-12
        assert max(centre.errors[12:]) > 1e-6
        best.append(_errors(curved, x, y)[1].best)
    assert sum(exponent in (-5, -6) for exponent in best) >= 17


def _errors(graph: ComputationGraph, x: float, y: float) -> tuple[Errors, Errors]:
    at = {"x": x, "y": y}
    slope = float(graph.gradient(at)["x"])
    ahead, centre = (
        errors_of(method, lambda i: float(graph.value(i)), at, "x", slope) for method in (forward, central)
    )
    return ahead, centre


@pytest.mark.parametrize("graph", ["custom", "rnn_step"])
def test_the_effect_is_there_for_every_seed(graph: str) -> None:
    for seed in range(20):
        assert effect(run(seed, graph=graph, x="0.5", y="1")[-1].metrics)


def test_the_effect_is_measured() -> None:
    metrics = dict(run()[-1].metrics)
    assert not effect(metrics | {"gradient_error": 1e-3})
    assert not effect(metrics | {"reference_errors": [1e-9] * 16})
    assert not effect({"undefined": "log(−2)"})


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({}, "2*(x + y)"),
        ({}, "2*t"),
        ({}, "x + x + 2*y"),
        ({"outer": "sin(t)", "inner": "x*y"}, "y*cos(x*y)"),
        ({"outer": "t**3", "inner": "3*x*y", "wrt": "y", "x": "1", "y": "2"}, "9*x*(3*x*y)**2"),
        ({"outer": "log(t)", "inner": "x**2 + y"}, "2*x/(x**2 + y)"),
        ({"outer": "exp(t)", "inner": "pi*x"}, "pi*e**(pi*x)"),
        ({"outer": "sigmoid(t)", "inner": "x*y", "x": "1", "y": "1"}, "y*sigmoid(x*y)*(1 - sigmoid(x*y))"),
        ({"outer": "t**2", "inner": "y"}, "0"),
    ],
)
def test_a_right_claim_agrees_everywhere(given: dict[str, str], right: str) -> None:
    frame = run(claim=right, **given)[-1]
    assert frame.metrics["claim_agrees"] is True
    assert frame.metrics["claim_wrong_points"] == 0
    assert frame.about_claim


@pytest.mark.parametrize(
    ("given", "claim", "value"),
    [
        ({}, "2*x", 6),
        ({}, "x + y", 7),
        ({}, "2*(x + y)*y", 56),
        ({}, "-2*(x + y)", -14),
        ({"outer": "t**3", "inner": "3*x*y", "wrt": "y", "x": "1", "y": "2"}, "9*y*(3*x*y)**2", 648),
        ({"outer": "sin(t)", "inner": "x*y"}, "cos(x*y)", math.cos(12)),
        ({"outer": "log(t)", "inner": "x + y"}, "1/(x - y - 1)", -0.5),
        ({}, "log(x - y)", None),
        ({}, "14", 14),
    ],
)
def test_a_wrong_claim_is_shown_to_be_wrong(given: dict[str, str], claim: str, value: float | None) -> None:
    frames = run(claim=claim, **given)
    metrics = frames[-1].metrics
    assert metrics["claim_agrees"] is False
    assert metrics["claim_value"] == (None if value is None else pytest.approx(value))
    about = [frame for frame in frames if frame.about_claim]
    assert about
    plot, table = about[0].panels
    assert isinstance(plot, Plot)
    assert isinstance(table, Table)
    assert table.claim
    assert [series.role for series in plot.series] == ["lit", "claim"]


def test_the_captions_put_the_claim_beside_what_was_measured() -> None:
    about = [frame.caption.en for frame in run(claim="2*x") if frame.about_claim]
    assert about[0] == "At x = 3, y = 4 the numeric slope is 14, yours 6."
    assert about[1] == "When x grows by 0.1, z changes by 1.41. The true slope predicts 1.4, yours 0.6."
    assert about[-1] == "After 40 steps downhill z is 0.0107 by the true gradient and 16.4 by yours."


def test_walking_by_a_wrong_slope_ends_higher() -> None:
    wrong = run(claim="2*x")[-1].metrics
    assert wrong["true_descent"] == pytest.approx(0.0107, rel=0.01)
    assert wrong["claim_descent"] == pytest.approx(16.4, rel=0.01)  # x stops at 0, where z is still y²
    assert run(claim="2*(x + y)")[-1].metrics["claim_descent"] == pytest.approx(0.0107, rel=0.01)
    up = run(claim="-2*(x + y)")[-1].metrics["claim_descent"]
    assert isinstance(up, float)
    assert up > 49
    assert run(claim="-2000*(x + y)")[-1].metrics["claim_descent"] is None


@pytest.mark.parametrize(
    ("claim", "agrees"),
    [
        ("sigmoid(W_out*sigmoid(W*z0 + W_in*x1 + b) + c)", True),
        ("g(c + g(x1*W_in + b + z0*W)*W_out)", True),
        ("1/(1 + exp(-W_out*g(W*z0 + W_in*x1 + b) - c))", True),
        ("g(W_out*(W*z0 + W_in*x1 + b) + c)", False),
        ("W_out*g(W*z0 + W_in*x1 + b) + c", False),
        ("g(W_out*g(W*z0 + W_in*x1) + c)", False),
    ],
)
def test_a_claimed_rnn_output_is_compared_with_the_step(claim: str, agrees: bool) -> None:
    frame = run(graph="rnn_step", x="0.5", y="0.8", claim=claim)[-1]
    assert frame.metrics["claim_agrees"] is agrees
    assert frame.about_claim


def test_forgetting_a_sigmoid_is_measured() -> None:
    metrics = run(graph="rnn_step", x="0.5", y="0.8")[-1].metrics
    at = rnn_step(0.5, 0.8, 0, None).at
    inner = at["W"] * at["z0"] + at["W_in"] * at["x1"] + at["b"]
    squashed = 1 / (1 + math.exp(-inner))
    assert metrics["without_g_on_y1"] == pytest.approx(at["W_out"] * squashed + at["c"])
    assert metrics["without_g_on_z1"] == pytest.approx(1 / (1 + math.exp(-at["W_out"] * inner - at["c"])))
    assert metrics["value"] == pytest.approx(1 / (1 + math.exp(-at["W_out"] * squashed - at["c"])))


@pytest.mark.parametrize(
    ("given", "undefined"),
    [
        ({"outer": "log(t)", "x": "-5", "y": "3"}, "log(−2)"),
        ({"outer": "1/t", "x": "-4"}, "1 ÷ 0"),
        ({"outer": "exp(t)", "inner": "x**4*y", "x": "5", "y": "5"}, "exp(3125)"),
        ({"outer": "sqrt(t)", "inner": "x", "x": "0"}, "√(0)"),
    ],
)
def test_what_is_undefined_is_said_and_ends_the_run(given: dict[str, str], undefined: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frames = run(claim="x", **given)
    assert frames[-1].metrics["undefined"] == undefined
    assert undefined in frames[-1].caption.ja
    assert undefined in frames[-1].caption.en
    assert frames[-1].step == frames[-1].total
    assert not effect(frames[-1].metrics)


@pytest.mark.parametrize(
    "given",
    [
        {"outer": "t +"},
        {"outer": "t.T"},
        {"inner": "x @ y"},
        {"inner": "t + x"},
        {"inner": "q"},
        {"outer": "3"},
        {"outer": "x > t"},
        {"claim": "__import__('os')"},
        {"claim": "2x"},
        {"claim": "u"},
        {"outer": "+".join(f"sin(t*{place})" for place in range(16))},
    ],
)
def test_what_cannot_be_read_is_refused_before_the_first_frame(given: dict[str, str]) -> None:
    with pytest.raises(ParameterError) as caught:
        SIMULATION.run(SIMULATION.values(given), 0)
    assert caught.value.text.ja
    assert caught.value.text.en


GIVEN = [
    {"outer": outer, "inner": inner, "x": x, "y": y, "claim": claim}
    for outer, inner in FUNCTIONS
    for x, y, claim in (("3", "4", "2*x"), ("-1.5", "2", "1/t"))
] + [{"graph": "rnn_step", "claim": claim} for claim in ("W*z0", "g(x1)", "log(c)")]


@pytest.mark.parametrize("given", GIVEN)
def test_every_frame_fits_and_says_something(given: dict[str, str]) -> None:
    frames = run(1, **given)
    assert frames == run(1, **given)
    for frame in frames:
        for caption in (frame.caption.ja, frame.caption.en):
            cells = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in caption)
            assert 10 < cells <= 112
            assert "nan" not in caption
            assert "inf" not in caption
        for panel in frame.panels:
            if isinstance(panel, Plot):
                assert panel.y_range[0] < panel.y_range[1]
                assert all(math.isfinite(value) for series in panel.series for value in (*series.x, *series.y))


@pytest.mark.parametrize(("outer", "inner"), FUNCTIONS)
def test_nodes_stand_apart_and_after_their_operands(outer: str, inner: str) -> None:
    graph = custom(outer, inner)
    places = layout(graph)
    assert len(set(places.values())) == len(places)
    for place, (column, _) in places.items():
        assert all(places[operand][0] < column for operand in graph.nodes[place].operands if operand in places)
        assert label(graph, place)


def test_the_rnn_step_fits_a_small_screen() -> None:
    assert len({row for _, row in layout(rnn_graph(RNN_FORMULA)).values()}) <= 4


def test_numbers_are_written_shortly() -> None:
    shown = [number(value) for value in (14.0, -0.25, 1.25e9, 1e-7, math.inf, -math.inf, 1 / 3)]
    assert shown == ["14", "−0.25", "1.25×10⁹", "1×10⁻⁷", "∞", "−∞", "0.3333"]
    assert number(-0.0123, tight=True) == "−.0123"
