"""Frames are drawn as pictured, and the cells they are made of can be printed anywhere."""

import subprocess
import sys

import pytest
from rich.cells import cell_len

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role, Row, Span
from engine.drawing.frame import draw_frame
from engine.drawing.palette import DARK, LIGHT
from engine.drawing.plain import rows_to_ansi, rows_to_text
from engine.drawing.width import cell_width, crop
from sims.frames import NO_TEXT, CellRole, Frame, Graph, Grid, Heatmap, Node, Panel, Plot, Series, Table
from sims.text import Language, Text, same

IMAGE = """
· · · · · · ·
· 2 0 1 3 1 ·
· 1 2 0 1 0 ·
· 0 1 3 1 2 ·
· 3 0 1 2 1 ·
· 1 2 0 0 1 ·
· · · · · · ·
"""
CONVOLUTION = """\
入力 5×5 ＋ パディング 1                       出力 3×3  あなた 2×2
 ·   ·   ·   ·   ·   ·   ·                     ┌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
    ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀                       ╎             ╎
 ·   2   0   1   3   1   ·                     ╎  4      4   ╎  2
        ▀▀▀▀▀▀▀▀▀▀▀▀                           ╎             ╎
 ·   1   2   0   1   0   ·       1  0  1       ╎             ╎
                                               ╎             ╎
 ·   0   1   3   1   2   ·    ∗  0  1  0   =   ╎  2      8   ╎  ·
                                               ╎             ╎
 ·   3   0   1   2   1   ·       1  0  1       └╌╌╌╌╌╌╌╌╌╌╌╌╌┘
        ▀▀▀▀▀▀▀▀▀▀▀▀
 ·   1   2   0   0   1   ·                        ·      ·      ·
    ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
 ·   ·   ·   ·   ·   ·   ·
"""
NARROW = """\
入力 5×5 ＋ パディング 1 出力 3×3
 ·  ·  ·  ·  ·  ·  ·     ┌╌╌╌╌╌╌╌┐
 ·  2  0  1  3  1  ·     ╎ 4   4 ╎ 2
 ·  1  2  0  1  0  ·     ╎       ╎
 ·  0  1  3  1  2  ·     ╎ 2   8 ╎ ·
 ·  3  0  1  2  1  ·     └╌╌╌╌╌╌╌┘
 ·  1  2  0  0  1  ·       ·   ·   ·
 ·  ·  ·  ·  ·  ·  ·
"""
CURVES = """\
squared error
  .4 ⢧                                                    output gate
     ⠼⡤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤    input gate   off    on
     ⣤⣧⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤⣤⡤⠤           off   .325   .299
      ⠘⡄                                             on   .295   .0004
       ⢳
  .2    ⢇
        ⠈⢆                                   ╌╌╌ computed floor .298
         ⠈⢦                                  ━━━ both gates
           ⠑⢄                                ─── the other three
             ⠑⠢⣄⡀
   0            ⠈⠉⠒⠒⠤⠤⠤⠤⢤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
     0       100      200     300     400
"""
GRAPH = """\
z = (x + y)²
3
x ───────╮
14       │
         │
         │   7             49
         ├── + ─────────── ²
         │   14            1
         │
4        │
y ───────╯
14
"""
BITS = """\
a       0  1   91
b       0  0   45
out     1  0  152
        ✘
hidden    ███
          ███
0   1     ███
 ░▒▓█     ███
"""


def convolution() -> Frame:
    image = tuple(tuple(line.split()) for line in IMAGE.strip().split("\n"))
    roles: list[list[CellRole]] = [["pad" if text == "·" else "raised" for text in row] for row in image]
    for row in (2, 3, 4):
        roles[row][2:5] = ["lit"] * 3
    kernel = (("1", "0", "1"), ("0", "1", "0"), ("1", "0", "1"))
    done: tuple[tuple[CellRole, ...], ...] = (("raised",) * 3, ("raised", "lit", "raised"), ("raised",) * 3)
    return Frame(
        5,
        9,
        (
            Grid(Text("入力 5×5 ＋ パディング 1", "input 5×5 + padding 1"), image, tuple(map(tuple, roles))),
            Grid(NO_TEXT, kernel, (("muted",) * 3,) * 3, joiner="∗"),
            Grid(
                Text("出力 3×3", "output 3×3"),
                (("4", "4", "2"), ("2", "8", "·"), ("·", "·", "·")),
                done,
                tiles=True,
                claim=(2, 2),
                claim_title=Text("あなた 2×2", "yours 2×2"),
                joiner="=",
            ),
        ),
        NO_TEXT,
    )


