"""What a session came to, and how the days before it went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from engine.grading.verdict import Outcome
from engine.study.answer import Answer, Answered
from engine.study.memory.tally import Day


class Score(msgspec.Struct, frozen=True):
    """How many of ``total`` answers were right."""

    right: int
    total: int


class TopicScore(msgspec.Struct, frozen=True):
    """The outcomes of one topic, in the order of its questions."""

    topic: str
    outcomes: tuple[Outcome, ...]

    @property
    def score(self) -> Score:
        """How many of them are right."""
        return Score(self.outcomes.count("correct"), len(self.outcomes))


class Result(msgspec.Struct, frozen=True):
    """A session's result.

    ``again`` are the answers to look at again: each has the named mistake (``verdict.named``), if it was recognised,
    and what was answered. ``before`` is the last session on the same topics.
    """

    score: Score
    topics: tuple[TopicScore, ...]
    again: tuple[Answered, ...]
    before: Score | None


def result(answered: Sequence[Answered], earlier: Iterable[Answer], topics: Mapping[str, str]) -> Result:
    """The result of a session. ``earlier`` are the answers before, ``topics`` the topic of each question."""
    by_topic: dict[str, list[Outcome]] = defaultdict(list)
    for each in answered:
        by_topic[each.asked.topic].append(each.verdict.outcome)
    again = tuple(each for each in answered if each.verdict.outcome != "correct")
    return Result(
        score=Score(len(answered) - len(again), len(answered)),
        topics=tuple(TopicScore(topic, tuple(outcomes)) for topic, outcomes in by_topic.items()),
        again=again,
        before=_before(answered, earlier, topics),
    )


def _before(answered: Sequence[Answered], earlier: Iterable[Answer], topics: Mapping[str, str]) -> Score | None:
    """The last other session that asked about every topic of this one, as far as it was about them."""
    sessions = {each.answer.session for each in answered}
    wanted = {each.asked.topic for each in answered}
    others: dict[str, list[Answer]] = defaultdict(list)
    for answer in earlier:
        if answer.session not in sessions and topics.get(answer.question) in wanted:
            others[answer.session].append(answer)
    covering = [given for given in others.values() if {topics[answer.question] for answer in given} == wanted]
    if not covering:
        return None
    last = max(covering, key=lambda given: max(answer.order for answer in given))
    return Score(sum(answer.outcome == "correct" for answer in last), len(last))


def activity(per_day: Mapping[int, Day], today: date, days: int = 14) -> tuple[int, ...]:
    """The answers of each of the last ``days`` study days, oldest first, today last; 0 for a day off.

    ``per_day`` goes by the ordinals of the dates.
    """
    last = today.toordinal()
    return tuple(per_day[day].answers if day in per_day else 0 for day in range(last - days + 1, last + 1))
