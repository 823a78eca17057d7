"""``peephole questions``: every question as asked at a seed, with its key."""

from typing import Any

from engine.bank.arithmetic import FormulaError
from engine.bank.ask import ask
from engine.bank.asked import Asked, ChoiceKey, CodeKey, NumberKey, ShapeKey, SymbolicKey, TextKey
from engine.bank.linked import settings
from engine.cli.context import PROBLEMS, Context
from engine.grading.shown import shown_key
from sims.text import Text


def run(context: Context) -> int:
    """Print them; 1 if a bank could not be read or a question could not be drawn."""
    library = context.library()
    topics = context.topics(library, context.options.topics)
    code = PROBLEMS if library.problems else 0
    for bank, question in library.questions(topics):
        try:
            asked = ask(question, bank.topic, context.options.seed)
        except FormulaError as error:
            context.warn(Text(f"{question.id}: {error.text.ja}", f"{question.id}: {error.text.en}"))
            code = PROBLEMS
            continue
        if context.options.json:
            context.say_json(record(asked))
        else:
            context.say(_for_people(asked, context))
    return code


def record(asked: Asked) -> dict[str, Any]:
    """A question as data: what is asked, what is right, what it is linked to."""
    question = asked.question
    result: dict[str, Any] = {
        "id": question.id,
        "topic": asked.topic,
        "kind": str(question.__struct_config__.tag),
        "tags": list(question.tags),
        "difficulty": question.difficulty,
        "seed": asked.seed,
        "values": {name: value if isinstance(value, int) else str(value) for name, value in asked.values.items()},
        "ask": {"ja": asked.ask.ja, "en": asked.ask.en},
        "key": _key(asked),
        "explain": {"ja": asked.explain.ja, "en": asked.explain.en},
        "sim": {"name": question.sim.name, "with": settings(asked), "nearest": question.sim.nearest is not None},
        "proof": _proof(asked),
    }
    if asked.code:
        result["code"] = asked.code
    if asked.choices:
        result["options"] = [
            {"id": option.id, "ja": option.text.ja, "en": option.text.en, "right": option.right}
            for option in asked.choices
        ]
    return result


def _key(asked: Asked) -> Any:
    match asked.key:
        case ShapeKey(sizes=sizes):
            return list(sizes)
        case NumberKey(value=value):
            return int(value) if value.denominator == 1 else float(value)
        case ChoiceKey() | CodeKey() | SymbolicKey():
            return shown_key(asked).en if not isinstance(asked.key, ChoiceKey) else _right_options(asked.key)
        case TextKey(model=model):
            return {"ja": model.ja, "en": model.en}


def _right_options(key: ChoiceKey) -> Any:
    rights = [{"ja": option.text.ja, "en": option.text.en} for option in key.options if option.right]
    return rights if key.multiple else rights[0]


def _proof(asked: Asked) -> str:
    proof = asked.question.proof
    return next(name for name in ("sim", "derivative", "options", "count", "none") if getattr(proof, name))


def _for_people(asked: Asked, context: Context) -> str:
    lines = [f"{asked.id}  [{asked.topic}]", "  " + asked.ask.get(context.language)]
    lines += ["    " + line for line in asked.code.splitlines()]
    for number, option in enumerate(asked.choices, 1):
        lines.append(f"  {'*' if option.right else ' '} {number}. {option.text.get(context.language)}")
    if not asked.choices:
        lines.append("  = " + shown_key(asked).get(context.language))
    return "\n".join(lines) + "\n"
