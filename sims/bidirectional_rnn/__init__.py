"""Two RNNs read a sequence, one from each end: what the joined states know, and a task that needs both neighbours.

A. Which inputs each state depends on, forward, backward and joined. B. The same task
(:mod:`sims.bidirectional_rnn.both_neighbours`) learned by a forward RNN, a backward one and a bidirectional one.
Schuster & Paliwal 1997, *Bidirectional recurrent neural networks*.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np

from sims.bidirectional_rnn.both_neighbours import (
    BATCH,
    ONE_WAY_LOSS,
    ONE_WAY_RIGHT,
    Bits,
    Reader,
    draw_bits,
    every_sequence,
)
from sims.bidirectional_rnn.both_neighbours import WAYS as READERS
from sims.bidirectional_rnn.joined_states import WAYS, Joined, Reach, TwoWays, draw, joiner, look_at
from sims.bidirectional_rnn.words import (
    LOSS,
    NAMES,
    WAY_NAMES,
    YOURS,
    backward_words,
    claim_words,
    forward_words,
    joined_words,
    trained_words,
    training_words,
    ways_words,
    which,
)
from sims.frames import NO_TEXT, Frame, Heatmap, Metric, Panel, Plot, Series, Table
from sims.metrics import measured
from sims.numerals import significant
from sims.scene import Scene, gathered, numbered
from sims.text import Text, same

RUNS, RATE = 6, 0.03
SLIGHT = 1e-9
MOST_FRAMES = 80  # of training


def run(
    view: str, steps: int, hidden: int, span: int, iterations: int, hole: str, claim: str | None, seed: int
) -> Iterator[Frame]:
    """Look into the states of ``steps`` inputs with ``hidden`` cells each way, then train on neighbours ``span`` away.

    ``view`` is ``join`` or ``task`` for one of the two, ``story`` for both. ``claim`` is somebody's expression over
    h_f and h_b: the whole join, or with the ``hole`` ``backward`` only what is put beside h_f.
    """
    ways = draw(steps, hidden, np.random.default_rng([seed, 20]))
    claimed = look_at(claim, ways, hole == "backward") if claim else None
    each = max(24 // hidden, -(-iterations // MOST_FRAMES), 1)  # of wide states fewer, so that a frame comes soon
    ends = [*range(each, iterations, each), iterations]
    joins = 0 if view == "task" else 5 if claimed else 4
    tasks = 0 if view == "join" else 1 + len(ends)
    join = _join(ways, claimed) if joins else ()
    task = _task(steps, hidden, span, ends, seed) if tasks else ()
    story = chain(task, join) if claimed else chain(join, task)  # a claim is told last
    yield from numbered(gathered(story), joins + tasks)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Joined, every step knows all inputs; in training only both ways together get below what one way can reach."""
    shown = metrics.get("reads_side", True) is True and metrics.get("reads_unturned", False) is False
    if "loss_both" not in metrics:
        return shown
    one_way = min(measured(metrics, "loss_forward"), measured(metrics, "loss_backward"))
    right = max(measured(metrics, "right_forward"), measured(metrics, "right_backward"))
    bound = one_way > ONE_WAY_LOSS - SLIGHT and right < ONE_WAY_RIGHT + SLIGHT
    return shown and bound and measured(metrics, "loss_both") < 0.1


def _join(ways: TwoWays, claimed: Joined | None) -> Iterator[Scene]:
    """Which inputs the states depend on, one direction after the other, then joined in several ways."""
    forward, backward = (ways.reach(joiner(source)) for source in ("h_f", "h_b[::-1]"))
    looks = {name: look_at(source, ways) for name, source in WAYS.items()}
    side = looks["side"]
    joined = side.reach if side.reach is not None else forward
    steps, cells = len(ways.x), ways.rnn.cells
    maps = (_map(Text("前向き", "forward"), forward), _map(Text("後ろ向き", "backward"), backward))
    yield Scene((maps[0],), forward_words(steps))
    yield Scene(maps, backward_words(steps))
    yield Scene((*maps, _map(Text("つないだ行", "joined"), joined)), joined_words(cells))
    metrics: dict[str, Metric] = {"joined_shape": "x".join(map(str, side.shape or ()))}
    metrics |= {
        "rows_forward": int(forward.sum()),
        "rows_backward": int(backward.sum()),
        "rows_joined": int(joined.sum()),
    }
    for name, look in looks.items():
        metrics[f"reads_{name}"] = bool(look.reach is not None and look.problem is None and look.reach.all())
        metrics[f"error_{name}"] = look.problem.en if look.problem else None
    yield Scene((_table(looks, None),), ways_words(steps, cells), metrics=metrics)
    if claimed is None:
        return
    metrics |= {
        "claim_shape": None if claimed.shape is None else str(claimed.shape),
        "claim_problem": claimed.problem.en if claimed.problem else None,
        "claim_same": claimed.same,
    }
    panels: tuple[Panel, ...] = (_table(looks, claimed),)
    if claimed.reach is not None and len(claimed.reach) <= 2 * steps:
        panels = (_map(YOURS, claimed.reach), *panels)
    yield Scene(panels, claim_words(claimed, steps), True, metrics)


