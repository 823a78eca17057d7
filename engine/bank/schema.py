"""The JSON Schema of a bank for editors, generated from the model so that it cannot disagree with it."""

import ast
import inspect
import json
from typing import Any

import msgspec

from engine.bank import model
from sims.text import Text

FILE = "schema.json"
_TEXT = {"ja": "In Japanese.", "en": "In English."}


def schema() -> dict[str, Any]:
    """The schema. Scalars may be written unquoted in YAML, so every string also admits a number."""
    generated = msgspec.json.schema(model.Bank)
    loosened: dict[str, Any] = _loosen(generated)
    for name, definition in loosened["$defs"].items():
        definition["description"] = definition["description"].replace("``", "")
        described = _TEXT if name == Text.__name__ else descriptions(getattr(model, name))
        for field, prose in described.items():
            definition["properties"][field]["description"] = prose
        definition["additionalProperties"] = False
        if "kind" in definition["properties"]:
            definition["properties"]["kind"]["description"] = definition["description"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Peephole question bank", **loosened}


def as_text() -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def descriptions(part: type[msgspec.Struct]) -> dict[str, str]:
    """What stands below each field of ``part`` in the source, by the field's name in YAML; inherited ones too."""
    written: dict[str, str] = {}
    for cls in reversed(part.__mro__):
        if cls.__module__ == model.__name__:
            written |= _below_fields(cls)
    return {field.encode_name: written[field.name] for field in msgspec.structs.fields(part) if field.name in written}


def _below_fields(cls: type) -> dict[str, str]:
    (definition,) = ast.parse(inspect.getsource(cls)).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101  (the source of a class)
    return {
        field.target.id: prose.value.value
        for field, prose in zip(definition.body, definition.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(prose, ast.Expr)
        and isinstance(prose.value, ast.Constant)
        and isinstance(prose.value.value, str)
    }


def _loosen(part: Any) -> Any:
    if isinstance(part, list):
        return [_loosen(item) for item in part]
    if not isinstance(part, dict):
        return part
    result = {key: _loosen(value) for key, value in part.items()}
    if result.get("type") == "string" and "enum" not in result:
        result["type"] = ["string", "number", "boolean"]
    return result
