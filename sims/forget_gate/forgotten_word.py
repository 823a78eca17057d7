"""A hand-set cell reads six words: what the forget gate takes away of a word that is already in it, and what it cannot.

The sentence is that of the question: "terribly" is in the cell before "hot" comes, and should weigh less.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sims.cells import Array
from sims.cells.steered import steered, steering
from sims.frames import Bar, Bars, Metric, Panel, Table
from sims.numerals import places, trimmed
from sims.scene import Scene
from sims.text import Text, same

WORDS = (
    Text("ひどく", "terribly"),
    Text("暑い", "hot"),
    Text("ので", "so I"),
    Text("＿＿", "turned"),
    Text("を", "on the"),
    Text("つけた", "___"),
)
CONTENT = (0.8, 0.6, 0.0, 0.0, 0.0, 0.0)  # what a word would put into the cell; i is open for the first two
LOW = 0.1  # f where it drops


@dataclass(frozen=True, slots=True)
class Reading:
    """Gates i and f (T,), the cell c (T,), and what is left in it of the first and second word after each step."""

    i: Array
    f: Array
    c: Array
    left: Array


def read(enters: bool, drop: int | None) -> Reading:
    """Read the sentence with f = :data:`LOW` at word ``drop`` (from 0), else 1; the first word ``enters`` or not.

    What is left of a word is the difference that its content makes to c.
    """
    T = len(WORDS)
    i, f = np.array([float(enters), 1.0, 0, 0, 0, 0]), np.ones(T)
    if drop is not None:
        f[drop] = LOW
    a = np.tile(np.array(CONTENT)[:, None], (1, 3))
    a[0, 1] = a[1, 2] = 0.0
    gates = (np.tile(gate[:, None, None], (1, 3, 1)) for gate in (i, f, np.ones(T)))
    lstm, parameters = steered(1)
    c = lstm.forward(parameters, steering(a[..., None], *gates)).c[0, 1:, :, 0]
    return Reading(i, f, c[:, 0], (c[:, :1] - c[:, 1:]).T)


def scenes() -> Iterator[Scene]:
    """Read with f = 1, then with f low as the second word comes; in the end two more ways beside them."""
    kept, dropped = read(True, None), read(True, 1)
    for step in range(1, len(WORDS) + 1):
        yield Scene(_reading(kept, step), _kept_words(kept, step), metrics={"step": step})
    for step in range(1, len(WORDS) + 1):
        yield Scene(_reading(dropped, step), _dropped_words(dropped, kept, step), metrics={"step": step})
    ways = {"kept": kept, "dropped": dropped, "late": read(True, 2), "shut": read(False, None)}
    metrics: dict[str, Metric] = {"view": "words"}
    for name, reading in ways.items():
        metrics[f"first_{name}"], metrics[f"second_{name}"] = reading.left[:, -1].tolist()
    yield Scene((_ways(ways),), _ways_words(ways), metrics=metrics)


def _reading(reading: Reading, step: int) -> tuple[Panel, ...]:
    first, second = reading.left[:, step - 1].tolist()
    bars = Bars(
        Text("c に残っている分", "left in c"),
        (Bar(WORDS[0], first, "lit"), Bar(WORDS[1], second)),
        1.0,
    )
    rows = (
        (same("i"), reading.i, trimmed),
        (same("f"), reading.f, trimmed),
        (same("c"), reading.c, places),
        (Text(f"{WORDS[0].ja}の分", f"of {WORDS[0].en}"), reading.left[0], places),
        (Text(f"{WORDS[1].ja}の分", f"of {WORDS[1].en}"), reading.left[1], places),
    )
    table = Table(
        Text("1 語ずつ", "word by word"),
        (same(""), *WORDS),
        tuple(
            (name, *(same(write(value)) if t < step else same("") for t, value in enumerate(values.tolist())))
            for name, values, write in rows
        ),
        lit=((3, step),),
    )
    return bars, table


def _ways(ways: dict[str, Reading]) -> Table:
    low = trimmed(LOW)
    names = {
        "kept": Text("ずっと f = 1", "f = 1 throughout"),
        "dropped": Text(f"「{WORDS[1].ja}」で f = {low}", f"f = {low} at “{WORDS[1].en}”"),
        "late": Text(f"「{WORDS[2].ja}」で f = {low}", f"f = {low} at “{WORDS[2].en}”"),
        "shut": Text(f"「{WORDS[0].ja}」で i = 0", f"i = 0 at “{WORDS[0].en}”"),
    }
    rows = tuple((names[way], *(same(places(left)) for left in ways[way].left[:, -1].tolist())) for way in ways)
    return Table(Text("最後に c に残る分", "left in c at the end"), (same(""), *WORDS[:2]), rows, lit=((1, 1),))


def _kept_words(reading: Reading, step: int) -> Text:
    first, c = trimmed(float(reading.left[0, step - 1])), trimmed(float(reading.c[step - 1]))
    if step == 1:
        return Text(
            f"「{WORDS[0].ja}」が入り、c は {c} です。この語は、なくても空欄の答えが変わりません。",
            f"“{WORDS[0].en}” enters: c is {c}. Without the word the blank would be filled alike.",
        )
    if step == 2:
        return Text(
            f"f = 1 のまま「{WORDS[1].ja}」を読むと、c は {c} です。そのうち {first} は「{WORDS[0].ja}」の分です。",
            f"With f = 1, “{WORDS[1].en}” makes c {c}. Of that, {first} is still “{WORDS[0].en}”.",
        )
    return Text(
        f"f = 1 の間、c はそのままです。「{WORDS[0].ja}」の分も {first} のまま残ります。",
        f"While f = 1, c stays as it is, and so does the part of “{WORDS[0].en}”: {first}.",
    )


def _dropped_words(reading: Reading, kept: Reading, step: int) -> Text:
    (first, second), before = (trimmed(float(left)) for left in reading.left[:, step - 1]), trimmed(CONTENT[0])
    low = trimmed(LOW)
    if step == 1:
        return Text(
            f"もう一度読みます。次の「{WORDS[1].ja}」のところで、忘却ゲートを f = {low} に下げます。",
            f"Once more. This time the forget gate drops to f = {low} at the next word, “{WORDS[1].en}”.",
        )
    if step == 2:
        return Text(
            f"f = {low} が古い c に掛かり、「{WORDS[0].ja}」の分は {before} から {first} に減りました。"
            f"「{WORDS[1].ja}」は {second} 入ります。",
            f"f = {low} scales the old c: “{WORDS[0].en}” shrinks from {before} to {first}. "
            f"“{WORDS[1].en}” comes in with {second}.",
        )
    stayed = trimmed(float(kept.left[0, step - 1]))
    return Text(
        f"「{WORDS[0].ja}」の分は {first}、「{WORDS[1].ja}」の分は {second} です。f = 1 なら前者は {stayed} でした。",
        f"Left of “{WORDS[0].en}”: {first}; of “{WORDS[1].en}”: {second}. With f = 1 the first would be {stayed}.",
    )


def _ways_words(ways: dict[str, Reading]) -> Text:
    kept, dropped = (trimmed(float(ways[way].left[0, -1])) for way in ("kept", "dropped"))
    first, second = (trimmed(float(left)) for left in ways["late"].left[:, -1])
    return Text(
        f"忘却ゲートで「{WORDS[0].ja}」は {kept} から {dropped} に減ります。"
        f"遅れて下げると両方減り（{first} と {second}）、入れずに済ませるのは i です。",
        f"The forget gate takes “{WORDS[0].en}” from {kept} to {dropped}. Shut a word later, it takes both "
        f"({first}, {second}); keeping a word out is the job of i.",
    )
