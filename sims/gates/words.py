"""What the LSTM cell says step by step, and of somebody's rule for its new state. Every number is a measured one."""

from sims.gates.gate_run import ENDS, NEW, OLD, OUTPUT, Cell, Claim, Ends
from sims.numerals import trimmed
from sims.text import Text

YOURS = Text("あなたの c", "your c")
OPEN, CLOSED = 0.75, 0.25  # between them a gate is neither
SEEN = 0.005  # differences below this do not show in two places
FAR = 3.0  # a claimed c this many times too large is growing


def step_words(cell: Cell, claim: Claim | None, step: int) -> tuple[Text, bool]:
    """What happened at ``step``, from 1, and whether it is about the claim: where the claimed c is another one."""
    if claim and claim.problem and step == 1:
        return _problem_words(claim.problem), True
    at = Text(f"時刻 {step}: ", f"Step {step}: ")
    if claim and not claim.problem and step < len(claim.c) and abs(claim.c[step] - float(cell.c[step])) >= SEEN:
        mine = trimmed(claim.c[step])
        due = _due_words(cell, step - 1)
        return _joined(at, due, Text(f"あなたの式では {mine} です。", f"Yours makes it {mine}.")), True
    return _joined(at, _state_words(cell, step - 1), _output_words(cell, step - 1)), False


def ends_words(ends: Ends) -> Text:
    """What the gates do at their ends."""
    kept, written = (trimmed(value) for value in ends.c[:2].tolist())
    return Text(
        f"i = 0、f = 1 なら c は {kept} のまま、i = 1、f = 0 なら a の {written} になります。"
        "∂c/∂c′ はどの行でも f です。",
        f"With i = 0, f = 1 c stays {kept}; with i = 1, f = 0 it becomes a = {written}. ∂c/∂c′ is f in every row.",
    )


def claim_words(cell: Cell, ends: Ends, claim: Claim) -> Text:
    """What goes wrong with a claimed rule, in numbers."""
    if claim.problem:
        return _problem_words(claim.problem)
    wrong = [row for row in range(len(ENDS)) if abs(claim.ends[row] - float(ends.c[row])) >= SEEN]
    after = _after_words(cell, claim)
    if not wrong:
        if after:
            return after
        steps = len(cell.h)
        return Text(
            f"{len(ENDS)} 通りのゲートでも、{steps} ステップのどこでも、あなたの式は正しい c と一致します。",
            f"Yours agrees with the true c at all {len(ENDS)} settings of the gates and in all {steps} steps.",
        )
    row = wrong[0]
    (i, f), mine, true = ENDS[row], trimmed(claim.ends[row]), trimmed(float(ends.c[row]))
    must = {
        (0.0, 1.0): Text(f"c は {OLD:g} のままのはずが", f"c must stay {OLD:g}"),
        (1.0, 0.0): Text(f"c は a の {trimmed(NEW)} になるはずが", f"c must become a = {trimmed(NEW)}"),
    }.get((i, f), Text(f"c は {true} のはずが", f"c must be {true}"))
    said = Text(
        f"i = {trimmed(i)}、f = {trimmed(f)}（o = {trimmed(OUTPUT)}）なら {must.ja}、{mine} です。",
        f"At i = {trimmed(i)}, f = {trimmed(f)}, o = {trimmed(OUTPUT)} {must.en}; here it is {mine}.",
    )
    return _joined(said, after) if after else said


def _after_words(cell: Cell, claim: Claim) -> Text | None:
    """Where the claimed cell is furthest from the right one, or how far it has grown; None if it is nowhere else."""
    if claim.stopped:
        return Text(
            f"{claim.stopped} ステップ目で数の範囲を超えます。",
            f"At step {claim.stopped} it leaves the range of numbers.",
        )
    apart = [abs(mine - float(right)) for mine, right in zip(claim.c, cell.c, strict=True)]
    step = max(range(len(apart)), key=apart.__getitem__)
    if apart[step] < SEEN:
        return None
    if abs(claim.c[-1]) > FAR * max(1.0, abs(float(cell.c[-1]))):
        step = len(apart) - 1
    mine, right = trimmed(claim.c[step]), trimmed(float(cell.c[step]))
    return Text(
        f"時刻 {step} の c は {mine}、正しくは {right} です。", f"After step {step} c is {mine} instead of {right}."
    )


def _problem_words(problem: Text) -> Text:
    return Text(f"この式は動きません。{problem.ja}", f"This cannot run. {problem.en}")


def _state_words(cell: Cell, t: int) -> Text:
    """What i and f did to the cell at step ``t``, from 0."""
    i, f, a = float(cell.i[t]), float(cell.f[t]), trimmed(float(cell.a[t]), 1)
    old, new = trimmed(float(cell.c[t])), trimmed(float(cell.c[t + 1]))
    if i >= OPEN and abs(float(cell.c[t])) < SEEN:
        return Text(
            f"i が開き、空のセルに a = {a} が入って、c は {new} です。",
            f"i is open: a = {a} enters the empty cell, c is {new}.",
        )
    if i >= OPEN and f >= OPEN:
        return Text(
            f"i も f も開いています。前の c = {old} に a = {a} が加わり、{new} です。",
            f"i and f are open: a = {a} is added to c = {old}, which gives {new}.",
        )
    if i >= OPEN and f <= CLOSED:
        nearly = abs(f * float(cell.c[t])) >= SEEN
        return Text(
            f"i が開き、f が閉じています。前の c = {old} は{'ほとんど' * nearly}消え、a = {a} が入って {new} です。",
            f"i is open, f shut: c = {old} {'nearly ' * nearly}goes, a = {a} comes in, which gives {new}.",
        )
    if i <= CLOSED and f >= OPEN:
        stays = Text(f"c は {new} のままです。", f"c stays {new}.")
        fades = Text(f"c は {old} から {new} に変わるだけです。", f"c only goes from {old} to {new}.")
        shut = Text(f"i が閉じて a = {a} は入らず、f が開いて ", f"i is shut to a = {a}, f is open:")
        return _joined(shut, stays if old == new else fades)
    if i <= CLOSED and f <= CLOSED:
        return Text(
            f"i も f も閉じています。前の c = {old} は捨てられ、{new} です。",
            f"i and f are shut: c = {old} is dropped, which leaves {new}.",
        )
    return Text(
        f"a = {a} の {trimmed(i)} 倍と、前の c = {old} の {trimmed(f)} 倍を足して、c は {new} です。",
        f"{trimmed(i)} of a = {a} and {trimmed(f)} of c = {old} make c = {new}.",
    )


def _due_words(cell: Cell, t: int) -> Text:
    """What the right rule makes of the cell at step ``t``, shortly."""
    i, f = trimmed(float(cell.i[t])), trimmed(float(cell.f[t]))
    new = trimmed(float(cell.c[t + 1]))
    return Text(f"i = {i}、f = {f} で、正しい c は {new}、", f"i = {i}, f = {f} give c = {new}.")


def _output_words(cell: Cell, t: int) -> Text:
    """What o let out at step ``t``."""
    o, h = float(cell.o[t]), trimmed(float(cell.h[t]))
    if o >= OPEN:
        return Text(f"o が開き、h = {h} が出ます。", f"o is open and shows h = {h}.")
    if o <= CLOSED:
        return Text(f"o は閉じ、h = {h} です。", f"o is shut: h = {h}.")
    return Text(f"h = {h} です。", f"h = {h}.")


def _joined(*parts: Text) -> Text:
    return Text("".join(part.ja for part in parts), " ".join(part.en.strip() for part in parts))
