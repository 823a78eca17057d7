"""Why words that were found may not mean what the rubric wants: a negation, a comparison, an opposite near them.

Phrase matching is right on plain answers and worthless on such sentences, so a point is held back for the learner
to decide wherever one of them stands near.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from engine.grading.text_match import Hit, Prose, Span, hits
from sims.text import Text

_SENTENCE_END = re.compile(r"[。!?;]|\.(?=\s|$)")
_NEGATION_JA = re.compile(
    r"(?:わけ|こと|もの|の)?(?:では|じゃ|とは言え|とはいえ|とは限ら)?(?:な(?:い|く|か(?=っ)|け(?=れ))|無(?=[いく]))|ません|ぬ(?=[。!?;.]|$)"
    r"|(?<=[せれらかえきけまべわたしみ])ず(?![つか])|(?<!見)なし(?!に)|不可|誤り|間違[いっ]|まちがい|嘘"
)
_NOT_NEGATED_JA = re.compile(
    r"だけ(?:では?|じゃ)なく|のみならず|ばかり(?:では?|じゃ|か)?なく|(?:なけれ|なくて)は?ばなら(?:ない|ず)|なければ(?:いけ|なら)ない"
    r"|なくてはなら?ない|かもしれ(?:ない|ません)|少な[いくか]|すくな[いくか]|に?(?:かか|関)わらず|(?:に|も)?[よ依]らず|問わず|必ず|まず|"
    r"思わず|絶えず|たえず|間違いなく|もれなく|漏れなく|余すところなく|限りなく|なくな[っりる]|危な[いく]|みな[しさ]"
)
_NEGATION_EN = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|hardly|barely|rarely|fail(?:s|ed)?|lacks?|wrong|false|incorrect"
    r"|(?:ca|do|does|did|is|are|was|wo|would|should|could|has|have)n'?t)\b"
)
_NOT_NEGATED_EN = re.compile(r"\bnot\s+only\b|\bno\s+matter\b|\bnot\s+just\b")
_COMPARISON_JA = re.compile(
    r"(?<![にがをはでもと])(?<!^)より(?!も?返)|(?<![るなご先後])ほど(?!こ)|比べ|較べ|比較し|同程度|同じくらい"
)
_COMPARISON_EN = re.compile(r"\b(?:than|compared|rather|versus|unlike)\b")
_REFERENCE = re.compile(r"前者|後者|\b(?:former|latter|respectively|vice\s+versa)\b")
_CAUSE_JA = re.compile(r"(?:ため|ので|から|ゆえ|せいで|ことで|によって|により|結果)(?!では|でも|じゃ|だけ|とは)")
_COMMA = re.compile(r"[、,]")
_OPEN_CLAUSE_JA = re.compile(r"(?:は|も|を|って|とは|のが|ことが|点が|[一-龥ァ-ヴa-z]が)\s*$")
_CLAUSE_EN = re.compile(r"[,:]|\b(?:while|whereas|but|because|so|since|although|though|however)\b")
_LEADING_EN = re.compile(r"^\s*(?:in|for|with|as\s+for|of|on)\b")
_TOPIC = re.compile(r"(?<![まの])は(?![じずっるげないんば])")
_NEW_TOPIC = re.compile(r"^\s*[」』]?(?:の[^、。は]{1,8})?(?:で|に|と)?(?:は|も|が)")
_NAME_AS_TOPIC = re.compile(r"[a-z][a-z0-9]+\s*(?:で|に|の場合|の(?:方|ほう))?(?:は|が)(?![んい])")
_OTHER_THAN = re.compile(r"^(?:と|とは)?\s*(?:違|異な|ちが|対照)")
_BREAK_JA = re.compile(r"[、,。]|(?<=[いるただすうくつむ])が")
_JAPANESE = re.compile(r"[ぁ-ヿ一-龥]")


class Doubts:
    """What in an answer may turn the meaning of a hit; what one of the ``expected`` hits covers is no negation.

    An answer may hold hundreds of hits and of negations. The text is searched once, and of what is found only that
    next to a hit is looked at: a comma or a conjunction that parts the nearest from it parts the others too.
    """

    def __init__(self, prose: Prose, expected: Iterable[Hit]) -> None:
        self._prose = prose
        self._text = text = prose.text
        wanted = bytearray(len(text))
        for word in {word for hit in expected for word in hit.words}:
            wanted[word.start : word.end] = b"\1" * (word.end - word.start)
        self._ends = list(_matches(_SENTENCE_END, text))
        self._references = [list(_matches(_REFERENCE, text))]
        self._negations = [
            [span for span in spans if not any(wanted[span.start : span.end])] for spans in _negations(text)
        ]
        self._comparisons = [list(_matches(pattern, text)) for pattern in (_COMPARISON_JA, _COMPARISON_EN)]
        self._opposites: dict[str, list[Span]] = {}

    def about(self, hit: Hit, opposites: Sequence[str]) -> Text | None:
        """Why ``hit`` should not be ticked without a look, or None."""
        sentence = self._sentence(hit)
        for span in _near(hit, sentence, self._references):
            word = self._prose.quote(span)
            return Text(
                f"「{word}」がどちらを指すか、確かめてください。", f"Please check which one “{word}” stands for."
            )
        for span in _near(hit, sentence, self._negations):
            if _governs(self._text, sentence, hit, span):
                word = self._prose.quote(span)
                return Text(f"「{word}」で打ち消されているかもしれません。", f"“{word}” may turn the meaning round.")
        for span in _near(hit, sentence, self._comparisons):
            if not hit.covers(span) and _same_clause(self._text, hit, span):
                word = self._prose.quote(span)
                return Text(
                    f"「{word}」で何かと比べているかもしれません。", f"“{word}” may compare it with something else."
                )
        if hit.subject and _is_said_of_another(self._text, hit, hit.subject):
            word = self._prose.quote(hit.subject)
            return Text(f"「{word}」のことかどうか、確かめてください。", f"Please check that it is said of “{word}”.")
        for span in (span for opposite in opposites for span in self._places(opposite)):
            if _opposes(self._text, sentence, hit, span):
                word = self._prose.quote(span)
                return Text(f"近くに「{word}」があります。確かめてください。", f"“{word}” stands near. Please check.")
        return None

    def _sentence(self, hit: Hit) -> Span:
        """From the end of the sentence before ``hit`` to the end of its own."""
        before = bisect_right(self._ends, hit.start, key=lambda end: end.end)
        after = bisect_left(self._ends, hit.end, key=lambda end: end.start)
        start = self._ends[before - 1].end if before else 0
        return Span(start, self._ends[after].start if after < len(self._ends) else len(self._text))

    def _places(self, opposite: str) -> list[Span]:
        if opposite not in self._opposites:
            self._opposites[opposite] = [Span(found.start, found.end) for found in hits(self._prose, opposite)]
        return self._opposites[opposite]


def _near(hit: Hit, sentence: Span, found: Iterable[Sequence[Span]]) -> list[Span]:
    """Of each of the sequences ``found``, what lies inside ``hit`` and the nearest before and after it."""
    near: list[Span] = []
    for spans in found:
        before = bisect_right(spans, hit.start, key=lambda span: span.end)
        after = bisect_left(spans, hit.end, key=lambda span: span.start)
        near += spans[max(before - 1, 0) : after + 1]
    return [span for span in near if sentence.start <= span.start and span.end <= sentence.end]


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in pattern.finditer(text))


def _negations(text: str) -> Iterator[list[Span]]:
    """The negations in Japanese, then those in English."""
    for pattern, exceptions in ((_NEGATION_JA, _NOT_NEGATED_JA), (_NEGATION_EN, _NOT_NEGATED_EN)):
        excepted = bytearray(len(text))
        for span in _matches(exceptions, text):
            excepted[span.start : span.end] = b"\1" * (span.end - span.start)
        yield [span for span in _matches(pattern, text) if not any(excepted[span.start : span.end])]


def _governs(text: str, sentence: Span, hit: Hit, negation: Span) -> bool:
    """Whether ``negation`` can reach ``hit``: in Japanese it follows, in English it stands in the same clause."""
    if not _JAPANESE.search(text, negation.start, negation.end):
        return _same_clause(text, hit, negation)
    if negation.end <= hit.start:
        return False
    between = text[hit.end : negation.start]
    if any(cause.end() <= negation.start for cause in _CAUSE_JA.finditer(text, hit.end, negation.end)):
        return False
    comma = _COMMA.search(between)
    return comma is None or _OPEN_CLAUSE_JA.search(text[sentence.start : hit.end + comma.start()]) is not None


def _same_clause(text: str, hit: Hit, span: Span) -> bool:
    """Whether no comma or conjunction parts ``span`` from ``hit``; ``In a GRU, …`` belongs to what follows."""
    if span.end <= hit.start:
        return _CLAUSE_EN.search(text, span.end, hit.start) is None and not _COMMA.search(text[span.end : hit.start])
    if span.start >= hit.end:
        return _CLAUSE_EN.search(text, hit.end, span.start) is None and not _COMMA.search(text[hit.end : span.start])
    return True


def _opposes(text: str, sentence: Span, hit: Hit, span: Span) -> bool:
    """Whether the opposite at ``span`` is said of the same thing as ``hit``; a new topic between parts them."""
    if span.end <= sentence.start or span.start >= sentence.end or hit.covers(span):
        return False
    if span.start >= hit.end:
        if _TOPIC.search(text[hit.end : span.start]) or _NEW_TOPIC.match(text[span.end :]):
            return False
        return _same_clause(text, hit, span)
    if span.end > hit.start:
        return True
    between = text[span.end : hit.start]
    if _JAPANESE.search(between):
        return _carries_over(between, text[hit.words[0].end :])
    names = between.lstrip().startswith(":") or _LEADING_EN.match(text[sentence.start : span.end]) is not None
    return names or _same_clause(text, hit, span)


def _is_said_of_another(text: str, hit: Hit, subject: Span) -> bool:
    """Whether the words of ``hit`` stand before its topic, or behind the topic of another name (``GRUは``)."""
    if any(word.end <= subject.start for word in hit.words) and _NEW_TOPIC.match(text[subject.end :]):
        return True
    return any(_NAME_AS_TOPIC.search(text, subject.end, word.start) for word in hit.words if word.start > subject.end)


def _carries_over(between: str, after: str) -> bool:
    """Whether a Japanese term is still the topic of a word that follows ``between`` and goes on with ``after``."""
    if _OTHER_THAN.match(between):
        return False
    topics = [match.start() for match in _TOPIC.finditer(between)]
    if len(topics) > 1 or (topics and _BREAK_JA.search(between[: topics[0]])):
        return False
    return not (_TOPIC.match(after.lstrip()) and _BREAK_JA.search(between))
