"""The convolution counts what a window does; here the same is counted in another way."""

import re
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import pytest

from sims.convolution import effect, run
from sims.convolution.pictures import VIEW
from sims.convolution.window import SlidingWindow, draw_digits, output_size
from sims.frames import Frame, Grid, Metric, Note

SEED_CASE = {"size": 5, "kernel": 3, "stride": 2, "padding": 1}
SMALL = [
    combination
    for combination in product(range(1, 8), (1, 2, 3, 5), (1, 2, 3), (0, 1, 2), (1, 2))
    if sum(combination) % 3 == 0
]


def frames(claim: tuple[int, ...] | None = None, seed: int = 0, **changed: int) -> list[Frame]:
    values: dict[str, Any] = SEED_CASE | {"dilation": 1} | changed
    return list(run(**values, claim=claim, seed=seed))


def last(claim: tuple[int, ...] | None = None, **changed: int) -> Mapping[str, Metric]:
    return frames(claim, **changed)[-1].metrics


def positions(n: int, k: int, s: int, p: int, d: int) -> list[int]:
    """Where a window can stop: every multiple of the stride from which the last tap stays inside."""
    return [start for start in range(0, n + 2 * p, s) if start + d * (k - 1) <= n + 2 * p - 1]


def grids(frame: Frame) -> list[Grid]:
    return [panel for panel in frame.panels if isinstance(panel, Grid)]


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5])
def test_stops_and_remainder_over_many_sizes(k: int) -> None:
    for n, s, p, d in product(range(1, 17), range(1, 5), range(4), (1, 2, 3)):
        window = SlidingWindow(*draw_digits(n, k, 0), s, p, d)
        expected = positions(n, k, s, p, d)
        assert list(window.starts) == expected, (n, k, s, p, d)
        assert max(0, output_size(n, k, s, p, d)) == len(expected), (n, k, s, p, d)
        if expected:
            assert window.remainder == (n + 2 * p - d * (k - 1) - 1) % s, (n, k, s, p, d)


@pytest.mark.parametrize("combination", SMALL, ids=str)
def test_values_and_reads_are_those_of_explicit_sums(combination: tuple[int, int, int, int, int]) -> None:
    n, k, s, p, d = combination
    image, weights = draw_digits(n, k, seed=3)
    at = positions(n, k, s, p, d)
    frame = frames(seed=3, size=n, kernel=k, stride=s, padding=p, dilation=d)[-1]
    per_line = [sum(start + d * tap - p == pixel for start in at for tap in range(k)) for pixel in range(n)]
    assert frame.metrics["pixels_never_read"] == n * n - sum(1 for reads in per_line if reads) ** 2
    assert frame.metrics["reads_total"] == sum(per_line) ** 2
    assert frame.metrics["stops"] == len(at) ** 2
    assert effect(frame.metrics)
    if not at:
        assert frame.metrics["output_shape"] == "none"
        return
    reads, output = grids(frame)
    assert reads.cells == tuple(tuple(str(a * b) for b in per_line) for a in per_line)

    def pixel(row: int, column: int) -> int:
        return int(image[row, column]) if 0 <= row < n and 0 <= column < n else 0

    def value(top: int, left: int) -> int:
        return sum(
            int(weights[i, j]) * pixel(top + d * i - p, left + d * j - p) for i, j in product(range(k), repeat=2)
        )

    assert output.cells == tuple(tuple(str(value(top, left)) for left in at) for top in at)


