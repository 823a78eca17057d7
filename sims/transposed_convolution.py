"""A transposed convolution: every input pixel stamps the kernel onto a larger output; where stamps overlap they add.

Dumoulin & Visin 2016, *A guide to convolution arithmetic for deep learning*, chapter 4.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from sims.convolution.window import Digits, claimed_sides, draw_digits
from sims.frames import NO_TEXT, CellRole, Frame, Grid, Metric, Note
from sims.text import Text, same

VIEW = 14
MOST_FRAMES = 40


def run(size: int, kernel: int, stride: int, padding: int, claim: tuple[int, ...] | None, seed: int) -> Iterator[Frame]:
    """Stamp a ``kernel``×``kernel`` patch for each pixel of a ``size``×``size`` image, ``stride`` apart.

    ``padding`` rows and columns are cut off all round at the end. ``claim`` is a size somebody expects. A few stamps
    a frame, then the output; its size is that of the pixels that were stamped, measured and not computed.
    """
    image, weights = draw_digits(size, kernel, seed)
    room = np.zeros((size * stride + kernel, size * stride + kernel), np.int64)
    stamps = np.zeros_like(room)
    total = min(size * size, MOST_FRAMES) + 1
    shown = {size * size * frame // (total - 1): frame for frame in range(1, total)}
    for done in range(1, size * size + 1):
        row, column = divmod(done - 1, size)
        here = slice(row * stride, row * stride + kernel), slice(column * stride, column * stride + kernel)
        room[here] += image[row, column] * weights
        stamps[here] += 1
        if done in shown:
            panels = (_image_grid(image, row, column), _output_grid(room, stamps, here))
            words = _stamp_words(done, int(image[row, column]))
            yield Frame(shown[done], total, panels, words, metrics={"stamps": done})
    reached = int(np.flatnonzero(stamps.any(axis=1))[-1]) + 1
    side = max(0, reached - 2 * padding)
    formula = max(0, (size - 1) * stride + kernel - 2 * padding)
    expected = claimed_sides(claim)
    metrics: dict[str, Metric] = {
        "output_shape": f"{side}x{side}",
        "formula": f"{formula}x{formula}",
        "stamped": reached,
        "never_stamped": int((stamps[:reached, :reached] == 0).sum()),
        "most_stamps": int(stamps.max()),
        "claim": None if expected is None else f"{expected[0]}x{expected[1]}",
    }
    words = (
        _claim_words(expected, side, reached, padding) if expected else _result_words(metrics, side, reached, padding)
    )
    panels_last = (
        _cut_grid(room[:reached, :reached], padding, expected),
        _formula(size, kernel, stride, padding, side),
    )
    yield Frame(total, total, panels_last, words, expected is not None, metrics)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """The stamped pixels, less the padding, are as many as the formula says."""
    return metrics["output_shape"] == metrics["formula"]


def _image_grid(image: Digits, row: int, column: int) -> Grid:
    top, left = _start(row, len(image)), _start(column, len(image))
    part = image[top : top + VIEW, left : left + VIEW]
    roles = [["raised" for _ in line] for line in part]
    return _grid(
        Text(f"入力 {len(image)}×{len(image)}", f"input {len(image)}×{len(image)}"),
        part,
        roles,
        row - top,
        column - left,
    )


def _start(at: int, size: int) -> int:
    return max(0, min(at - VIEW // 2, size - VIEW))


def _grid(title: Text, part: Digits, roles: list[list[str]], row: int, column: int) -> Grid:
    roles[row][column] = "lit"
    cells = tuple(tuple(str(value) for value in line) for line in part)
    return Grid(title, cells, tuple(tuple(_role(role) for role in line) for line in roles))


def _role(name: str) -> CellRole:
    return "lit" if name == "lit" else "raised" if name == "raised" else "page"


def _output_grid(room: Digits, stamps: Digits, here: tuple[slice, slice]) -> Grid:
    """The output so far around the latest stamp, which is lit."""
    rows, columns = (slice(begin := _start(part.start, len(room)), begin + VIEW) for part in here)
    lit = np.zeros_like(room)
    lit[here] = 1
    cells = tuple(
        tuple(str(value) if there else "" for value, there in zip(*line, strict=True))
        for line in zip(room[rows, columns], stamps[rows, columns], strict=True)
    )
    roles: tuple[tuple[CellRole, ...], ...] = tuple(
        tuple("lit" if on else "raised" if there else "page" for on, there in zip(*line, strict=True))
        for line in zip(lit[rows, columns], stamps[rows, columns], strict=True)
    )
    return Grid(Text("出力", "output"), cells, roles, joiner="→")


def _cut_grid(stamped: Digits, padding: int, claim: tuple[int, int] | None) -> Grid:
    """All that was stamped; what the padding cuts off is dim."""
    side = len(stamped)
    inside = range(padding, side - padding)
    shown = range(padding if claim else 0, min(side, VIEW + padding))
    cells = tuple(tuple(str(stamped[row, column]) for column in shown) for row in shown)
    roles: tuple[tuple[CellRole, ...], ...] = tuple(
        tuple("lit" if row in inside and column in inside else "pad" for column in shown) for row in shown
    )
    frame = claim if claim and max(claim) <= 3 * VIEW else None
    return Grid(
        Text("出力（暗い所は切り取る）", "output (dim: cut off)"),
        cells,
        roles,
        claim=frame,
        claim_title=Text("あなた", "yours") if frame else NO_TEXT,
    )


def _formula(size: int, kernel: int, stride: int, padding: int, side: int) -> Note:
    line = f"(n − 1)s + k − 2p = {size - 1}·{stride} + {kernel} − {2 * padding} = {side}"
    return Note(Text("1 辺の大きさ", "along one side"), (same(line),))


def _stamp_words(done: int, value: int) -> Text:
    return Text(
        f"{done:,} 個目の画素の値 {value} をフィルタに掛け、出力に足し込みます。",
        f"The filter, times the value {value} of pixel {done:,}, is added to the output.",
    )


def _result_words(metrics: Mapping[str, Metric], side: int, reached: int, padding: int) -> Text:
    if not side:
        return Text(
            f"{reached}×{reached} から両側を {padding} ずつ切ると、何も残りません。",
            f"Of {reached}×{reached} nothing is left when {padding} is cut off each side.",
        )
    gaps = metrics["never_stamped"]
    if gaps:
        return Text(
            f"{reached}×{reached} のうち {gaps} 画素には、何も足されません。ストライドがフィルタより大きいからです。",
            f"Of {reached}×{reached}, {gaps} pixels are never stamped: the stride exceeds the filter.",
        )
    cut_ja = f"。両側を {padding} ずつ切って" if padding else ""
    cut_en = f"; less {padding} on each side" if padding else ""
    return Text(
        f"足し込まれた範囲は {reached}×{reached}{cut_ja}、出力は {side}×{side} です。",
        f"The stamps cover {reached}×{reached}{cut_en}: the output is {side}×{side}.",
    )


def _claim_words(claim: tuple[int, int], side: int, reached: int, padding: int) -> Text:
    yours = f"{claim[0]}×{claim[1]}"
    if claim == (side, side):
        return Text(
            f"足し込んで測っても {side}×{side} で、あなたの答えと同じです。",
            f"Stamped and measured, it is {side}×{side}, as you say.",
        )
    if claim == (reached, reached):
        return Text(
            f"あなたの {yours} は切り取る前の大きさです。両側を {padding} ずつ切ると {side}×{side} です。",
            f"Your {yours} is the size before {padding} is cut off each side; after that it is {side}×{side}.",
        )
    return Text(
        f"あなたの答えは {yours}、足し込んで測ると {side}×{side} です。",
        f"You say {yours}; stamped and measured, it is {side}×{side}.",
    )
