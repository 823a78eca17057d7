"""The JSON Schema that editors read: the committed file is the generated one, and every shipped bank fits it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from engine.bank.load import SHIPPED
from engine.bank.schema import FILE, as_text, schema
from tests.banks import GOOD

BANKS = sorted(SHIPPED.glob("*.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(schema())


def faults(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(text))]


def test_the_committed_file_is_what_is_generated() -> None:
    assert (SHIPPED.parent / FILE).read_text(encoding="utf-8") == as_text(), "run: peephole schema > schema.json"


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.stem)
def test_a_shipped_bank_names_the_schema_and_fits_it(bank: Path) -> None:
    text = bank.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
    assert faults(text) == []


def test_every_field_is_described() -> None:
    def bare(part: Any, path: str = "") -> list[str]:
        if not isinstance(part, dict):
            return []
        found = [f"{path}.{name}" for name, field in part.get("properties", {}).items() if not field.get("description")]
        return found + [each for name, inner in part.items() for each in bare(inner, f"{path}.{name}")]

    described = schema()
    assert len(described["$defs"]) >= 12
    assert bare(described) == []
    assert "``" not in json.dumps(described)


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        ("accept: [3x3]", "accept: [3, 0.5, no]", True),  # YAML types what we read as text
        ("accept: [3x3]", "accept: 3x3", False),
        ("kind: shape", "kind: shap", False),
        ("en: Count.}", "eng: Count.}", False),
        ("answer: [n - k + 1, n - k + 1]", "answr: [n]", False),
        ("topic: sample", "topic: Sample Bank", False),
        ("proof: {sim: output_shape}", "proof: {sim: output_shape}\n    difficulty: 4", False),
    ],
)
def test_an_editor_sees_what_the_reader_refuses(old: str, new: str, fits: bool) -> None:
    assert faults(GOOD) == []
    assert (faults(GOOD.replace(old, new, 1)) == []) == fits
