"""Nodes → the model, reporting every fault with its place. The model's own types say what is allowed."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from engine.bank.model import Bank, Proof, Question
from engine.bank.nodes import Node
from engine.bank.problems import Problem, did_you_mean
from sims.text import Text

MAX_FAULTS = 500
_FAILED: Any = object()
_WORDS = {"int": ("整数", "a whole number"), "float": ("数", "a number"), "bool": ("true か false", "true or false")}


def convert_bank(path: str, root: Node) -> tuple[Bank | None, list[Problem]]:
    """The bank, or None and every problem found. One broken question does not hide the others' problems.

    After ``MAX_FAULTS`` problems the last one says that there are more: a hostile file has hundreds of thousands.
    """
    converter = _Converter(path)
    try:
        bank = converter.convert(root, _type_info(Bank), "bank")
    except _TooManyFaultsError:
        return None, converter.problems
    return (None if bank is _FAILED or converter.problems else bank), converter.problems


def convert_questions(path: str, root: Node) -> list[tuple[int, Question]]:
    """Those questions of a faulty bank that can be read, each with its place in the list."""
    listed = root.value.get("questions") if isinstance(root.value, dict) else None
    nodes = listed.value if listed is not None and isinstance(listed.value, list) else []
    converter = _Converter(path)
    kind = _type_info(Question)
    read = []
    try:
        for index, node in enumerate(nodes):
            read.append((index, converter.convert(node, kind, "question")))
    except _TooManyFaultsError:
        pass
    return [(index, question) for index, question in read if question is not _FAILED]


_type_info = cache(inspect.type_info)  # some 2 ms, once a program


class _TooManyFaultsError(Exception):
    """There is no point in looking for more."""


class _Converter:
    """Walks the model's types and the nodes together."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.question = ""

    def convert(self, node: Node, kind: inspect.Type, name: str) -> Any:
        """The value of ``node`` as ``kind``, or ``_FAILED`` after noting why."""
        match kind:
            case inspect.Metadata(type=inner):
                return self.convert(node, inner, name)
            case inspect.UnionType(types=types):
                return self._union(node, types, name)
            case inspect.StructType() | inspect.DataclassType():
                return self._record(node, kind, name)
            case inspect.VarTupleType(item_type=item):
                return self._sequence(node, item, name)
            case inspect.DictType(value_type=item):
                return self._mapping(node, item, name)
            case _:
                return self._scalar(node, kind, name)

    def _union(self, node: Node, types: tuple[inspect.Type, ...], name: str) -> Any:
        present = [kind for kind in types if not isinstance(kind, inspect.NoneType)]
        tagged = {str(kind.tag): kind for kind in present if isinstance(kind, inspect.StructType) and kind.tag}
        if tagged:
            return self._tagged(node, tagged, name)
        if len(present) == 1:
            return self.convert(node, present[0], name)
        wanted = inspect.VarTupleType if isinstance(node.value, list) else inspect.StrType
        return self.convert(node, next((kind for kind in present if isinstance(kind, wanted)), present[0]), name)

    def _tagged(self, node: Node, kinds: Mapping[str, inspect.StructType], name: str) -> Any:
        if not isinstance(node.value, dict):
            return self._expected(node, name, "項目の組（kind: など）", "a mapping with id, kind, ask …")
        self.question = _scalar_of(node.value.get("id"))
        tag = node.value.get("kind")
        written = _scalar_of(tag)
        if written not in kinds:
            what = Text(f"kind: {written} という種類はありません。", f"There is no kind {written}.")
            if not written:
                what = Text("kind がありません。", "kind is missing.")
            return self._fail(tag or node, what, did_you_mean(written, list(kinds)))
        result = self._record(node, kinds[written], name)
        self.question = ""
        return result

    def _record(self, node: Node, kind: inspect.StructType | inspect.DataclassType, name: str) -> Any:
        if not isinstance(node.value, dict):
            if kind.cls is Text:
                return self._expected(node, name, "ja と en の両方", "both ja and en")
            if kind.cls is Proof:
                return self._expected(
                    node, name, "{none: 理由} のように", "it like {none: why nothing can be computed}"
                )
            return self._expected(node, name, "項目の組", "a mapping")
        fields, required = _fields(kind.cls)
        tag_field = kind.tag_field if isinstance(kind, inspect.StructType) else None
        values: dict[str, Any] = {}
        for key, child in node.value.items():
            if key in fields:
                values[fields[key].name] = self.convert(child, fields[key].type, key)
            elif key != tag_field:
                line, column = node.keys[key]
                what = Text(f"{key} という項目はありません。", f"There is no field {key} here.")
                self._note(line, column, what, _trap(key, child, kind.cls) or did_you_mean(key, list(fields)))
        for missing in (field for field in required if field.encode_name not in node.value):
            self._missing(node, kind, missing.encode_name, name)
            values[missing.name] = _FAILED
        return _FAILED if _FAILED in values.values() else kind.cls(**values)

    def _missing(self, node: Node, kind: Any, field: str, name: str) -> None:
        if kind.cls is Text:
            language = {"ja": ("日本語", "Japanese"), "en": ("英語", "English")}[field]
            what = Text(f"{name} に{language[0]}がありません。", f"{name} has no {language[1]}.")
            mend = Text(f"{field}: を書いてください。", f"Add {field}: to it.")
        else:
            what = Text(f"{field} がありません。", f"{field} is missing.")
            mend = Text(f"{field}: を書いてください。", f"Add {field}: here.")
        self._fail(node, what, mend)

    def _sequence(self, node: Node, item: inspect.Type, name: str) -> Any:
        if not isinstance(node.value, list):
            return self._expected(node, name, "並び（- または [ ]）", "a list (- or [ ])")
        values = tuple(self.convert(child, item, name) for child in node.value)
        return _FAILED if _FAILED in values else values

    def _mapping(self, node: Node, item: inspect.Type, name: str) -> Any:
        if not isinstance(node.value, dict):
            return self._expected(node, name, "名前と値の組", "names with values")
        values = {key: self.convert(child, item, f"{name}.{key}") for key, child in node.value.items()}
        return _FAILED if _FAILED in values.values() else values

    def _scalar(self, node: Node, kind: inspect.Type, name: str) -> Any:
        if not isinstance(node.value, str):
            return self._expected(node, name, "1 つの値", "a single value")
        if not node.value.isprintable() and (bad := _unprintable(node.value)):
            what = Text(
                f"{name} に制御文字 U+{ord(bad):04X} があります。",
                f"{name} has the control character U+{ord(bad):04X}.",
            )
            return self._fail(node, what, Text("その文字を消してください。", "Delete it."))
        if isinstance(kind, inspect.LiteralType):
            if node.value in kind.values:
                return node.value
            what = Text(f"{name}: {node.value} は使えません。", f"{name} cannot be {node.value}.")
            return self._fail(node, what, did_you_mean(node.value, [str(value) for value in kind.values]))
        return self._leaf(node, kind, name)

    def _leaf(self, node: Node, kind: inspect.Type, name: str) -> Any:
        text = str(node.value)
        if isinstance(kind, inspect.StrType):
            return self._string(node, text, kind, name)
        wanted = {inspect.IntType: int, inspect.FloatType: float, inspect.BoolType: bool}[type(kind)]
        try:
            value: Any = msgspec.convert(text, wanted, strict=False)
        except msgspec.ValidationError:
            ja, en = _WORDS[wanted.__name__]
            return self._expected(node, name, ja, en)
        low, high = getattr(kind, "ge", None), getattr(kind, "le", None)
        if not ((low is None or value >= low) and (high is None or value <= high)):  # nan is on neither side
            what = Text(f"{name}: {text} は範囲の外です。", f"{name}: {text} is out of range.")
            return self._fail(node, what, Text(f"{low} から {high} までです。", f"Allowed: {low} to {high}."))
        return value

    def _string(self, node: Node, text: str, kind: inspect.StrType, name: str) -> Any:
        if kind.max_length is not None and len(text) > kind.max_length:
            what = Text(f"{name} が長すぎます（{len(text)} 文字）。", f"{name} is too long ({len(text)} characters).")
            return self._fail(node, what, Text(f"{kind.max_length} 文字までです。", f"At most {kind.max_length}."))
        if kind.pattern is not None and re.fullmatch(kind.pattern, text) is None:  # $ alone allows a line end
            what = Text(f"{name}: {text} は形が違います。", f"{name}: {text} has the wrong form.")
            mend = Text(
                "例のように書いてください: conv-output-size、B x H。", "Write it like conv-output-size or B x H."
            )
            return self._fail(node, what, mend)
        return text

    def _expected(self, node: Node, name: str, ja: str, en: str) -> Any:
        return self._fail(
            node,
            Text(f"{name} の値が違います。", f"{name} has the wrong type."),
            Text(f"{ja}書いてください。" if ja.endswith("に") else f"{ja}を書いてください。", f"Write {en}."),
        )

    def _fail(self, node: Node, what: Text, mend: Text) -> Any:
        self._note(node.line, node.column, what, mend)
        return _FAILED

    def _note(self, line: int, column: int, what: Text, mend: Text) -> None:
        self.problems.append(Problem(self.path, line, column, self.question, what, mend))
        if len(self.problems) == MAX_FAULTS:
            what = Text("誤りはほかにもあります。", "There are more faults than these.")
            mend = Text("ここまでを直してから、もう一度確かめてください。", "Mend these first, then check again.")
            self.problems.append(Problem(self.path, line, column, self.question, what, mend))
            raise _TooManyFaultsError


def _trap(key: str, child: Node, cls: type) -> Text:
    """What YAML has made of prose inside ``{ }``: a comma ends the value, and a colon needs a space."""
    if child.value != "" or child.quoted or cls is not Text:
        return Text("", "")
    if re.match(r"(ja|en):", key):
        return Text("コロンのあとに空白を入れてください。", "Put a space after the colon.")
    return Text("{ } の中では、「, 」を含む文を引用符で囲みます。", "Inside { }, quote text that contains a comma.")


def _scalar_of(node: Node | None) -> str:
    return node.value if node is not None and isinstance(node.value, str) else ""


def _unprintable(text: str) -> str:
    """The first character that has no business in a text; empty if there is none."""
    return next((character for character in text if not character.isprintable() and character not in "\n\u3000"), "")


@cache
def _fields(cls: type) -> tuple[dict[str, inspect.Field], list[inspect.Field]]:
    """The fields of a part by the names that authors write, and those that must be there."""
    kind: Any = _type_info(cls)
    return {field.encode_name: field for field in kind.fields}, [field for field in kind.fields if field.required]
