"""The same characters in other widths."""

FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
FULL[0x20] = 0x3000
FULL_LETTERS = {code: wide for code, wide in FULL.items() if chr(code).isalnum()}
FULL_SIGNS = {code: wide for code, wide in FULL.items() if not chr(code).isalnum()}
RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


def widths(text: str) -> list[str]:
    """``text`` with everything, letters and digits alone, or signs alone in full width."""
    return [text.translate(table) for table in (FULL, FULL_LETTERS, FULL_SIGNS)]
