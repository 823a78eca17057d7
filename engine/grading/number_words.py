"""The words and signs that may stand around a number, in lower case after NFKC."""

import re

from engine.grading.plain import ARROW, DASHES, words

LEAD_ARROW = re.compile(f"(?:{ARROW})?\\s*")
LEAD = re.compile(
    r"(?:[^\W\d][^0-9=+*/^()√]{0,30}?\s*(?:=|:|は|\bis\b|\bare\b)\s*)?"
    r"(?:答え|解答|回答|合計|全部で|全体で|総数|計|total|answer|it\s+is|it's)?\s*[=:]?\s*"
)
COUNTERS = words(
    "個 ヶ ケ コ こ つ 本 枚 回 層 次元 倍 ステップ パラメータ パラメーター 重み 要素 ビット 箇所 通り 種類 件 問 "
    "ピクセル px param params parameter parameters weight weights unit units times dimensions dims "
    "画素 element elements bit bits"
)
QUOTES = "「」『』“”‘’\"'`$"
END = re.compile(
    r"\s*(?:です|だ|になります|となります|になる|となる|である|あります|ある|in\s+total)?\s*(?:(?<!\.)\.)?[\s。?]*$"
)
LIMITED = re.compile(r"以上|以下|未満|超|[<>≤≥≦≧±∓]|\b(?:more|less|fewer|at\s+least|at\s+most|under|over)\b")
SUFFIX = re.compile(r"(?<=[0-9])\s*[kmgtb]\s*$")
GROUPED = re.compile(r"(?<![0-9.,_'])[1-9][0-9]{0,2}(?:([,_'])[0-9]{3})(?:\1[0-9]{3})*(?![0-9,_'])")
COMMA = re.compile(r"(?<=[0-9])、(?=[0-9])")
POINT = re.compile(r"(?<=[0-9])。(?=[0-9])")
TIMES = re.compile(r"(?<=[0-9)])(?<!^0)(?<![^0-9.]0)\s*[x×хχ]\s*(?=[0-9(])")
SCIENTIFIC = re.compile(r"(?<![0-9.a-z])([0-9]+(?:\.[0-9]*)?|\.[0-9]+)e([+-]?[0-9]{1,3})(?![0-9.])")
PERCENT = re.compile(r"(?<![0-9.])([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*(?:%|パーセント|per\s?cent|pct)(?!\s*[0-9(])")
MIXED = re.compile(r"(?<![0-9.])([0-9]{1,6})\s+(?:と\s*)?([0-9]{1,6})\s*/\s*([0-9]{1,6})(?![0-9.])")
PARTS = re.compile(r"([0-9]{1,6})\s*分の\s*([0-9]{1,6})")
SIGNS = str.maketrans({**dict.fromkeys(DASHES, "-"), "⁄": "/", "∕": "/"})
DASH = re.compile(r"ー(?=\s*[0-9.(])")
UNCLEAR = re.compile(r"[0-9]\s*,\s*[0-9.]|,$")
LIST = re.compile(r"[0-9]\s*(?:[;と]|\band\b|\s)\s*[0-9.]")
CALL = re.compile(r"[a-z][a-z0-9_]*\s*\(")
