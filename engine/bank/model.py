"""A bank of questions as its author writes it. The same types give the JSON Schema and the cache.

The sentence below a field is its description in the schema, which an editor shows.

Strings that hold expressions (``where``, ``answer``, ``with``) are still text here; :mod:`engine.bank.ask`
reads them once the variables are drawn.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from sims.text import Text

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, Meta(max_length=400)]
Expression = Annotated[str, Meta(max_length=240)]
Domain = Literal["real", "positive", "unit", "nonzero", "integer"]
ArrayShape = Annotated[str, Meta(pattern=r"^(scalar|[a-zA-Z0-9]+( x [a-zA-Z0-9]+)*)$", max_length=30)]
Form = Literal["choice", "typed"]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whatever a bank holds: unknown keys are refused."""


class Mistake(Part, frozen=True, kw_only=True):
    """A wrong answer that has a name. ``why`` names it in one sentence; ``evidence`` shows it on the numbers."""

    id: Slug
    """A name for the history and the statistics, such as padding-forgotten."""
    answer: Expression | tuple[Expression, ...]
    """The wrong answer, written like the key: an expression over the variables of vary, or a list of them."""
    why: Text
    """One sentence that names the mistake; it is shown in bold."""
    evidence: Text | None = None
    """What shows the mistake on the numbers of the variant; it follows in grey."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The expressions of the answer."""
        return (self.answer,) if isinstance(self.answer, str) else self.answer

    @property
    def line(self) -> str:
        """The answer on one line."""
        return ", ".join(self.parts)


class Option(Part, frozen=True, kw_only=True):
    """One option of a choice: words in both languages (``text``) or code (``code``); ``why`` for each wrong one."""

    id: Slug
    """A name for the history and the statistics, such as old-dropped."""
    text: Text | None = None
    """The option in words, in both languages; either this or code."""
    code: Line | None = None
    """The option as code; either this or text."""
    right: bool = False
    """true for the right option. Options are shuffled, so none can be called the first."""
    why: Text | None = None
    """For each wrong option: one sentence that names the mistake; it is shown in bold."""
    evidence: Text | None = None
    """What shows the mistake on the numbers of the variant; it follows in grey."""


class Array(Part, frozen=True, kw_only=True):
    """An array that a typed expression may use.

    ``shape`` is ``scalar`` or sizes such as ``B x H`` (letters are drawn, equal letters are equal sizes).
    ``values`` says how it is filled; ``given`` computes it from the other arrays instead (``threshold / norm``).
    """

    shape: ArrayShape
    """scalar, or sizes joined by " x " (B x H). Letters are drawn; the same letter is the same size."""
    values: Literal["normal", "positive", "gate", "onehot"] = "normal"
    """How it is filled: normal, positive, gate (between 0 and 1) or onehot."""
    given: Expression = ""
    """An expression over the other arrays that computes this one instead of a draw."""


class Phrase(Part, frozen=True, kw_only=True):
    """One point of a rubric: what must be said, ways to say it, and words that say the opposite.

    A phrasing is plain text, or several words joined by ``&`` that must all occur.
    """

    point: Text
    """What must be said; the learner ticks it."""
    ja: tuple[Line, ...]
    """Ways to say it in Japanese: plain text, or words joined by & that must all occur."""
    en: tuple[Line, ...]
    """Ways to say it in English: plain text, or words joined by & that must all occur."""
    opposite: tuple[Line, ...] = ()
    """Words that say the opposite, in either language: near one of them the learner is asked to judge."""


class Derive(Part, frozen=True, kw_only=True):
    """A derivative whose key is computed: d ``diff`` / d ``wrt``, with ``given`` the definitions along the chain."""

    diff: str
    """The name of what is differentiated, defined in given."""
    wrt: str
    """The variable by which it is differentiated."""
    given: dict[str, Expression]
    """The definitions along the chain, each name with its expression; {name} inserts a value of vary."""


class SimulationLink(Part, frozen=True, kw_only=True):
    """The simulation of a question: its name, and parameters as expressions over the question's variables.

    ``$answer`` stands for what the learner answered. ``nearest`` marks one that shows a neighbouring concept.
    """

    name: Annotated[str, Meta(pattern=r"^[a-z_]+$", max_length=60)]
    """The simulation to look into; peephole sim lists them."""
    with_: dict[str, Line] = field(name="with", default_factory=dict)
    """Its parameters: expressions over the variables, or literal words; $answer hands over the learner's answer."""
    nearest: Text | None = None
    """Only where it shows a neighbouring concept: one honest sentence that says what it shows instead."""


class Proof(Part, frozen=True, kw_only=True):
    """How the key is proven: exactly one of the fields.

    ``sim`` names a metric of the linked simulation's last frame that must equal the key; ``derivative`` compares
    the key with a high-precision numeric derivative; ``options`` runs every option; ``count`` counts arrays of
    the given shapes; ``none`` gives the reason why there is nothing to compute.
    """

    sim: str | None = None
    """The name of a measurement of the linked simulation that must equal the key."""
    derivative: bool = False
    """true: the derived key is compared with sympy's derivative and with difference quotients of high precision."""
    options: bool = False
    """true: every option is run on random arrays; exactly the right one must agree."""
    count: dict[str, Expression] | None = None
    """Arrays by name, each with its shape (4*H*I); their entries are counted and must add up to the key."""
    none: Line | None = None
    """Why there is nothing to compute. Only for text, and for choices about definitions."""

    @property
    def means(self) -> tuple[str, ...]:
        """The names of the fields that are given."""
        return tuple(name for name in MEANS if getattr(self, name))


