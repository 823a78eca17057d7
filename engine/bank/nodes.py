"""YAML text → a tree of plain values that remember their line and column. Nothing is ever constructed but text.

Anchors, aliases, tags, duplicate keys, deep nesting and oversized files are refused: a bank needs none of them,
and each is a way to surprise its reader.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

from engine.bank.problems import Problem
from sims.text import Text

MAX_BYTES = 1_000_000
MAX_DEPTH = 16
MAX_NODES = 70_000  # a bank of the largest size has up to 60,000
MAX_REPEATED = 100
# The characters that YAML 1.1 §5.1 leaves out.
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class Node(msgspec.Struct):
    """A scalar (``str``), a sequence (``list``) or a mapping (``dict`` of key → node), with its place from 1."""

    value: "str | list[Node] | dict[str, Node]"
    line: int
    column: int
    quoted: bool = False
    keys: "dict[str, tuple[int, int]]" = msgspec.field(default_factory=dict)

    def place(self, *steps: str | int) -> tuple[int, int]:
        """Line and column of the node reached by ``steps``, or of the last one that exists on the way."""
        node = self
        for step in steps:
            if isinstance(node.value, dict) and isinstance(step, str) and step in node.value:
                node = node.value[step]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                break
        return node.line, node.column


class UnreadableBankError(Exception):
    """A file that is no YAML of ours; carries the one :class:`Problem` that stopped it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what.en)
        self.problem = problem


def read_nodes(path: str, data: bytes) -> tuple[Node, list[Problem]]:
    """The root of the only document in ``data``, and problems such as duplicate keys. Raises UnreadableBankError."""
    if len(data) > MAX_BYTES:
        raise too_large(path, len(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _stop(
            path,
            line,
            1,
            Text("UTF-8 の文字ではありません。", "This is not UTF-8 text."),
            Text("UTF-8 で保存し直してください。", "Save the file as UTF-8."),
        ) from None
    return _Builder(path).build(text)


def too_large(path: str, size: int) -> UnreadableBankError:
    """What to raise for a file of ``size`` bytes."""
    return _stop(
        path,
        1,
        1,
        Text(f"ファイルが大きすぎます（{size:,} バイト）。", f"The file is too large ({size:,} bytes)."),
        Text(f"{MAX_BYTES:,} バイト以下に分けてください。", f"Split it: at most {MAX_BYTES:,} bytes a bank."),
    )


def _stop(path: str, line: int, column: int, what: Text, mend: Text) -> UnreadableBankError:
    return UnreadableBankError(Problem(path, line, column, "", what, mend))


class _Builder:
    """Turns the parser's flat events into nodes with an explicit stack, so that nesting costs no recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def build(self, text: str) -> tuple[Node, list[Problem]]:
        root: Node | None = None
        stack: list[tuple[Node, str | None]] = []
        nodes = 0
        for event in self._events(text):
            if isinstance(event, yaml.CollectionEndEvent):
                stack.pop()
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            mark: Any = event.start_mark
            line, column = mark.line + 1, mark.column + 1
            nodes += 1
            if nodes > MAX_NODES:
                raise _stop(
                    self.path,
                    line,
                    column,
                    Text("値が多すぎます。", "There are too many values."),
                    Text(f"{MAX_NODES:,} 個までにしてください。", f"At most {MAX_NODES:,} a bank."),
                )
            node = self._node(event, line, column)
            if not stack:
                root = node
            elif self._attach(stack, node):
                continue  # it was a mapping's key
            if isinstance(node.value, (list, dict)):
                if len(stack) >= MAX_DEPTH:
                    raise _stop(
                        self.path,
                        line,
                        column,
                        Text("入れ子が深すぎます。", "The nesting is too deep."),
                        Text(f"{MAX_DEPTH} 段までにしてください。", f"At most {MAX_DEPTH} levels."),
                    )
                stack.append((node, None))
        if root is None:
            raise _stop(
                self.path,
                1,
                1,
                Text("ファイルが空です。", "The file is empty."),
                Text("topic、title、questions を書いてください。", "Write topic, title and questions."),
            )
        return root, self.problems

    def _events(self, text: str) -> Iterator[Any]:
        documents = 0
        event: Any
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                documents += isinstance(event, yaml.DocumentStartEvent)
                if documents > 1:
                    raise _stop(
                        self.path,
                        event.start_mark.line + 1,
                        1,
                        Text("文書が 2 つあります（---）。", "There are two documents (---)."),
                        Text("1 つのファイルに 1 つの単元を書いてください。", "Write one bank a file."),
                    )
                yield event
        except yaml.MarkedYAMLError as error:
            from engine.bank.yaml_words import unreadable  # banks are seldom broken

            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise _stop(
                self.path,
                line,
                column,
                unreadable(str(error.problem)),
                Text(
                    "インデントと引用符を確かめてください。「: 」や「 #」を含む文は引用符で囲みます。",
                    "Check the indentation and quotes; quote text that contains ': ' or ' #'.",
                ),
            ) from None
        except yaml.YAMLError:  # the reader's: a control character
            bad = _NOT_YAML.search(text)
            before = text[: bad.start()] if bad else ""
            raise _stop(
                self.path,
                before.count("\n") + 1,
                len(before) - before.rfind("\n"),
                Text("使えない文字（制御文字など）があります。", "There is a character that YAML does not allow."),
                Text("その文字を消してください。", "Delete it."),
            ) from None

    def _node(self, event: Any, line: int, column: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _stop(
                self.path,
                line,
                column,
                Text("アンカーと別名（& と *）は使えません。", "Anchors and aliases (& and *) are not allowed."),
                Text(
                    "同じ内容でも書き写すか、先頭の & * を引用符で囲んでください。",
                    "Repeat the text, or quote a leading & or *.",
                ),
            )
        if event.tag is not None and event.tag != "!":
            raise _stop(
                self.path,
                line,
                column,
                Text("タグ（!）は使えません。", "Tags (!) are not allowed."),
                Text("先頭の ! を消すか、引用符で囲んでください。", "Delete the ! or quote the text."),
            )
        if isinstance(event, yaml.ScalarEvent):
            return Node(event.value, line, column, quoted=bool(event.style))
        return Node([] if isinstance(event, yaml.SequenceStartEvent) else {}, line, column)

    def _attach(self, stack: list[tuple[Node, str | None]], node: Node) -> bool:
        """Put ``node`` into the open collection; True if it was taken as a mapping's key."""
        parent, key = stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
            return False
        assert isinstance(parent.value, dict)  # noqa: S101  (only collections are on the stack)
        if key is None:
            if not isinstance(node.value, str):
                raise _stop(
                    self.path,
                    node.line,
                    node.column,
                    Text("キーが文字列ではありません。", "A key must be plain text."),
                    Text("{ で始まる値は引用符で囲んでください。", "Quote a value that begins with {."),
                )
            if node.value in parent.value and len(self.problems) < MAX_REPEATED:
                first = parent.keys[node.value][0]
                self.problems.append(
                    Problem(
                        self.path,
                        node.line,
                        node.column,
                        "",
                        Text(
                            f"キー {node.value} が 2 回あります（{first} 行目にも）。",
                            f"The key {node.value} occurs twice (also in line {first}).",
                        ),
                        Text("どちらかを消してください。", "Delete one of them."),
                    )
                )
            parent.keys[node.value] = (node.line, node.column)
            stack[-1] = (parent, node.value)
            return True
        parent.value[key] = node
        stack[-1] = (parent, None)
        return False
