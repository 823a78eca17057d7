"""When each question is due: a fold over the answers with FSRS (the ``fsrs`` package).

The card is the question, whichever variant was asked. FSRS counts whole days, so every review is dated at noon of its
study day; its own steps within a day, its fuzz and its clock are not used.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from typing import Self

from fsrs import Card, Rating, Scheduler, State

from engine.study.answer import Answer, study_day

# The exam leaves 69 s a question; a right answer usually takes about 20 s.
SLOW_SECONDS = 90.0
FAST_SECONDS = 10.0
HALF = 0.5

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Memory:
    """What FSRS holds of a question: stability in days, difficulty 1-10, and the study days that matter."""

    stability: float
    difficulty: float
    last: date
    due: date
    lapsed: date | None


@dataclass(frozen=True)
class Schedule:
    """The memory of every question that was answered. Never changed; a new answer gives a new schedule."""

    timezone: tzinfo | None
    memories: Mapping[str, Memory] = field(default_factory=dict)
    _answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)

    @classmethod
    def fold(cls, answers: Iterable[Answer], timezone: tzinfo | None) -> Self:
        """The schedule after ``answers``, in whatever order they come; of two with one uuid the later given counts."""
        grouped: dict[str, dict[str, Answer]] = defaultdict(dict)
        for answer in answers:
            grouped[answer.question][answer.uuid] = answer
        ordered = {question: _ordered(by_uuid.values()) for question, by_uuid in grouped.items()}
        memories = {question: _remember(given, timezone) for question, given in ordered.items()}
        return cls(timezone, memories, ordered)

    def with_answer(self, answer: Answer) -> Self:
        """The schedule with one more answer, or with another outcome of one that it has; the same as a new fold."""
        earlier = self._answers.get(answer.question, ())
        if earlier and answer.order <= earlier[-1].order:  # the clock went back, or the learner has confirmed
            others = [other for other in earlier if other.uuid != answer.uuid]
            answers = _ordered([*others, answer])
            memory = _remember(answers, self.timezone)
        else:
            answers = (*earlier, answer)
            memory = _review(self.memories.get(answer.question), answer, self.timezone)
        return type(self)(
            self.timezone, {**self.memories, answer.question: memory}, {**self._answers, answer.question: answers}
        )

    def is_new(self, question: str) -> bool:
        """Whether the question has never been answered."""
        return question not in self.memories

    def seeds(self, question: str) -> tuple[int, ...]:
        """The seeds at which the question was answered, oldest first."""
        return tuple(answer.seed for answer in self._answers.get(question, ()))

    def retrievability(self, question: str, day: date) -> float:
        """The chance of recalling the answer on ``day`` as FSRS sees it; 0 for a question never answered."""
        memory = self.memories.get(question)
        return 0.0 if memory is None else float(_SCHEDULER.get_card_retrievability(_card(memory), _noon(day)))

    def weakest_first(self, questions: Iterable[str], day: date) -> list[str]:
        """``questions`` by their retrievability on ``day``."""
        return sorted(questions, key=lambda question: (self.retrievability(question, day), question))

    def due(self, day: date, among: Collection[str] | None = None) -> list[str]:
        """The questions due on ``day`` or before, weakest first; only those ``among`` the given ones, if given."""
        return self.weakest_first(self._due(day, among), day)

    def due_count(self, day: date, among: Collection[str] | None = None) -> int:
        """How many questions are due on ``day`` or before."""
        return len(self._due(day, among))

    def next_due(self, day: date, among: Collection[str] | None = None) -> tuple[date, int] | None:
        """The first day after ``day`` on which a question becomes due, and how many are due by then."""
        later = [memory.due for question, memory in self._known(among) if memory.due > day]
        if not later:
            return None
        return min(later), self.due_count(min(later), among)

    def missed(self, day: date, among: Collection[str] | None = None) -> list[str]:
        """The questions whose last answer was not right, weakest first."""
        wrong = [question for question, _ in self._known(among) if self._answers[question][-1].outcome != "correct"]
        return self.weakest_first(wrong, day)

    def _due(self, day: date, among: Collection[str] | None) -> list[str]:
        return [question for question, memory in self._known(among) if memory.due <= day]

    def _known(self, among: Collection[str] | None) -> list[tuple[str, Memory]]:
        known = self.memories.items()
        return [(question, memory) for question, memory in known if among is None or question in among]


def rate(answer: Answer) -> Rating:
    """What an answer says of the memory: Again (a guess too), Hard (helped, unsure, slow or half right), Good or Easy."""
    if answer.outcome == "partial":
        return Rating.Hard if answer.score >= HALF else Rating.Again
    if answer.outcome != "correct" or answer.guessed:
        return Rating.Again
    if answer.hints or answer.sure is False or answer.seconds > SLOW_SECONDS:
        return Rating.Hard
    return Rating.Easy if answer.sure and answer.seconds <= FAST_SECONDS else Rating.Good


def _ordered(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    return tuple(sorted(answers, key=lambda answer: answer.order))


def _remember(answers: tuple[Answer, ...], timezone: tzinfo | None) -> Memory:
    memory = _review(None, answers[0], timezone)
    for answer in answers[1:]:
        memory = _review(memory, answer, timezone)
    return memory


def _review(memory: Memory | None, answer: Answer, timezone: tzinfo | None) -> Memory:
    rating = rate(answer)
    day = study_day(answer.at, timezone)
    if memory is not None:
        day = max(day, memory.last)  # where a clock is put back at four in the morning, a day comes twice
        if rating is Rating.Again and memory.lapsed == day:
            return memory  # one lapse a day: FSRS would hold a question hard for good
    card = Card(card_id=1, due=_noon(day)) if memory is None else _card(memory)
    card, _ = _SCHEDULER.review_card(card, rating, _noon(day))
    if card.stability is None or card.difficulty is None:
        raise AssertionError("FSRS gives every reviewed card a stability and a difficulty")
    lapsed = day if rating is Rating.Again else memory.lapsed if memory else None
    return Memory(card.stability, card.difficulty, day, card.due.date(), lapsed)


def _card(memory: Memory) -> Card:
    return Card(
        card_id=1,  # fsrs would sleep a millisecond to make one up
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_noon(memory.due),
        last_review=_noon(memory.last),
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
