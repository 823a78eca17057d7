"""What is said of the adder. Every number is a measured one."""

import math

from sims.adder import PAIRS
from sims.binary_addition.experiment import Comparison, Experiment
from sims.binary_addition.pictures import GREAT, UNBIASED
from sims.numerals import percent, places, significant
from sims.text import Text

_SATURATED = 0.3  # share of states from which on saturation is what to speak of
AGREES = 1e-9  # difference of gradients below which two formulas are the same
_ALONG = 0.9  # cosine from which on two gradients point nearly the same way
_ALIKE = 0.1  # standard deviation among the units below which they are hardly told apart


def start_words(experiment: Experiment) -> Text:
    """Before any training."""
    start, radius = experiment.start, significant(experiment.radius)
    if experiment.arms[experiment.lit].settings.activation == "relu":
        first, last = float(start.growth[0]), float(start.growth[-1])
        state = places(last, 1)
        if last <= first:
            small, large = significant(last), significant(first)
            return Text(
                f"学習の前です。W の固有値の大きさは最大 {radius} で、"
                f"8 桁のあいだに状態は {large} から {small} に縮みます。",
                f"Before training. W has an eigenvalue of size {radius}; over 8 digits the state goes from {large} "
                f"to {small}.",
            )
        return Text(
            f"学習の前です。W の固有値の大きさは最大 {radius} で、8 桁のあいだに状態は {state} まで大きくなります。",
            f"Before training. W has an eigenvalue of size {radius}; over 8 digits the state grows to {state}.",
        )
    if start.spread < _ALIKE:
        spread = significant(start.spread)
        return Text(
            f"学習の前です。隠れ層の値のばらつきは {spread} しかなく、どのユニットもほぼ同じです。",
            f"Before training. The states differ by only {spread}: all units are much alike.",
        )
    saturated = percent(start.saturated)
    return Text(
        f"学習の前です。隠れ層の {saturated} が飽和し、W の固有値の大きさは最大 {radius} です。",
        f"Before training. {saturated} of the hidden states are saturated; W has an eigenvalue of size {radius}.",
    )


def training_words(experiment: Experiment) -> Text:
    """Where the training stands."""
    done, place = experiment.done, experiment.lit
    lost = experiment.lost(place)
    if lost:
        return Text(
            f"{done:,} 回目。{experiment.runs} 個のうち {lost} 個で、損失が NaN になりました。",
            f"Iteration {done:,}. The loss of {lost} of {experiment.runs} networks has become NaN.",
        )
    loss, right = significant(experiment.final_loss(place)), percent(experiment.latest_right(place))
    opening = Text(
        f"{done:,} 回目。損失は {loss}、直近の和は {right} が正解です。",
        f"Iteration {done:,}: loss {loss}, {right} of the latest sums right. ",
    )
    if len(experiment.arms) > 1:
        return Text(opening.ja, opening.en.strip())
    a, b = experiment.pair
    output = experiment.shown(place).output
    wrong = sum(bool(y > 0.5) != bool(a + b >> step & 1) for step, y in enumerate(output.tolist()))
    if not wrong:
        return Text(f"{opening.ja}この和は合っています。", f"{opening.en}This one is right.")
    bits = "1 bit" if wrong == 1 else f"{wrong} bits"
    return Text(f"{opening.ja}この和はまだ {wrong} 桁違います。", f"{opening.en}This one still has {bits} wrong.")


def trying_words(experiment: Experiment, tried: int, of: int) -> Text:
    """While all sums are tried."""
    return Text(
        f"学習が終わりました。{PAIRS:,} 通りの和をすべて試しています（{of} 個のうち {tried} 個）。",
        f"Training is over. All {PAIRS:,} sums are being tried ({tried} of {of} networks).",
    )


def final_words(experiment: Experiment) -> Text:
    """What it came to."""
    place = experiment.lit
    if experiment.overflowed(place):
        return _overflow_words(experiment)
    solved, runs = experiment.solved(place), experiment.runs
    loss = significant(experiment.final_loss(place))
    reached = experiment.reached(place)
    if 2 * solved < runs:
        return _failed_words(experiment, solved, loss)
    learned = Text(
        f"{runs} 個の RNN のうち {solved} 個が、{PAIRS:,} 通りの和を覚えました。",
        f"{solved} of {runs} networks have learned all {PAIRS:,} sums. ",
    )
    if runs == 1:
        learned = Text(
            f"この RNN は、{PAIRS:,} 通りの和を覚えました。", f"This network has learned all {PAIRS:,} sums. "
        )
    if experiment.arms[place].settings.activation != "sigmoid":
        floor = significant(UNBIASED)
        return Text(
            f"{learned.ja}バイアスがないので、損失は {loss} で止まります（組をすべて平均した下限は {floor}）。",
            f"{learned.en}Without biases the loss stops at {loss} (floor over all pairs: {floor}).",
        )
    if math.isfinite(reached):
        median = Text("", "") if runs == 1 else Text("中央値で ", " (median)")
        return Text(
            f"{learned.ja}正答率 99 % までの反復は、{median.ja}{reached:,.0f} 回です。",
            f"{learned.en}Reaching 99 % took {reached:,.0f} iterations{median.en}.",
        )
    return Text(f"{learned.ja}損失は {loss} です。", f"{learned.en}The loss is {loss}.")


