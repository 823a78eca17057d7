"""What libyaml says of a text that is no YAML, in Japanese too."""

from sims.text import Text

_KNOWN = {
    "mapping values are not allowed in this context": "ここに「: 」は書けません",
    "did not find expected key": "キーがあるはずの所に別のものがあります",
    "did not find expected '-' indicator": "「- 」があるはずの所に別のものがあります",
    "did not find expected ',' or ']'": "[ を閉じる ] か、区切りの , がありません",
    "did not find expected ',' or '}'": "{ を閉じる } か、区切りの , がありません",
    "could not find expected ':'": "キーのあとに「: 」がありません",
    "found unexpected end of stream": "引用符や括弧が閉じないまま終わっています",
    "found character that cannot start any token": "引用符なしでは始められない文字（タブ、@、` など）があります",
    "found unknown escape character": '" " の中に、知らない \\ の書き方があります',
    "did not find expected node content": "値があるはずの所に別のものがあります",
    "did not find expected comment or line break": "改行があるはずの所に別のものがあります",
    "did not find expected <document start>": "1 つの文書の終わりのあとに続きがあります",
}


def unreadable(problem: str) -> Text:
    """The sentence about ``problem``; what libyaml says but rarely stays in its own words, and is told as such."""
    known = _KNOWN.get(problem)
    ja = f"YAML として読めません: {known}。" if known else f"YAML として読めません（英語の説明: {problem}）。"
    return Text(ja, f"Not readable as YAML: {problem}.")