MEANS = Proof.__struct_fields__


class QuestionBase(Part, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind of question has."""

    id: Slug
    """Unique among all banks in use and never changed: the history hangs on it."""
    ask: Text
    """The question, in both languages; {expression} is computed from the variables of vary."""
    explain: Text
    """Why the key is right, in one to three short sentences."""
    sim: SimulationLink
    """The simulation that opens after the answer."""
    proof: Proof
    """How the key is computed a second time, by exactly one of these."""
    code: Annotated[str, Meta(max_length=2000)] = ""
    """A block of code that is shown below the question; in a code question with one {hole}."""
    formula: Text | None = None
    """One line of mathematics that leads to the key, drawn in two dimensions; " = " separates the steps."""
    tags: tuple[Line, ...] = ()
    """Words to find the question by."""
    vary: dict[str, tuple[Line, ...]] = {}
    """Variables, each with its values; the first of each is the original question."""
    where: Expression = ""
    """A condition on the variables; variants that do not satisfy it are never asked."""
    hints: tuple[Text, ...] = ()
    """Staged, from vague to clear; each one lowers the rating."""
    note: Text | None = None
    """Where a common source is wrong."""
    source: Text | None = None
    """Where the question comes from."""
    difficulty: Annotated[int, Meta(ge=1, le=3)] = 1
    """1 is easy, 3 is hard."""
    example: Line = ""
    """What an answer may look like, shown in the empty field."""
    accept: tuple[Line, ...] = ()
    """Answers to the original question that must be graded right; one of them in full width (４)."""
    reject: tuple[Line, ...] = ()
    """Answers to the original question that must be graded wrong."""


class Shape(QuestionBase, frozen=True, kw_only=True, tag="shape"):
    """How large is the output: sizes, in order."""

    answer: tuple[Expression, ...]
    """The size along each axis, as expressions over the variables of vary."""
    mistakes: tuple[Mistake, ...] = ()
    """Wrong answers that have a name."""


class Count(QuestionBase, frozen=True, kw_only=True, tag="number"):
    """A number: exact if it is an integer, else within ``tolerance`` (relative, 1e-6 unless said)."""

    answer: Expression
    """The number, as an expression over the variables of vary."""
    mistakes: tuple[Mistake, ...] = ()
    """Wrong answers that have a name."""
    tolerance: Annotated[float, Meta(ge=0, le=0.5)] = 1e-6
    """How far an answer may be off, relative to the key; whole numbers must be exact."""
    unit: Text | None = None
    """The unit, shown beside the field."""


class Choice(QuestionBase, frozen=True, kw_only=True, tag="choice"):
    """Options, one of them right (several with ``multiple``)."""

    options: tuple[Option, ...]
    """Two to nine options; exactly one is right (several with multiple)."""
    multiple: bool = False
    """true where several options are right and all of them must be chosen."""


class Code(QuestionBase, frozen=True, kw_only=True, tag="code"):
    """A hole ``{hole}`` in ``code``. ``forms`` says how it may be asked; the first is the original.

    Each option is an expression over ``arrays``, so a typed answer is compared by running it.
    """

    label: Line
    """What the hole is assigned to."""
    arrays: dict[str, Array]
    """The arrays that an answer may use, by name."""
    options: tuple[Option, ...]
    """Expressions over the arrays; exactly one is right."""
    forms: tuple[Form, ...] = ("choice", "typed")
    """How it may be asked; the first is the original."""


class Symbolic(QuestionBase, frozen=True, kw_only=True, tag="symbolic"):
    """An expression in ``variables``: the key is given (``answer``) or computed (``derive``)."""

    label: Line
    """What is asked for, such as dz/dx."""
    variables: dict[str, Domain]
    """The variables of an answer, each with its domain."""
    answer: Expression = ""
    """The key in plain notation, if it is not derived; {name} inserts a value of vary."""
    derive: Derive | None = None
    """The derivative that is the key; sympy computes it for every variant."""
    functions: dict[str, Literal["sigmoid", "tanh"]] = {}
    """Names for functions, such as g for sigmoid."""
    aliases: dict[str, str] = {}
    """Other spellings of a variable that are accepted, such as w for W."""
    mistakes: tuple[Mistake, ...] = ()
    """Wrong formulas that have a name."""


class Essay(QuestionBase, frozen=True, kw_only=True, tag="text"):
    """A short answer in words, compared with ``model`` by the learner along ``rubric``."""

    model: Text
    """A model answer; every point of the rubric must be found in it."""
    rubric: tuple[Phrase, ...]
    """The points that make an answer."""


Question = Shape | Count | Choice | Code | Symbolic | Essay


class Bank(Part, frozen=True, kw_only=True):
    """One YAML file: a topic and its questions. Topics are shown by ``order``, then by name."""

    topic: Slug
    """The name of the topic, the same as the file's."""
    title: Text
    """The topic as it is shown."""
    questions: tuple[Question, ...]
    """The questions, in the order in which new ones are met."""
    order: Annotated[int, Meta(ge=0, le=1000)] = 500
    """Topics are sorted by it, then by name."""