def _map(title: Text, reach: Reach) -> Heatmap:
    rows = tuple(tuple(map(float, row)) for row in reach)
    names = tuple(same(f"h{place}") for place in range(1, len(rows) + 1))
    return Heatmap(title, rows, 0.0, 1.0, names, tuple(same(f"x{place}") for place in range(1, len(rows[0]) + 1)))


def _table(looks: Mapping[str, Joined], claimed: Joined | None) -> Table:
    """Each way: what shape it has, whether V can read it, and which inputs its first row knows."""
    named = [(WAY_NAMES[name], look) for name, look in looks.items()]
    if claimed is not None:
        named.append((YOURS, claimed))
    rows = []
    for name, look in named:
        shape = same("–") if look.shape is None else same(str(look.shape))
        fits = Text("合う", "fits") if look.problem is None else Text("合わない", "misfit")
        rows.append((name, shape, fits, same("–" if look.reach is None else which(look.reach[0]))))
    columns = (Text("つなぎ方", "join"), Text("形", "shape"), same("V"), Text("h1 が読んだ入力", "h1 has read"))
    claims: list[tuple[int, int]] = []
    if claimed is not None and claimed.problem is not None:
        claims = [(len(rows) - 1, 1), (len(rows) - 1, 2)]
    if claimed is not None and claimed.reach is not None and not claimed.reach[0].all():
        claims.append((len(rows) - 1, 3))
    return Table(NO_TEXT, columns, tuple(rows), lit=((0, 1), (0, 2), (0, 3)), claim=tuple(claims))


def _task(steps: int, hidden: int, span: int, ends: list[int], seed: int) -> Iterator[Scene]:
    """Training three readers on the same bits."""
    readers = [Reader(way, hidden, RUNS, RATE, seed) for way in READERS]
    data = np.random.default_rng([seed, 10])
    every = every_sequence(steps, span)
    tests = Bits(np.repeat(every.x, RUNS, 0), np.repeat(every.label, RUNS, 0), every.asked)
    history: list[tuple[int, list[float]]] = []
    for end in (0, *ends):
        for _ in range(end - history[-1][0] if history else 0):
            bits = draw_bits(data, RUNS, steps, BATCH, span)
            for reader in readers:
                reader.learn(bits)
        losses, right = zip(*(reader.measure(tests) for reader in readers), strict=True)
        history.append((end, [float(np.median(loss)) for loss in losses]))
        shares = [float(np.median(share)) for share in right]
        metrics: dict[str, Metric] = {"iteration": end}
        metrics |= {f"loss_{way}": loss for way, loss in zip(READERS, history[-1][1], strict=True)}
        metrics |= {f"right_{way}": share for way, share in zip(READERS, shares, strict=True)}
        words = trained_words if end == ends[-1] else training_words
        panels = (_curves(history, ends[-1]), _losses(history[-1][1], shares))
        yield Scene(panels, words(end, span, history[-1][1], shares), metrics=metrics)


def _curves(history: list[tuple[int, list[float]]], iterations: int) -> Plot:
    floor = Text(f"片方向の下限 {significant(ONE_WAY_LOSS, 3)}", f"floor of one way {significant(ONE_WAY_LOSS, 3)}")
    ends = (0.0, float(iterations))
    series = [Series(floor, ends, (ONE_WAY_LOSS, ONE_WAY_LOSS), "floor")]
    x = tuple(float(iteration) for iteration, _ in history)
    for place, way in enumerate(READERS):
        y = tuple(losses[place] for _, losses in history)
        series.append(Series(NAMES[way], x, y, "lit" if way == "both" else "muted"))
    top = max(0.8, *(loss for _, losses in history for loss in losses))
    return Plot(LOSS, tuple(series), ends, (0.0, top), Text("反復", "iterations"))


def _losses(losses: list[float], shares: list[float]) -> Table:
    rows = tuple(
        (NAMES[way], same(significant(loss, 3)), same(f"{100 * share:.0f} %"))
        for way, loss, share in zip(READERS, losses, shares, strict=True)
    )
    columns = (Text("読む向き", "reads"), Text("損失", "loss"), Text("正答率", "right"))
    return Table(NO_TEXT, columns, rows, lit=((2, 1), (2, 2)))