def test_original_item_is_three_by_three_with_known_reads() -> None:
    story = frames()
    metrics = story[-1].metrics
    assert metrics["output_shape"] == "3x3"
    assert (metrics["remainder"], metrics["pixels_never_read"], metrics["stops"]) == (0, 0, 9)
    assert grids(story[-1])[0].cells == (tuple("12121"), tuple("24242"), tuple("12121"), tuple("24242"), tuple("12121"))
    assert len(story) == 9 + 1
    assert all(len(text) <= 2 for frame in story for grid in grids(frame) for row in grid.cells for text in row)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "dilation", "shape", "unread"),
    [(6, 3, 2, 0, 1, "2x2", 11), (5, 3, 3, 0, 1, "1x1", 16), (6, 3, 2, 1, 1, "3x3", 0), (7, 3, 2, 2, 2, "4x4", 33)],
)
def test_pixels_that_are_never_read(
    size: int, kernel: int, stride: int, padding: int, dilation: int, shape: str, unread: int
) -> None:
    story = frames(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    metrics = story[-1].metrics
    assert (metrics["output_shape"], metrics["pixels_never_read"]) == (shape, unread)
    said = re.search(r"(\d+) of (\d+) pixels are never read", story[-1].caption.en)
    assert (said is not None) == (unread > 0)
    if said:
        assert said.groups() == (str(unread), str(size * size))
        assert f"{unread} 画素は、どの窓にも読まれません" in story[-1].caption.ja


def test_window_of_each_stop_is_lit_and_the_output_fills_up() -> None:
    for stop, frame in enumerate(frames()[:-1]):
        image, kernel, output = grids(frame)
        row, column = divmod(stop, 3)
        lit = {(i, j) for i, roles in enumerate(image.roles) for j, role in enumerate(roles) if role == "lit"}
        assert lit == set(product(range(2 * row, 2 * row + 3), range(2 * column, 2 * column + 3)))
        products = sum(
            int(image.cells[2 * row + i][2 * column + j]) * int(kernel.cells[i][j])
            for i, j in product(range(3), repeat=2)
        )
        assert output.cells[row][column] == str(products)
        assert output.roles[row][column] == "lit"
        assert f"{products} です" in frame.caption.ja
        assert frame.caption.en.endswith(f"{products}.")
        assert sum(text != "·" for line in output.cells for text in line) == stop + 1


def test_formula_note_has_the_numbers_in_it() -> None:
    note = next(panel for panel in frames(size=6, padding=0)[-1].panels if isinstance(panel, Note))
    assert [line.en for line in note.lines] == [
        "⌊(n + 2p − k) / s⌋ + 1",
        "= ⌊(6 + 0 − 3) / 2⌋ + 1",
        "= ⌊3 / 2⌋ + 1 = 2",
        "remainder 1",
        "pixels never read 11 / 36",
    ]


class TestClaim:
    def test_too_small(self) -> None:
        story = frames((2, 2))
        end = story[-1]
        assert end.about_claim
        assert end.caption.ja == ("窓は 1 辺に 3 回止まります。あなたの 2×2 の枠には、右と下の 5 つの値が入りません。")
        assert end.caption.en == (
            "The window stops 3 times along each side. Your 2×2 frame leaves out 5 values on the right and below."
        )
        assert (end.metrics["claim"], end.metrics["claim_fits"]) == ("2x2", False)
        assert [frame.about_claim for frame in story[:3]] == [False, False, True]  # known once a row is walked
        assert all(grids(frame)[-1].claim == (2, 2) for frame in story)

    def test_too_large_names_the_first_column_that_is_missing(self) -> None:
        story = frames((4, 4))
        assert story[-1].caption.ja == (
            "窓は 1 辺に 3 回止まります。4 回目の窓には 8 列目が要りますが、幅はパディングを入れて 7 です。"
        )
        overhang = grids(story[-2])[0]
        missing = [(i, j) for i, roles in enumerate(overhang.roles) for j, role in enumerate(roles) if role == "claim"]
        assert missing == [(row, column) for row in range(3) for column in (7, 8)]

    def test_right(self) -> None:
        story = frames((3, 3))
        assert not any(frame.about_claim for frame in story)
        assert all(grid.claim is None for frame in story for grid in grids(frame))
        assert story[-1].metrics["claim_fits"] is True
        assert "as you said" in story[-1].caption.en

    def test_one_size_stands_for_both_sides_and_only_the_last_two_count(self) -> None:
        assert last((3,))["claim_fits"] is True
        assert last((8, 3, 3))["claim_fits"] is True
        assert last((3, 3, 8))["claim"] == "3x8"

    @pytest.mark.parametrize("claim", list(product((0, 1, 2, 3, 4, 9, 10_000), repeat=2)), ids=str)
    @pytest.mark.parametrize(
        "case", [(5, 3, 2, 1, 1), (6, 3, 2, 0, 1), (3, 1, 1, 0, 1), (9, 3, 2, 0, 2), (4, 1, 3, 0, 1)]
    )
    def test_numbers_said_of_a_wrong_claim_are_true(
        self, claim: tuple[int, int], case: tuple[int, int, int, int, int]
    ) -> None:
        n, k, s, p, d = case
        stops = len(positions(*case))
        frame = frames(claim, size=n, kernel=k, stride=s, padding=p, dilation=d)[-1]
        assert frame.about_claim == (claim != (stops, stops))
        left_out = re.search(r"leaves out (\d+)", frame.caption.en)
        if left_out:
            assert int(left_out[1]) == stops**2 - min(claim[0], stops) * min(claim[1], stops) > 0
            assert f"{claim[0]}×{claim[1]}" in frame.caption.en
            assert f"{left_out[1]} つ" in frame.caption.ja or f"{left_out[1]} 個" in frame.caption.ja
        needs = re.search(r"Window number (\d+) would need (column|row) (\d+), but", frame.caption.en)
        assert (needs is not None) == (max(claim) > stops)
        if needs:
            assert int(needs[1]) == stops + 1
            assert claim[1 if needs[2] == "column" else 0] > stops
            taps = [stops * s + d * tap + 1 for tap in range(k)]
            assert int(needs[3]) == min(tap for tap in taps if tap > n + 2 * p)
            assert f"{needs[1]} 回目の窓には {needs[3]} " in frame.caption.ja


class TestNoPosition:
    def test_is_said_and_nothing_crashes(self) -> None:
        story = frames(size=3, kernel=5, padding=0)
        assert len(story) == 1
        assert story[0].caption.en == "No valid position: the window spans 5, the input only 3."
        assert "置ける位置がありません" in story[0].caption.ja
        metrics = story[0].metrics
        assert (metrics["output_shape"], metrics["output_height"], metrics["output_width"]) == ("none", 0, 0)
        assert (metrics["pixels_never_read"], metrics["remainder"]) == (9, None)

    def test_no_claim_can_fit(self) -> None:
        for claim in ((0, 0), (1, 1)):
            (frame,) = frames(claim, size=2, kernel=3, padding=0)
            assert frame.about_claim
            assert frame.metrics["claim_fits"] is False

    def test_padding_can_make_room(self) -> None:
        assert last(size=3, kernel=5, padding=1)["output_shape"] == "1x1"


def test_one_by_one_kernel_reads_every_pixel_once() -> None:
    story = frames(size=4, kernel=1, stride=1, padding=0)
    assert story[-1].metrics["output_shape"] == "4x4"
    assert "Every pixel is read once" in story[-1].caption.en


@pytest.mark.parametrize(
    "values",
    [
        {"size": 64, "kernel": 1, "stride": 1, "padding": 16},
        {"size": 64, "kernel": 16, "stride": 1, "padding": 16, "dilation": 8},
        {"size": 64, "kernel": 16, "stride": 16, "padding": 16, "dilation": 8},
        {"size": 32, "kernel": 3, "stride": 2, "padding": 1},
        {"size": 7, "kernel": 1, "stride": 1, "padding": 0},
    ],
    ids=str,
)
@pytest.mark.parametrize("claim", [None, (15, 15), (17, 17), (200, 200)])
def test_large_inputs_stay_short_and_small(values: dict[str, int], claim: tuple[int, int] | None) -> None:
    story = frames(claim, **values)
    assert len(story) <= 64
    assert [frame.step for frame in story] == list(range(1, len(story) + 1))
    assert {frame.total for frame in story} == {len(story)}
    stops = [int(str(frame.metrics["stops"])) for frame in story]
    assert stops == sorted(stops)
    for grid in (grid for frame in story for grid in grids(frame)):
        assert 1 <= len(grid.cells) <= VIEW
        assert {len(row) for row in grid.cells} <= set(range(1, VIEW + 1))
        assert [len(row) for row in grid.cells] == [len(row) for row in grid.roles]
        assert grid.claim is None or (min(grid.claim) > 0 and max(grid.claim) <= VIEW + 1)


def test_claim_near_a_large_output_is_seen_at_its_corner() -> None:
    end = frames((15, 15), size=32, kernel=3, stride=2, padding=1)[-1]
    output = grids(end)[-1]
    assert (len(output.cells), output.claim) == (VIEW, (VIEW - 1, VIEW - 1))
    assert "31 個の値が入りません" in end.caption.ja


def test_size_alone_changes_nothing_but_the_size() -> None:
    small, large = draw_digits(4, 3, seed=9), draw_digits(9, 3, seed=9)
    assert np.array_equal(small[0], large[0][:4, :4])
    assert np.array_equal(small[1], large[1])
    assert not np.array_equal(small[0], draw_digits(4, 3, seed=10)[0])


def test_effect_fails_where_count_and_formula_differ() -> None:
    assert not effect(dict(last()) | {"formula": "2x2"})