def sweep_words(experiment: Experiment) -> Text:
    """Which arms learned, and which of them first."""
    solved = [place for place in range(len(experiment.arms)) if 2 * experiment.solved(place) >= experiment.runs]
    there = [place for place in solved if math.isfinite(experiment.reached(place))]
    count = len(experiment.arms)
    opening = Text(
        f"{count} 通りのうち {len(solved)} 通りで、半数以上の RNN が足し算を覚えました。",
        f"With {len(solved)} of {count} settings at least half the networks learned to add. ",
    )
    if not there:
        return Text(opening.ja, opening.en.strip())
    first = min(there, key=experiment.reached)
    name, heading, reached = experiment.arms[first].name, experiment.heading, f"{experiment.reached(first):,.0f}"
    return Text(
        f"{opening.ja}いちばん早く 99 % に達したのは、{heading.ja} {name.ja} の {reached} 回です。",
        f"{opening.en}The first to reach 99 %: {heading.en} {name.en}, after {reached} iterations.",
    )


def delta_words(experiment: Experiment, note: Comparison) -> Text:
    """The note's output error beside the true derivative."""
    losses = [significant(experiment.final_loss(place)) for place in (0, 1)]
    length, cosine = significant(note.length), places(note.cosine, 3)
    return Text(
        f"ノートの式の勾配は、正しい微分とほぼ同じ向きで（余弦 {cosine}）、長さは {length} 倍です。"
        f"損失はノートの式で {losses[0]}、正しい微分で {losses[1]} です。",
        f"The note's gradient has cosine {cosine} with the true one and is {length} times as long. "
        f"Loss: {losses[0]} with the note's, {losses[1]} with the true one.",
    )


def claim_words(experiment: Experiment, mine: Comparison) -> tuple[Text, bool]:
    """What the learner's formula did beside the given one, and whether it is another one."""
    if mine.error < AGREES:
        same = Text("あなたの式の勾配は、正しいものと同じです。", "Your formula gives the right gradient.")
        return same, False
    place, runs = len(experiment.arms) - 1, experiment.runs
    solved, loss = experiment.solved(place), experiment.final_loss(place)
    written = "NaN" if math.isnan(loss) else significant(loss)
    length, cosine, way = significant(mine.length), places(mine.cosine), Text("別の向き", "elsewhere")
    if abs(mine.cosine) > _ALONG:
        way = Text("ほぼ同じ向き", "the right way") if mine.cosine > 0 else Text("逆向き", "the wrong way round")
    return Text(
        f"あなたの式の勾配は、正しいものと{way.ja}（余弦 {cosine}）で、長さは {length} 倍です。"
        f"損失は {written}、覚えたのは {runs} 個のうち {solved} 個です。",
        f"Your gradient points {way.en} (cosine {cosine}), {length} times as long as it should be. "
        f"Loss {written}; {solved} of {runs} learn.",
    ), True


def problem_words(problem: Text) -> Text:
    """Why the learner's formula does not run."""
    return Text(f"あなたの式は計算できません。{problem.ja}", f"Yours cannot be computed. {problem.en}")


def _overflow_words(experiment: Experiment) -> Text:
    place, runs = experiment.lit, experiment.runs
    overflowed, lost, solved = experiment.overflowed(place), experiment.lost(place), experiment.solved(place)
    last = overflowed[-1]
    when = Text("学習の前から", "before any update")
    if last:
        when = Text(f"更新 {last:,} 回以内に", f"within {last:,} update{'s' * (last != 1)}")
    happened = Text(
        f"exp が{when.ja}オーバーフローします（{runs} 個のうち {len(overflowed)} 個、NaN {lost} 個）。",
        f"exp overflows {when.en} (in {len(overflowed)} of {runs}, NaN in {lost}). ",
    )
    growth = float(experiment.start.growth[-1])
    if growth <= GREAT:
        return Text(f"{happened.ja}解けたのは {solved} 個です。", f"{happened.en}Of {runs} networks, {solved} learned.")
    return Text(
        f"{happened.ja}状態が 8 桁で {places(growth, 1)} に膨らむためです。",
        f"{happened.en}Over 8 digits the state grows to {places(growth, 1)}. Networks that learn: {solved}.",
    )


def _failed_words(experiment: Experiment, solved: int, loss: str) -> Text:
    runs, start = experiment.runs, experiment.start
    opening = Text(f"{runs} 個の RNN がどれも解けません。", f"None of {runs} networks learns. ")
    if runs == 1:
        opening = Text("この RNN は解けません。", "This network does not learn. ")
    if solved:
        opening = Text(f"{runs} 個のうち {solved} 個しか解けません。", f"Only {solved} of {runs} networks learn. ")
    if start.saturated > _SATURATED:
        saturated = percent(start.saturated)
        return Text(
            f"{opening.ja}始めから隠れ層の {saturated} が飽和していて、損失は {loss} で止まります。",
            f"{opening.en}{saturated} of the states were saturated from the start, and the loss stops at {loss}.",
        )
    if start.spread < _ALIKE:
        spread = significant(start.spread)
        return Text(
            f"{opening.ja}始めの値のばらつきが {spread} しかなく、損失は {loss} のままです（当てずっぽうで 1）。",
            f"{opening.en}The first states differed by only {spread}; the loss stays at {loss} (chance is 1).",
        )
    exact = percent(float(experiment.exact[experiment.lit].mean()))
    return Text(
        f"{opening.ja}損失は {loss}、正しい和は平均 {exact} です。",
        f"{opening.en}The loss ends at {loss}, with {exact} of the sums right on average.",
    )