def gates() -> tuple[Plot, Table]:
    x = tuple(float(i) for i in range(401))
    other = Text("ほかの 3 通り", "the other three")
    plot = Plot(
        Text("二乗誤差", "squared error"),
        (
            Series(other, x, tuple(0.34 for _ in x)),
            Series(Text("両方のゲート", "both gates"), x, tuple(0.4 * 0.98**i for i in x), "lit"),
            Series(other, x, tuple(0.31 for _ in x)),
            Series(Text("計算で出した下限 .298", "computed floor .298"), (0.0, 400.0), (0.298, 0.298), "floor"),
        ),
        (0, 400),
        (0, 0.4),
    )
    table = Table(
        Text("出力ゲート", "output gate"),
        (Text("入力ゲート", "input gate"), Text("なし", "off"), Text("あり", "on")),
        (
            (Text("なし", "off"), same(".325"), same(".299")),
            (Text("あり", "on"), same(".295"), same(".0004")),
        ),
        lit=((1, 2),),
    )
    return plot, table


def drawn(*panels: Panel, size: tuple[int, int], language: Language = "en") -> str:
    return rows_to_text(draw_frame(Frame(1, 1, panels, NO_TEXT), *size, language))


def runs(rows: list[Row], role: Role) -> list[str]:
    """The texts of all spans in one ink."""
    return [span.text.strip() for row in rows for span in row if span.ink == role]


def test_convolution_as_pictured() -> None:
    rows = draw_frame(convolution(), 70, 15, "ja")
    assert rows_to_text(rows) == CONVOLUTION
    lit = ["".join(span.text for span in row if span.ground == "glow") for row in rows]
    assert [text for text in lit if text.strip(" ▀")] == [" 2   0   1  ", " 1   3   1    8   ", " 0   1   2  "]
    assert any("あなた 2×2" in text for text in runs(rows, "wrong"))


def test_convolution_in_a_small_terminal_loses_the_kernel_first() -> None:
    assert rows_to_text(draw_frame(convolution(), 38, 9, "ja")) == NARROW


def test_a_claim_may_be_larger_than_the_grid() -> None:
    grid = Grid(same("output"), (("7",),), (("raised",),), tiles=True, claim=(2, 3), claim_title=same("yours"))
    assert drawn(grid, size=(30, 12)) == (
        "output  yours\n"
        "┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐\n"
        "╎                    ╎\n"
        "╎  7                 ╎\n" + "╎                    ╎\n" * 5 + "└╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘\n\n"
    )


def test_curves_beside_their_table_and_names() -> None:
    rows = draw_frame(Frame(1, 1, gates(), NO_TEXT), 70, 15, "en")
    assert rows_to_text(rows).rstrip() == CURVES.rstrip()
    assert "━━━" in "".join(runs(rows, "light"))
    assert runs(rows, "ink").count("╌╌╌") == 1
    assert ".0004" in runs(rows, "light")


def test_curves_in_the_right_half_of_a_wide_screen_have_their_table_below() -> None:
    lines = drawn(*gates(), size=(54, 22), language="ja").split("\n")
    assert lines[0] == "二乗誤差"
    assert lines[-5:-1] == [
        "             出力ゲート      ╌╌╌ 計算で出した下限 .298",
        "入力ゲート   なし   あり     ━━━ 両方のゲート",
        "      なし   .325   .299     ─── ほかの 3 通り",
        "      あり   .295   .0004",
    ]


def test_points_that_are_not_finite_leave_a_gap() -> None:
    x = tuple(float(i) for i in range(41))
    y = tuple(0.5 if abs(i - 20) > 5 else float("nan") if i % 2 else float("inf") for i in range(41))
    plot = Plot(same("y"), (Series(NO_TEXT, x, y, "lit"),), (0, 40), (0, 1))
    assert drawn(plot, size=(46, 8)).split("\n")[4] == "     " + "⠉" * 14 + "⠁" + " " * 11 + "⠈" + "⠉" * 14


