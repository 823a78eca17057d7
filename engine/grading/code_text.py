"""What a learner types where code is asked, as plain Python text: widths, signs, comments, a repeated left side."""

import re

from engine.grading.plain import DASHES, Typed, clean

_SIGNS = {
    **dict.fromkeys(f"{DASHES}ーｰ", "-"),
    **dict.fromkeys("×∗⋅·∙•・✕✖⊙∘○◦", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict(zip("、。≤≥≦≧≠⊤σ", (",", ".", "<=", ">=", "<=", ">=", "!=", ".T", "sigmoid"), strict=True)),
}
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_RAISED = re.compile(r"\^\(([-+0-9]+)\)")
_COMMENT = re.compile(r"#.*")
_MARKUP = re.compile(r"^[\s`「『]+|[\s`」』;.]+$")
_LEFT_SIDE = re.compile(r"^(?!__)(?:return\b\s*|[A-Za-z][\w.]*(?:\[[^\]=]*\])?\s*=(?!=)\s*)+")


def code_text(raw: str) -> Typed:
    """``raw`` as one expression in ASCII, as far as it can be; every character keeps the place it was typed at.

    A left side (``c = …``), ``return``, a trailing ``;`` and a ``#`` comment are dropped. Raises
    :class:`engine.grading.plain.UnreadError` for an empty answer, control characters and absurd lengths.
    """
    raw = raw.replace("ᵀ", "⊤")  # NFKC would make Uᵀ the name UT
    typed = clean(raw)
    raised = {place for place, character in enumerate(raw) if character in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"}
    origin = typed.origin
    typed = typed.sub(_RAISED, lambda match: f"**{match[1]}" if origin[match.start()] in raised else match[0])
    typed = typed.sub(_SIGN, lambda match: _SIGNS[match[0]])
    for dropped in (_COMMENT, _MARKUP, _LEFT_SIDE):
        typed = typed.sub(dropped, "")
    return typed
