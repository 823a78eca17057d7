"""A bank of questions as its author writes it. The same types give the JSON Schema and the cache.

Strings that hold expressions (``where``, ``answer``, ``with``) are still text here; :mod:`engine.bank.variants`
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
    answer: Expression | tuple[Expression, ...]
    why: Text
    evidence: Text | None = None


class Option(Part, frozen=True, kw_only=True):
    """One option of a choice: words in both languages (``text``) or code (``code``); ``why`` for each wrong one."""

    id: Slug
    text: Text | None = None
    code: Line | None = None
    right: bool = False
    why: Text | None = None
    evidence: Text | None = None


class Array(Part, frozen=True, kw_only=True):
    """An array that a typed expression may use.

    ``shape`` is ``scalar`` or sizes such as ``B x H`` (letters are drawn, equal letters are equal sizes).
    ``values`` says how it is filled; ``given`` computes it from the other arrays instead (``threshold / norm``).
    """

    shape: ArrayShape
    values: Literal["normal", "positive", "gate", "onehot"] = "normal"
    given: Expression = ""


class Phrase(Part, frozen=True, kw_only=True):
    """One point of a rubric: what must be said, ways to say it, and words that say the opposite.

    A phrasing is plain text, or several words joined by ``&`` that must all occur.
    """

    point: Text
    ja: tuple[Line, ...]
    en: tuple[Line, ...]
    opposite: tuple[Line, ...] = ()


class Derive(Part, frozen=True, kw_only=True):
    """A derivative whose key is computed: d ``diff`` / d ``wrt``, with ``given`` the definitions along the chain."""

    diff: str
    wrt: str
    given: dict[str, Expression]


class SimulationLink(Part, frozen=True, kw_only=True):
    """The simulation of a question: its name, and parameters as expressions over the question's variables.

    ``$answer`` stands for what the learner answered. ``nearest`` marks one that shows a neighbouring concept.
    """

    name: Annotated[str, Meta(pattern=r"^[a-z_]+$", max_length=60)]
    with_: dict[str, Line] = field(name="with", default_factory=dict)
    nearest: Text | None = None


class Proof(Part, frozen=True, kw_only=True):
    """How the key is proven: exactly one of the fields.

    ``sim`` names a metric of the linked simulation's last frame that must equal the key; ``derivative`` compares
    the key with a high-precision numeric derivative; ``options`` runs every option; ``count`` counts arrays of
    the given shapes; ``none`` gives the reason why there is nothing to compute.
    """

    sim: str | None = None
    derivative: bool = False
    options: bool = False
    count: dict[str, Expression] | None = None
    none: Line | None = None


class QuestionBase(Part, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind of question has."""

    id: Slug
    ask: Text
    explain: Text
    sim: SimulationLink
    proof: Proof
    code: Annotated[str, Meta(max_length=2000)] = ""
    formula: Text | None = None
    tags: tuple[Line, ...] = ()
    vary: dict[str, tuple[Line, ...]] = {}
    where: Expression = ""
    hints: tuple[Text, ...] = ()
    note: Text | None = None
    source: Text | None = None
    difficulty: Annotated[int, Meta(ge=1, le=3)] = 1
    example: Line = ""
    accept: tuple[Line, ...] = ()
    reject: tuple[Line, ...] = ()


class Shape(QuestionBase, frozen=True, kw_only=True, tag="shape"):
    """How large is the output: sizes, in order."""

    answer: tuple[Expression, ...]
    mistakes: tuple[Mistake, ...] = ()


class Count(QuestionBase, frozen=True, kw_only=True, tag="number"):
    """A number: exact if it is an integer, else within ``tolerance`` (relative, 1e-6 unless said)."""

    answer: Expression
    mistakes: tuple[Mistake, ...] = ()
    tolerance: Annotated[float, Meta(ge=0, le=0.5)] = 1e-6
    unit: Text | None = None


class Choice(QuestionBase, frozen=True, kw_only=True, tag="choice"):
    """Options, one of them right (several with ``multiple``)."""

    options: tuple[Option, ...]
    multiple: bool = False


class Code(QuestionBase, frozen=True, kw_only=True, tag="code"):
    """A hole ``{hole}`` in ``code``. ``forms`` says how it may be asked; the first is the original.

    Each option is an expression over ``arrays``, so a typed answer is compared by running it.
    """

    label: Line
    arrays: dict[str, Array]
    options: tuple[Option, ...]
    forms: tuple[Form, ...] = ("choice", "typed")


class Symbolic(QuestionBase, frozen=True, kw_only=True, tag="symbolic"):
    """An expression in ``variables``: the key is given (``answer``) or computed (``derive``)."""

    label: Line
    variables: dict[str, Domain]
    answer: Expression = ""
    derive: Derive | None = None
    functions: dict[str, Literal["sigmoid", "tanh"]] = {}
    aliases: dict[str, str] = {}
    mistakes: tuple[Mistake, ...] = ()


class Essay(QuestionBase, frozen=True, kw_only=True, tag="text"):
    """A short answer in words, compared with ``model`` by the learner along ``rubric``."""

    model: Text
    rubric: tuple[Phrase, ...]


Question = Shape | Count | Choice | Code | Symbolic | Essay


class Bank(Part, frozen=True, kw_only=True):
    """One YAML file: a topic and its questions. Topics are shown by ``order``, then by name."""

    topic: Slug
    title: Text
    questions: tuple[Question, ...]
    order: Annotated[int, Meta(ge=0, le=1000)] = 500
