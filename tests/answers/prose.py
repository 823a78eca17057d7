"""Model answers in other widths and with other spaces; and answers that say nothing."""

from engine.bank.asked import TextKey
from tests.answers.widths import widths


def spellings(key: TextKey) -> list[str]:
    """The model answer in other characters, in both languages."""
    found = []
    for model in (key.model.ja, key.model.en):
        found += [
            model,
            f"  {model}\n",
            model.upper(),
            model.lower(),
            model.replace("、", "，"),
            model.replace("。", "．"),
        ]
        found += [*widths(model), f"{model}\u3000", f"\u200b{model}"]
    return found


def perturbations() -> list[str]:
    """Answers that hold no point."""
    return ["重み", "はい", "よくなる", "It is better.", "LSTM", "ああああ", "asdf"]
