"""A recursive net over the parse tree of three words: two children become their parent, from the leaves to the root.

parent = tanh(W.dot(lr)), where ``lr`` is made of the children l and r. W has as many columns as both have entries.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.cells import Array
from sims.frames import NO_TEXT, Bar, Bars, Frame, Graph, Heatmap, Metric, Node, Table
from sims.metrics import measured
from sims.text import Text, same
from sims.tree_merge.parse_tree import (
    JOIN,
    NEAR,
    OTHERS,
    Claim,
    Words,
    draw_weights,
    joiner,
    look_at_claim,
    merge,
    misfit,
    shape,
    swap_distance,
)
from sims.tree_merge.words import YOURS, claim_words, leaves_words, order_words, parent_words, shapes_words, tree_title

NAMES = dict(zip((JOIN, *OTHERS), ("concatenate", "sum", "product", "maximum"), strict=True))
MOST_SOURCE = 24  # characters of a claim in a table
FITS, MISFIT, FAILS = Text("合う", "fits"), Text("合わない", "misfit"), Text("計算不可", "fails")


def run(embed: int, branch: str, claim: str | None, seed: int) -> Iterator[Frame]:
    """Join three words of ``embed`` numbers each along a tree that branches to the ``left`` or to the ``right``.

    ``claim`` is somebody's expression over l and r in place of their concatenation.
    """
    rng = np.random.default_rng(seed)
    words = Words(rng.normal(0, 1, (3, embed)), branch == "left")
    W, narrow = draw_weights(rng, embed, 2 * embed), draw_weights(rng, embed, embed)  # the other ways would fit narrow
    inner, root = merge(words, W, joiner(JOIN))
    swapped = merge(words, W, joiner(JOIN), swap=True)[1]
    orders = {way: swap_distance(words, W if way == JOIN else narrow, joiner(way)) for way in NAMES}
    problems = {way: misfit(words, W, joiner(way)) for way in NAMES}
    claimed = look_at_claim(claim, words, W, rng) if claim else None
    metrics = _metrics(orders, problems, W, root)
    known = [*np.tanh(words.vectors), inner, root]
    total = 6 if claimed else 5
    yield Frame(1, total, (_tree(words, 0), _vectors(known[:3])), leaves_words(embed))
    yield Frame(2, total, (_tree(words, 1), _vectors(known[:4])), parent_words(words.left, False, embed))
    yield Frame(3, total, (_tree(words, 2), _vectors(known)), parent_words(words.left, True, embed))
    order = order_words(orders[JOIN], max(orders[way] for way in OTHERS))
    yield Frame(4, total, (_orders(orders, None), _roots(root, swapped)), order)
    panels = (_table(words, W, problems, None), _orders(orders, None))
    yield Frame(5, total, panels, shapes_words(embed), metrics=metrics)
    if claimed is not None:
        panels = (_table(words, W, problems, claimed), _orders(orders, claimed))
        yield Frame(6, total, panels, claim_words(claimed), True, metrics | _claim_metrics(claimed))


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Only the concatenation fits W, and only with it the order of the words matters."""
    order, *others = (measured(metrics, f"order_{name}") for name in NAMES.values())
    return order > 0.05 and max(others) < NEAR and metrics["ways_that_fit"] == 1


def _metrics(
    orders: Mapping[str, float], problems: Mapping[str, Text | None], W: Array, root: Array
) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {f"order_{name}": orders[way] for way, name in NAMES.items()}
    errors = {way: text.en for way, text in problems.items() if text is not None}
    metrics |= {f"error_{name}": errors.get(way) for way, name in NAMES.items()}
    sizes = {"W_shape": shape(W.shape), "root_shape": shape(root.shape)}
    return metrics | sizes | {"ways_that_fit": len(NAMES) - len(errors)}


def _claim_metrics(claimed: Claim) -> dict[str, Metric]:
    return {
        "claim_shape": None if claimed.lr is None else shape(claimed.lr),
        "claim_problem": claimed.problem.en if claimed.problem else None,
        "claim_order": claimed.order,
        "claim_unread_words": [f"w{place}" for place in claimed.unread],
        "claim_same": claimed.same,
    }


def _tree(words: Words, joined: int) -> Graph:
    """The tree after 0, 1 or 2 joins, the nodes of the last one lit."""
    left, right, other = words.pair
    lit = ((0, 1, 2), (left, right, 3), (3, other, 4))[joined]
    size = shape(words.vectors.shape[1:])
    places = ((0, 0), (0, 2), (0, 4), (1, 1 if words.left else 3), (2, 2))
    nodes = tuple(
        Node(name, column, row, size if place < 3 + joined else "", lit=place in lit)
        for place, (name, (column, row)) in enumerate(zip(("w1", "w2", "w3", "p1", "p2"), places, strict=True))
    )
    return Graph(tree_title(words.left), nodes, ((left, 3), (right, 3), (3, 4), (other, 4)))


def _vectors(known: list[Array]) -> Heatmap:
    """The vectors so far; those of the words squashed like those of the parents."""
    names = tuple(same(name) for name in ("w1", "w2", "w3", "p1", "p2"))
    values = tuple(tuple(vector.tolist()) for vector in known)
    return Heatmap(Text("ベクトル", "vectors"), values, -1.0, 1.0, names[: len(known)])


def _orders(orders: Mapping[str, float], claimed: Claim | None) -> Bars:
    """How far the root moves when the two words of the pair change places."""
    told = claimed.source if claimed is not None and not claimed.same else ""
    bars = [
        Bar(same(way), order, "lit" if way == JOIN else "claim" if way == told else "muted")
        for way, order in orders.items()
    ]
    if claimed is not None and claimed.order is not None and claimed.source not in NAMES:
        bars.append(Bar(YOURS, claimed.order, "claim"))
    title = Text("左右を入れ替えたときの根の動き", "how far swapping the pair moves the root")
    return Bars(title, tuple(bars), max(1.0, *(bar.value for bar in bars)))


def _roots(root: Array, swapped: Array) -> Heatmap:
    title, names = Text("つないだときの根", "the root, concatenated"), (same("w1 w2"), same("w2 w1"))
    return Heatmap(title, (tuple(root.tolist()), tuple(swapped.tolist())), -1.0, 1.0, names)


def _table(words: Words, W: Array, problems: Mapping[str, Text | None], claimed: Claim | None) -> Table:
    """What each way makes of two children, and whether W can be multiplied by it."""
    rows = {
        way: (same(way), same(shape(words.first_join(joiner(way)).shape)), MISFIT if problem else FITS)
        for way, problem in problems.items()
    }
    claims: tuple[tuple[int, int], ...] = ()
    if claimed is not None:
        source = claimed.source if len(claimed.source) <= MOST_SOURCE else claimed.source[: MOST_SOURCE - 1] + "…"
        result = FAILS if claimed.lr is None else FITS if claimed.problem is None else MISFIT
        rows.setdefault(claimed.source, (same(source), same("–" if claimed.lr is None else shape(claimed.lr)), result))
        place = list(rows).index(claimed.source)
        claims = () if claimed.same else ((place, 1), (place, 2))
    columns = (same("lr ="), Text("形", "shape"), same(f"W {W.shape[0]}×{W.shape[1]}"))
    return Table(NO_TEXT, columns, tuple(rows.values()), lit=((0, 1), (0, 2)), claim=claims)
