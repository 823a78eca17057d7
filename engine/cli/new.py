"""``peephole new TOPIC [FILE]``: a bank to write on, with an example of each kind, and the schema for the editor."""

import json
import re
import shlex
import unicodedata
from pathlib import Path

from engine.bank.load import SHIPPED, load
from engine.bank.scaffold import scaffold
from engine.bank.schema import FILE, as_text, schema
from engine.cli.context import Context, UsageError
from engine.words import reason
from sims.text import Text

LONGEST = 40  # the examples' ids begin with it
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID = re.compile(r"^  - id: (\S+)", re.MULTILINE)
_OTHER_SCHEMA = "peephole-schema.json"


def run(context: Context) -> int:
    """Write the bank, say where it is and what comes next; 2 for a name or a place that cannot be used."""
    topic = _topic(context.options.topic)
    own = context.home / "banks"
    file = _file(context.options.file, topic, own)
    if file.exists():
        raise _there_already(file)
    _refuse_known(topic, scaffold(topic, context.language, FILE), [SHIPPED, own])
    try:
        if file.parent == own:
            own.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(scaffold(topic, context.language, _write_schema(file.parent)))
    except FileExistsError:
        raise _there_already(file) from None
    except OSError as error:
        why = reason(error)
        raise UsageError(Text(f"{file} に書けません: {why.ja}。", f"{file} cannot be written: {why.en}.")) from None
    quoted = shlex.quote(str(file))
    done = Text(f"作りました: {file}", f"Written: {file}")
    then = Text("次は:", "Next:")
    commands = [f"  peephole check {quoted} --prove", f"  peephole preview {quoted}"]
    context.say("\n".join([done.get(context.language), then.get(context.language), *commands]))
    return 0


def _there_already(file: Path) -> UsageError:
    return UsageError(
        Text(f"{file} はすでにあります。上書きはしません。", f"{file} exists already; it is not overwritten.")
    )


def _topic(name: str) -> str:
    if _SLUG.fullmatch(name) and len(name) <= LONGEST:
        return name
    plain = unicodedata.normalize("NFKC", name).lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].strip("-") or "my-topic"
    raise UsageError(
        Text(
            f"単元の名前は小文字の英数字とハイフンで、{LONGEST} 文字までです。例: peephole new {words}",
            f"A topic is named in lower-case letters, digits and hyphens, at most {LONGEST}: peephole new {words}",
        )
    )


def _file(given: str | None, topic: str, own: Path) -> Path:
    if given is None:
        return own / f"{topic}.yaml"
    file = Path(given)
    if file.is_dir():
        return file / f"{topic}.yaml"
    if file.suffix not in (".yaml", ".yml"):
        raise UsageError(
            Text(
                f"{given}: ファイル名は .yaml で終わるようにしてください。",
                f"{given}: the file's name must end in .yaml.",
            )
        )
    return file


def _refuse_known(topic: str, text: str, folders: list[Path]) -> None:
    """Two banks of one topic would be mixed up in every list, two questions of one id in the history."""
    ids = set(_ID.findall(text))
    for source in load([folder for folder in folders if folder.is_dir() and any(folder.glob("*.y*ml"))]).sources:
        if source.bank.topic == topic or any(question.id in ids for question in source.bank.questions):
            raise UsageError(
                Text(
                    f"{topic} は {source.path} で使われています。別の名前にしてください。",
                    f"{topic} is taken by {source.path}. Choose another name.",
                )
            )


def _write_schema(folder: Path) -> str:
    """Put the schema into ``folder`` and return its name there. Only our own file is ever replaced."""
    name = FILE
    if (folder / name).exists() and not _is_ours(folder / name):
        name = _OTHER_SCHEMA
    (folder / name).write_text(as_text(), encoding="utf-8")
    return name


def _is_ours(file: Path) -> bool:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("title") == schema()["title"]
