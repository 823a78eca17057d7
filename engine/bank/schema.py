"""The JSON Schema of a bank for editors, generated from the model so that it cannot disagree with it."""

from typing import Any

import msgspec

from engine.bank.model import Bank


def schema() -> dict[str, Any]:
    """The schema. Scalars may be written unquoted in YAML, so every string also admits a number."""
    generated = msgspec.json.schema(Bank)
    loosened: dict[str, Any] = _loosen(generated)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Peephole question bank", **loosened}


def _loosen(part: Any) -> Any:
    if isinstance(part, list):
        return [_loosen(item) for item in part]
    if not isinstance(part, dict):
        return part
    result = {key: _loosen(value) for key, value in part.items()}
    if result.get("type") == "string" and "enum" not in result:
        result["type"] = ["string", "number", "boolean"]
    return result
