"""The terminal: which it is, how large, its colours, its encoding, its keys. The environment is a parameter."""

from collections.abc import Mapping

from engine.surroundings.finding import Finding
from sims.text import Text, same

LEAST, COMFORTABLE, WIDE = (40, 15), (80, 24), 110
NOT_MEASURED = Text("端末ではないので測っていません。", "Not measured: this is not a terminal.")
TMUX_COLOURS = "set -as terminal-features ',*:RGB'"


def kind(environment: Mapping[str, str], tty: bool) -> Finding:
    """The terminal's names, and what runs inside it."""
    name = Text("端末", "Terminal")
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    inside = "tmux" if "TMUX" in environment else "screen" if "STY" in environment else ""
    over = "SSH" if "SSH_CONNECTION" in environment else ""
    words = [f"TERM={term or '–'}", *(word for word in (program, inside, over) if word)]
    data = {"term": term, "program": program, "inside": inside, "ssh": bool(over), "tty": tty}
    if tty and term in ("", "dumb"):
        mend = Text(
            "TERM=xterm-256color を設定するか、peephole drill --plain を使ってください。",
            "Set TERM=xterm-256color, or use peephole drill --plain.",
        )
        return Finding("terminal", name, "problem", same(" ".join(words)), mend, data)
    what = same(" ".join(words)) if tty else Text(f"{words[0]}（端末の外）", f"{words[0]} (not in a terminal)")
    return Finding("terminal", name, "ok", what, data=data)


def size(found: tuple[int, int] | None) -> Finding:
    """Columns and rows against what the app needs; None outside a terminal."""
    name = Text("大きさ", "Size")
    if found is None:
        return Finding("size", name, "ok", NOT_MEASURED)
    data = {"columns": found[0], "rows": found[1]}
    told = f"{found[0]}×{found[1]}"
    if found[0] < LEAST[0] or found[1] < LEAST[1]:
        mend = Text("40×15 以上に広げてください。", "Make the terminal at least 40×15.")
        return Finding("size", name, "problem", same(told), mend, data)
    if found[0] < COMFORTABLE[0] or found[1] < COMFORTABLE[1]:
        mend = Text("80×24 あると楽に読めます。", "At 80×24 it is comfortable.")
        return Finding("size", name, "look", same(told), mend, data)
    if found[0] >= WIDE:
        beside = Text(f"{told}（問題とシミュレーションが並びます）", f"{told} (question and simulation side by side)")
        return Finding("size", name, "ok", beside, data=data)
    return Finding("size", name, "ok", same(told), data=data)


def colours(environment: Mapping[str, str]) -> Finding:
    """How many colours the environment promises, read as the app reads it."""
    name = Text("色", "Colours")
    depth = colour_depth(environment)
    data = {"colours": depth}
    if environment.get("NO_COLOR"):
        what = Text("NO_COLOR があるので色なし。", "None, because of NO_COLOR.")
        return Finding("colours", name, "ok", what, data={"colours": "none"})
    if depth in ("truecolor", "256"):
        words = Text("フルカラー", "truecolor") if depth == "truecolor" else Text("256 色", "256 colours")
        return Finding("colours", name, "ok", words, data=data)
    mend = Text(
        "端末が出せるなら export COLORTERM=truecolor か TERM=xterm-256color を。",
        "If the terminal can do more: export COLORTERM=truecolor, or TERM=xterm-256color.",
    )
    if "TMUX" in environment:
        mend = Text(f"~/.tmux.conf に {TMUX_COLOURS} を。", f"In ~/.tmux.conf: {TMUX_COLOURS}")
    words = Text("16 色", "16 colours") if depth == "16" else Text("なし", "none")
    return Finding("colours", name, "look", words, mend, data)


def colour_depth(environment: Mapping[str, str]) -> str:
    """``truecolor``, ``256``, ``16`` or ``none``."""
    term = environment.get("TERM", "")
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return "truecolor"
    if term in ("", "dumb", "unknown"):
        return "none"
    return "256" if "256color" in term or "kitty" in term else "16"


def encoding(environment: Mapping[str, str]) -> Finding:
    """Whether the locale speaks UTF-8: the program always writes it."""
    name = Text("文字コード", "Encoding")
    found = next((value for key in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(key))), "")
    data = {"locale": found}
    words = same(found) if found else Text("ロケールなし", "no locale")
    if ".utf8" in found.lower().replace("-", ""):
        return Finding("encoding", name, "ok", words, data=data)
    mend = Text(
        "文字が化けるときは export LANG=ja_JP.UTF-8 か C.UTF-8 を。",
        "If characters are garbled: export LANG=C.UTF-8 or ja_JP.UTF-8.",
    )
    if "." in found:  # another encoding by name: the terminal shows rubbish
        return Finding("encoding", name, "problem", words, mend, data)
    return Finding("encoding", name, "look", words, mend, data)


def keys(environment: Mapping[str, str]) -> Finding:
    """The key protocol, which decides whether an input method's text arrives."""
    name = Text("キー入力", "Keys")
    off = environment.get("TEXTUAL_DISABLE_KITTY_KEY") == "1"
    data = {"kitty": not off, "program": environment.get("TERM_PROGRAM", "")}
    match environment.get("TERM_PROGRAM"):
        case "iTerm.app":
            what = Text(
                "iTerm2 では、日本語入力が届くように Kitty のキー方式を使いません。",
                "In iTerm2 the Kitty key protocol stays off, so that an input method's text arrives.",
            )
            return Finding("keys", name, "ok", what, data=data | {"kitty": False})
        case "WezTerm":
            what = Text(
                "WezTerm では変換の窓が離れて出ることがあります。",
                "In WezTerm the composition window may be out of place.",
            )
            mend = Text("困るときは peephole drill --plain を。", "If it is in the way, use peephole drill --plain.")
            return Finding("keys", name, "look", what, mend, data)
    if off:
        what = Text(
            "TEXTUAL_DISABLE_KITTY_KEY=1: Kitty のキー方式なし。",
            "TEXTUAL_DISABLE_KITTY_KEY=1: no Kitty key protocol.",
        )
        return Finding("keys", name, "ok", what, data=data)
    what = Text(
        "ふつう。日本語入力の文字が消えるときは TEXTUAL_DISABLE_KITTY_KEY=1 を。",
        "As usual. If an input method's text gets lost: TEXTUAL_DISABLE_KITTY_KEY=1.",
    )
    return Finding("keys", name, "ok", what, data=data)
