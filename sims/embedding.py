"""A word as a vector: multiplying the embedding matrix by a one-hot vector does nothing but read one of its columns."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from sims.expression import EvaluationError, ExpressionError, evaluate, parse
from sims.frames import Bar, Bars, CellRole, Frame, Grid, Metric, Panel
from sims.text import Text, same

Digits = NDArray[np.int64]
YOURS = Text("あなたの式", "yours")


def run(vocab: int, embed: int, word: int, claim: str | None, seed: int) -> Iterator[Frame]:
    """Look up ``word`` (from 1, the last one if there are fewer) in E of shape (``embed``, ``vocab``), twice.

    Once as a product with a one-hot vector, counting the multiplications, and once by reading its column. ``claim``
    is somebody's expression over E and w.
    """
    E = np.random.default_rng(seed).integers(1, 10, (embed, vocab))
    place = min(word, vocab) - 1
    w = np.eye(vocab, dtype=np.int64)[place]
    found = np.zeros(embed, np.int64)
    multiplications = useful = 0
    total = embed + (3 if claim else 2)
    yield Frame(1, total, _panels(E, place, w, found[:0]), _start_words(place, vocab, embed))
    for row in range(embed):
        for column in range(vocab):
            found[row] += E[row, column] * w[column]
            multiplications += 1
            useful += int(w[column] != 0)
        caption = _row_words(row, found[row], place, vocab)
        yield Frame(row + 2, total, _panels(E, place, w, found[: row + 1]), caption)
    read = E[:, place]
    metrics: dict[str, Metric] = {
        "parameters": E.size,
        "multiplications": multiplications,
        "useful": useful,
        "reads": read.size,
        "same": bool((read == found).all()),
        "output_shape": str(found.size),
    }
    costs = Bars(
        Text("1 語を引く手間", "work for one word"),
        (
            Bar(Text("one-hot を掛ける（積）", "one-hot product (multiplications)"), float(multiplications)),
            Bar(Text("列を読む（読み出し）", "reading the column (reads)"), float(read.size), "lit"),
        ),
        float(multiplications),
    )
    panels: tuple[Panel, ...] = (*_panels(E, place, w, found), costs)
    yield Frame(embed + 2, total, panels, _cost_words(multiplications, read.size), metrics=metrics)
    if claim:
        caption, more = _claim(claim, E, w, found)
        yield Frame(total, total, _panels(E, place, w, found), caption, True, metrics | more)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Product and column are the same, and all but one in ``vocab`` multiplications are by 0."""
    return metrics["same"] is True and metrics["useful"] == metrics["reads"]


def _panels(E: Digits, place: int, w: Digits, found: Digits) -> tuple[Grid, ...]:
    """E with the word's column, the one-hot vector, and as much of the product as there is."""
    cells = tuple(tuple(map(str, row)) for row in E.tolist())
    columns = range(E.shape[1])
    row_roles: tuple[CellRole, ...] = tuple("lit" if column == place else "raised" for column in columns)
    onehot = tuple((str(value),) for value in w.tolist())
    onehot_roles: tuple[tuple[CellRole, ...], ...] = tuple(
        ("lit" if column == place else "page",) for column in columns
    )
    product = tuple((str(found[row]) if row < len(found) else "·",) for row in range(len(cells)))
    product_roles: tuple[tuple[CellRole, ...], ...] = tuple(
        ("lit" if row == len(found) - 1 else "raised",) for row in range(len(cells))
    )
    return (
        Grid(Text(f"E（{len(cells)}×{len(w)}）", f"E ({len(cells)}×{len(w)})"), cells, (row_roles,) * len(cells)),
        Grid(same("w"), onehot, onehot_roles, joiner="·"),
        Grid(same("E.dot(w)"), product, product_roles, joiner="="),
    )


def _start_words(place: int, vocab: int, embed: int) -> Text:
    return Text(
        f"{vocab} 語のうち {place + 1} 番目の語なので、w は {place + 1} 番目だけが 1 です。"
        f"E の 1 列が、1 語を表す {embed} 個の数です。",
        f"Word {place + 1} of {vocab}: w is 1 there and 0 elsewhere. "
        f"Each column of E holds the {embed} numbers of a word.",
    )


def _row_words(row: int, value: int, place: int, vocab: int) -> Text:
    return Text(
        f"{row + 1} 行目。{vocab} 回の掛け算のうち {vocab - 1} 回は 0 を掛けます。"
        f"残るのは {place + 1} 列目の {value} です。",
        f"Row {row + 1}: of {vocab} products {vocab - 1} are with 0. What is left is {value}, from column {place + 1}.",
    )


def _cost_words(multiplications: int, reads: int) -> Text:
    return Text(
        f"{multiplications} 回掛けて得たのは、E の 1 列です。列をそのまま読めば、{reads} 個の読み出しで済みます。",
        f"{multiplications} multiplications have produced one column of E. Reading that column takes {reads} reads.",
    )


def _claim(claim: str, E: Digits, w: Digits, found: Digits) -> tuple[Text, dict[str, Metric]]:
    """What becomes of somebody's expression."""
    try:
        value = evaluate(parse(claim, ("E", "w")), {"E": E.astype(np.float64), "w": w.astype(np.float64)})
    except (ExpressionError, EvaluationError) as error:
        text = Text(f"あなたの式は使えません。{error.text.ja}", f"Yours cannot be used. {error.text.en}")
        return text, {"claim_shape": None, "claim_same": False}
    metrics: dict[str, Metric] = {"claim_shape": str(value.shape), "claim_same": False}
    if value.shape != found.shape:
        return Text(
            f"あなたの式の形は {value.shape} です。1 語のベクトルなら {found.shape} です。",
            f"Yours has the shape {value.shape}. The vector of one word has {found.shape}.",
        ), metrics
    if not np.array_equal(value, found):
        numbers = ", ".join(f"{number:g}" for number in value[:4])
        return Text(
            f"形は合いますが、値が {numbers} になり、E の列ではありません。",
            f"The shape fits, but the values are {numbers}: not the column of E.",
        ), metrics
    return Text("あなたの式でも、同じ列になります。", "Yours gives the same column."), metrics | {"claim_same": True}
