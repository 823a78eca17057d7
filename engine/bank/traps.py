"""What YAML silently makes of prose that is not quoted: text cut at ``#``, Japanese with a space at each line end."""

import re
from collections.abc import Iterator

from engine.bank.nodes import Node
from engine.bank.problems import Problem
from sims.text import Text

_CUT = re.compile(r"\s+#[^\s#]")
_JAPANESE = "\u3040-\u30ff\u3400-\u9fff\u3001\u3002"
_FOLDED = re.compile(rf"(?<=[{_JAPANESE}]) (?=[{_JAPANESE}])")


def traps(path: str, data: bytes, root: Node) -> Iterator[Problem]:
    """Every such place in the file ``path``, which holds ``data``, read as ``root``."""
    lines = data.decode("utf-8-sig").splitlines()
    for node in _scalars(root):
        text = str(node.value)
        line = lines[node.line - 1] if node.line <= len(lines) else ""
        rest = line[node.column - 1 :]
        cut = _CUT.match(rest, len(text)) if not node.quoted and rest.startswith(text) else None
        if cut:
            yield Problem(
                path,
                node.line,
                node.column + cut.end() - 2,
                "",
                Text("空白のあとの # から先は読まれません。", "What follows a space and # is not read."),
                Text(
                    "文を引用符で囲んでください（コメントなら「# 」と空けます）。",
                    "Quote the text (or put a space after the # of a comment).",
                ),
            )
        elif _FOLDED.search(text) and text not in rest:
            yield Problem(
                path,
                node.line,
                node.column,
                "",
                Text(
                    "日本語の行の変わり目に空白が入ります。",
                    "YAML puts a space where the Japanese goes on in a new line.",
                ),
                Text("段落は 1 行で書いてください。", "Write a paragraph on one line."),
            )


def _scalars(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        if node.value:
            yield node
        return
    for child in node.value if isinstance(node.value, list) else node.value.values():
        yield from _scalars(child)
