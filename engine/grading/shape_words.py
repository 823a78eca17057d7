"""The words and signs that may stand around sizes, in lower case after NFKC."""

import re

from engine.grading.plain import ARROW, TWO_ANSWERS, one_of, words

ROWS = words("行 縦 たて タテ 高さ h height row rows oh ho h' out_h h_out hout")
COLUMNS = words("列 横 よこ ヨコ 幅 w width column columns col cols ow wo w' out_w w_out wout")
_OTHER_AXES = words("n b c t d batch channel channels depth バッチ チャネル チャンネル")
_COUNTERS = words("px pix pixel pixels ピクセル 画素 マス 個 要素 次元 element elements")
TIMES = words(r"× x * by -by- times かける カケル バイ \times")
SEPARATING = ROWS | COLUMNS | _COUNTERS
"""Words that part two numbers without any sign or space, as in ``H3W3``."""
COMMAS = words(", 、 ; と and")
_LINKS = words("= : は が に で 方向 サイズ of a")
_AROUND = words(
    "答え 答 解答 回答 正解 出力 結果 画像 特徴マップ 大きさ 形 形状 行列 配列 テンソル "
    "の です だ になる になります となる となります と思います だと思います たぶん 多分 maybe probably "
    "output answer ans result size shape is the it it's its be will in image matrix feature map tensor array "
    "torch.size tf.tensorshape tensorshape tuple list ! ? 。 . $ \" ' `"
)
CONNECTING = ROWS | COLUMNS | _OTHER_AXES | _COUNTERS | _LINKS
"""Words that may stand between two numbers."""
KNOWN = CONNECTING | TIMES | COMMAS | _AROUND
NAMING = frozenset(("=", ":", "は"))
"""What ends a label such as ``縦×横 =``."""
PAIRS = dict(zip("([{「『“‘", ")]}」』”’", strict=True))

TOKEN = re.compile(
    r"(?P<number>-?(?:[0-9]+(?:\.[0-9]+|\.(?![0-9]))?|\.[0-9]+))|(?P<space>\s+)"
    rf"|(?P<open>[{re.escape(''.join(PAIRS))}])|(?P<close>[{re.escape(''.join(PAIRS.values()))}])"
    r"|(?P<word>[a-z][a-z_.']*[a-z']|[a-z]"
    rf"|{one_of(KNOWN)})"
)
LEAD = re.compile(rf"(?:(?:[・•]\s*|[-*]\s+)(?=[0-9(\[]))?(?:{ARROW})?")
THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])")
TIMES_LIKE = str.maketrans(dict.fromkeys("⋅∙•·・✕✖⨯⨉☓✗✘╳❌хХχ", "×"))

SEVERAL = re.compile(rf"{TWO_ANSWERS.pattern}|[/|]")
FACTORIAL = re.compile(r"[0-9]\s*!\s*[^\s!。.」』]")
"""An exclamation mark that does not end the answer."""
EQUATION = re.compile(r"[0-9][)\]}」]*\s*(?:=|イコール|equals)\s*[0-9(\[]|[≠≡<>≤≥]")
