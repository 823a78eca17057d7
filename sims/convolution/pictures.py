"""The pictures: the window over the padded input, the output as it fills up, and how often each pixel was read."""

from sims.convolution.window import SlidingWindow, output_size
from sims.frames import NO_TEXT, CellRole, Grid, Heatmap, Note, Panel
from sims.text import Text, same

VIEW = 12  # rows and columns of a grid that fit on a screen; a larger one is shown around the window
DIGITS = 8  # up to this size counts are written, above they are colours
Size = tuple[int, int]


def walk_panels(window: SlidingWindow, wrong: Size | None) -> tuple[Panel, ...]:
    """The window at its latest stop, the kernel, and the output so far."""
    return _input_grid(window), kernel_grid(window), output_grid(window, wrong)


def overhang_panels(window: SlidingWindow, wrong: Size) -> tuple[Panel, ...]:
    """The stop that a claim has too many: there the window hangs over the edge."""
    beyond = window.stops * window.stride
    top, left = (0, beyond) if wrong[1] > window.stops else (beyond, 0)
    return overhang_grid(window, top, left), kernel_grid(window), output_grid(window, wrong)


def _input_grid(window: SlidingWindow) -> Grid:
    """The padded input with the window lit at its latest stop."""
    return _picture(window, *window.corner(window.done))


def overhang_grid(window: SlidingWindow, top: int, left: int) -> Grid:
    """The padded input with a window that hangs over its edge; what is not there has the role of a claim."""
    return _picture(window, top, left)


def _picture(window: SlidingWindow, top: int, left: int) -> Grid:
    taps = window.taps(top), window.taps(left)
    rows, columns = (_view(line[0], line[-1], max(window.width, line[-1] + 1)) for line in taps)
    cells = [[_cell(window, row, column, row in taps[0] and column in taps[1]) for column in columns] for row in rows]
    n, p = len(window.image), window.padding
    part = max(window.width, taps[0][-1] + 1, taps[1][-1] + 1) > VIEW
    title = Text(
        f"入力 {n}×{n}{f' ＋ パディング {p}' if p else ''}{'（一部）' if part else ''}",
        f"input {n}×{n}{f' + padding {p}' if p else ''}{' (part)' if part else ''}",
    )
    return Grid(title, *_columns(cells))


def _cell(window: SlidingWindow, row: int, column: int, read: bool) -> tuple[str, CellRole]:
    """Text and role of one pixel of the padded input, or of a place beyond it."""
    p, n = window.padding, len(window.image)
    if not (row < window.width and column < window.width):
        return ("", "claim") if read else ("", "page")
    if p <= row < p + n and p <= column < p + n:
        return str(window.padded[row, column]), "lit" if read else "raised"
    return ("0", "lit") if read else ("·", "pad")


def kernel_grid(window: SlidingWindow) -> Grid:
    """The kernel, as far as it fits on a screen."""
    weights = window.kernel[:VIEW, :VIEW]
    title = NO_TEXT if window.dilation == 1 else Text(f"膨張 {window.dilation}", f"dilation {window.dilation}")
    cells: list[list[tuple[str, CellRole]]] = [[(str(weight), "muted") for weight in row] for row in weights]
    return Grid(title, *_columns(cells), joiner="∗")


def output_grid(window: SlidingWindow, wrong: Size | None, joiner: str = "=") -> Grid:
    """The output so far; the latest value lit while the window still moves; a wrong claim framed over it."""
    n, latest = window.stops, divmod(window.done - 1, window.stops)
    rows, columns = (_view(at, at, n) for at in latest)

    def cell(row: int, column: int) -> tuple[str, CellRole]:
        if row * n + column >= window.done:
            return "·", "raised"
        return str(window.output[row, column]), "lit" if (row, column) == latest and joiner else "raised"

    cells = [[cell(row, column) for column in columns] for row in rows]
    title = Text(f"出力 {n}×{n}", f"output {n}×{n}")
    if n > VIEW:
        title = Text(f"{title.ja}（一部）", f"{title.en} (part)")
    if wrong is None:
        return Grid(title, *_columns(cells), tiles=True, joiner=joiner)
    said = f"{wrong[0]}×{wrong[1]}"
    frame = (min(wrong[0] - rows[0], VIEW + 1), min(wrong[1] - columns[0], VIEW + 1))
    return Grid(
        title,
        *_columns(cells),
        tiles=True,
        claim=frame if min(frame) > 0 else None,
        claim_title=Text(f"あなた {said}", f"yours {said}"),
        joiner=joiner,
    )


def reads_panel(window: SlidingWindow) -> Panel:
    """How many windows read each pixel: with a kernel of ones, the gradient of the output's sum."""
    reads = window.real_reads
    part = len(reads) > VIEW
    title = Text(
        f"各画素を読む窓の数{'（右下）' if part else ''}", f"windows per pixel{' (lower right)' if part else ''}"
    )
    reads = reads[-VIEW:, -VIEW:]
    if len(reads) > DIGITS:
        return Heatmap(title, tuple(tuple(map(float, row)) for row in reads), 0.0, float(max(1, window.reads.max())))
    cells: list[list[tuple[str, CellRole]]] = [
        [(str(number), "raised" if number else "lit") for number in row] for row in reads
    ]
    return Grid(title, *_columns(cells))


def formula_note(window: SlidingWindow) -> Note:
    """The textbook's formula with the numbers put in, and the remainder that its rounding throws away."""
    n, k, s, p, d = len(window.image), len(window.kernel), window.stride, window.padding, window.dilation
    over = n + 2 * p - window.span
    value = output_size(n, k, s, p, d)
    inner = f"{k}" if d == 1 else f"{d}·{k - 1} − 1"
    lines = [
        same(f"⌊(n + 2p − {'k' if d == 1 else 'd(k − 1) − 1'}) / s⌋ + 1"),
        same(f"= ⌊({n} + {2 * p} − {inner}) / {s}⌋ + 1"),
        same(f"= ⌊{over} / {s}⌋ + 1 = {value}".replace("-", "−")),
    ]
    if window.starts:
        unread = int((window.real_reads == 0).sum())
        lines.append(Text(f"余り {window.remainder}", f"remainder {window.remainder}"))
        lines.append(Text(f"読まれない画素 {unread:,} / {n * n:,}", f"pixels never read {unread:,} / {n * n:,}"))
    return Note(Text("出力の 1 辺", "one side of the output"), tuple(lines))


def _view(first: int, last: int, total: int) -> range:
    """At most ``VIEW`` of ``total`` lines, around those from ``first`` to ``last``."""
    start = max(0, min((first + last + 1 - VIEW) // 2, total - VIEW))
    return range(start, min(total, start + VIEW))


def _columns(
    cells: list[list[tuple[str, CellRole]]],
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[CellRole, ...], ...]]:
    """Pairs of text and role as the two matrices of a :class:`Grid`."""
    texts = tuple(tuple(text for text, _ in row) for row in cells)
    return texts, tuple(tuple(role for _, role in row) for row in cells)