def test_a_log_axis_has_powers_of_ten_and_skips_zero() -> None:
    series = Series(NO_TEXT, (0.0, 1.0, 2.0), (1.0, 0.0, 1e-8), "lit")
    lines = drawn(Plot(same("gradient"), (series,), (0, 2), (1e-8, 1), log_y=True), size=(40, 12)).split("\n")
    assert lines[1].startswith("   1 ⠁")
    assert any(line.startswith("10⁻⁸") and line.endswith("⢀") for line in lines)


def graph() -> Graph:
    nodes = (
        Node("x", 0, 0, "3", "14"),
        Node("y", 0, 2, "4", "14"),
        Node("+", 1, 1, "7", "14", lit=True),
        Node("²", 2, 1, "49", "1", lit=True),
    )
    return Graph(same("z = (x + y)²"), nodes, ((0, 2), (1, 2), (2, 3)))


def test_a_graph_has_wires_where_there_is_room() -> None:
    assert drawn(graph(), size=(40, 12)).rstrip() == GRAPH.rstrip()


def test_a_graph_is_a_table_where_there_is_none() -> None:
    assert drawn(graph(), size=(20, 6)).split("\n") == [
        "z = (x + y)²",
        "node value gradient",
        "   x  3    14",
        "   y  4    14",
        "   +  7    14",
        "   ² 49     1",
    ]


def test_a_heat_map_hangs_under_the_digits_it_belongs_to() -> None:
    bits = tuple(tuple(same(text) for text in line.split()) for line in ("a 0 1 91", "b 0 0 45", "out 1 0 152"))
    table = Table(NO_TEXT, (), bits, claim=((2, 1),))
    heat = Heatmap(same("hidden"), tuple((0.0, 1.0) for _ in range(8)), 0, 1)
    assert drawn(table, heat, size=(40, 12)).rstrip() == BITS.rstrip()


def test_hostile_text_is_shown_and_obeyed_by_nobody() -> None:
    note = Table(same("[/] \x1b[2J"), (same("\x07"),), ((same("a\nb\u202e"),), (same("[$primary]"),)))
    text = drawn(note, size=(40, 6))
    assert text.split("\n")[:4] == ["[/] ␛[2J", "         ␇", "       a b", "[$primary]"]


def test_wide_characters_are_never_halved() -> None:
    canvas = Canvas(6, 1)
    canvas.put(0, 0, "重み値")
    canvas.put(1, 0, "x")
    canvas.put(5, 0, "広")
    assert rows_to_text(canvas.rows()) == " xみ値"
    assert crop("重み値", 4) == "重…"


@pytest.mark.parametrize("text", ["〇✘✓∆◉╌∗‹›━▀⎢⎣⎥⎦ ∂z/∂x × − · ⁰¹²ₜ₋₁", "入力 5×5 ＋ パディング", "x̂ θ̂ が", "ｶﾞ ａ１"])
def test_widths_are_those_of_the_terminal_library(text: str) -> None:
    assert cell_width(text) == cell_len(text)


def test_colours_for_a_terminal() -> None:
    rows: list[Row] = [(Span("a", "light", bold=True), Span("▀", "glow", "raised"))]
    assert rows_to_ansi(rows, DARK) == (
        "\x1b[0;1;38;2;245;189;108;48;2;18;19;23ma\x1b[0;38;2;245;189;108;48;2;32;34;40m▀\x1b[0m"
    )


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [DARK, LIGHT])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [(ink, ground) for ink in ("muted", "ink", "light", "right", "wrong") for ground in ("page", "raised")]
    + [("onglow", "glow"), ("page", "wrong")]
    + [("ink", "heat0"), ("ink", "heat1"), ("onglow", "heat2"), ("onglow", "heat3"), ("page", "heat4")],
)
def test_text_can_be_read_on_its_ground(palette: dict[Role, str], ink: Role, ground: Role) -> None:
    darker, lighter = sorted((luminance(palette[ink]), luminance(palette[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_drawing_imports_neither_a_screen_nor_numpy() -> None:
    code = (
        "import sys, engine.drawing.frame, engine.drawing.formula, engine.drawing.plain;"
        "print([name for name in ('textual', 'rich', 'numpy', 'budoux', 'sympy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
