"""What the convolution says about a stop, a result, and a claimed size. Every number comes from the window."""

from sims.convolution.window import Digits, SlidingWindow
from sims.text import Text

MOST_TERMS = 6  # a sum longer than this is no longer read


def stop_words(window: SlidingWindow, products: Digits) -> Text:
    """How the window came to its latest stop, and the sum it found there."""
    k, s = len(window.kernel), window.stride
    column = (window.done - 1) % window.stops
    total = _sum(products)
    if window.done == 1:
        return Text(
            f"{k}×{k} の窓を左上に置き、重なる数どうしを掛けて足します。和は {total} です。",
            f"The {k}×{k} window starts top left. Multiply what overlaps and add: {total}.",
        )
    if column == 0:
        return Text(
            f"窓は左端へ戻り、下へ {s} つ動きました。積の和は {total} です。",
            f"The window went back to the left and {s} down. The products add up to {total}.",
        )
    return Text(
        f"窓は右へ {s} つ動きました。積の和は {total} です。",
        f"The window moved {s} to the right. The products add up to {total}.",
    )


def progress_words(window: SlidingWindow) -> Text:
    """How far the window has come, where one frame stands for many stops."""
    row, column = divmod(window.done - 1, window.stops)
    if row == 0 and column + 1 < window.stops:
        return Text(
            f"{window.stride} つずつ右へ。1 行目で、窓は {column + 1} 回止まりました。",
            f"Moving right by {window.stride}. In the first row the window has stopped {_times(column + 1)}.",
        )
    return Text(
        f"{row + 1} 行目まで終わり、窓は全部で {window.done:,} 回止まりました。",
        f"Row {row + 1} is done; the window has stopped {_times(window.done)} in all.",
    )


def claim_words(window: SlidingWindow, claim: tuple[int, int]) -> Text:
    """What goes wrong with a claimed (height, width) that is not the size of the output."""
    if not window.starts:
        return no_position_words(window)
    n = window.stops
    stops = Text(f"窓は 1 辺に {n} 回止まります。", f"The window stops {_times(n)} along each side. ")
    if max(claim) <= n:
        return _joined(stops, _left_out_words(window, claim))
    too_far = too_far_words(window, downwards=claim[1] <= n)
    if min(claim) < n:
        return _joined(too_far, _left_out_words(window, claim))
    return _joined(stops, too_far)


def too_far_words(window: SlidingWindow, downwards: bool = False) -> Text:
    """Why the window cannot stop once more: the first column (or row) that it needs and that is not there."""
    stop = window.stops + 1
    needed = 1 + next(tap for tap in window.taps(window.stops * window.stride) if tap >= window.width)
    line, side = ("行", "高さ") if downwards else ("列", "幅")
    line_en, side_en = ("row", "height") if downwards else ("column", "width")
    padded = window.padding > 0
    return Text(
        f"{stop} 回目の窓には {needed} {line}目が要りますが、{side}は{'パディングを入れて ' if padded else ' '}"
        f"{window.width} です。",
        f"Window number {stop} would need {line_en} {needed}, but the {side_en} is {window.width}"
        f"{' with the padding' if padded else ''}.",
    )


def no_position_words(window: SlidingWindow) -> Text:
    """That there is nowhere to put the window."""
    return Text(
        f"窓を置ける位置がありません。窓の 1 辺は {window.span}、"
        f"入力は{'パディングを入れても ' if window.padding else ' '}{window.width} です。",
        f"No valid position: the window spans {window.span}, the input only {window.width}"
        f"{' with its padding' if window.padding else ''}.",
    )


def result_words(window: SlidingWindow, claimed: bool) -> Text:
    """The size that came out, and what became of the pixels. ``claimed``: the learner said the same size."""
    n = window.stops
    size = Text(
        f"窓は 1 辺に {n} 回止まり、出力は{'答えのとおり ' if claimed else ' '}{n}×{n} です。",
        f"The window stops {_times(n)} along each side: the output is {n}×{n}{', as you said' if claimed else ''}. ",
    )
    return _joined(size, _reads_words(window))


def _reads_words(window: SlidingWindow) -> Text:
    reads = window.real_reads
    unread, least, most = int((reads == 0).sum()), int(reads.min()), int(reads.max())
    if unread:
        return Text(
            f"{reads.size:,} 画素のうち {unread:,} 画素は、どの窓にも読まれません。",
            f"{unread:,} of {reads.size:,} pixels {'is' if unread == 1 else 'are'} never read.",
        )
    if window.remainder:
        return Text(
            f"右と下に余る {window.remainder} 列はパディングだけなので、画素はすべて読まれます。",
            f"The remainder of {window.remainder} is padding only, so every pixel is read.",
        )
    if least == most:
        return Text(f"どの画素も {least} 回ずつ読まれます。", f"Every pixel is read {_times(least)}.")
    return Text(f"画素は {least} 回から {most} 回読まれます。", f"Each pixel is read {least} to {most} times.")


def _left_out_words(window: SlidingWindow, claim: tuple[int, int]) -> Text:
    """Which values lie outside a claimed frame that is smaller than the output on at least one side."""
    n = window.stops
    left_out = n * n - min(claim[0], n) * min(claim[1], n)
    if left_out == n * n:
        return Text(
            f"答えの枠には、{left_out:,} 個の値がどれも入りません。",
            "Your frame leaves out the only value." if n == 1 else f"Your frame holds none of the {left_out:,} values.",
        )
    sides = (claim[1] < n, claim[0] < n)
    where_ja = {(True, True): "右と下", (True, False): "右", (False, True): "下"}[sides]
    where_en = {(True, True): "on the right and below", (True, False): "on the right", (False, True): "below"}[sides]
    number = f"{left_out} つ" if left_out < 10 else f"{left_out:,} 個"
    frame = f"{claim[0]}×{claim[1]}"
    return Text(
        f"あなたの {frame} の枠には、{where_ja}の {number}の値が入りません。",
        f"Your {frame} frame leaves out {left_out:,} {'value' if left_out == 1 else 'values'} {where_en}.",
    )


def _sum(products: Digits) -> str:
    """``2 + 2 = 4`` where the sum is short enough to be read, else ``4``."""
    terms = [str(product) for product in products.flat if product]
    total = str(int(products.sum()))
    return f"{' + '.join(terms)} = {total}" if 1 < len(terms) <= MOST_TERMS else total


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _joined(first: Text, second: Text) -> Text:
    return Text(first.ja + second.ja, f"{first.en.strip()} {second.en}")
