"""Three cells learn side by side; then the GRU in both conventions."""

from functools import partial

import numpy as np

from sims.frames import Bar, Bars, Metric, Note, Table
from sims.gru.first_token import CHANCE, SOLVED, FirstToken
from sims.gru.pictures import History, cell_table, curves
from sims.gru.words import TITLES, convention_words, count_words, result_words, training_words
from sims.scene import Make, Scene
from sims.text import Text, same


def comparison_scenes(task: FirstToken, ends: list[int]) -> list[Make]:
    """Parameters, training, both conventions, result."""
    history: History = []
    steps = [partial(_training, task, history, end, ends[-1]) for end in ends]
    return [partial(_counted, task), *steps, partial(_conventions, task), partial(_result, task, history)]


def _counted(task: FirstToken) -> Scene:
    sizes = {name: student.size for name, student in task.students.items()}
    bars = tuple(Bar(TITLES[name], float(sizes[name]), "lit" if name == "gru" else "muted") for name in sizes)
    note = Note(
        Text("次の時刻へ渡すもの", "handed on to the next step"),
        (
            same("RNN   h"),
            Text("GRU   h       ゲート z, r", "GRU   h       gates z, r"),
            Text("LSTM  h と c  ゲート i, f, o", "LSTM  h and c gates i, f, o"),
        ),
    )
    panels = (Bars(Text("パラメータ", "parameters"), bars, float(max(sizes.values()))), note)
    return Scene(panels, count_words(sizes), metrics={f"parameters_{name}": number for name, number in sizes.items()})


def _training(task: FirstToken, history: History, end: int, last: int) -> Scene:
    shares = task.train(end - (history[-1][0] if history else 0))
    medians = {name: float(np.median(share)) for name, share in shares.items()}
    history.append((end, medians))
    metrics: dict[str, Metric] = {f"training_{name}": share for name, share in medians.items()}
    panels = (curves(history, last), cell_table(task, shares))
    return Scene(panels, training_words(end, medians), metrics={"iteration": end} | metrics)


def _conventions(task: FirstToken) -> Scene:
    """One unit of a trained GRU in both conventions: z and 1 - z, and the same h."""
    exam, frameworks = task.both_conventions()
    difference = float(np.abs(exam.h - frameworks.h).max())
    unit = int(np.abs(exam.h[0, -1, 0]).argmax())
    steps = sorted({0, task.lag // 3, 2 * task.lag // 3, task.lag})
    rows = tuple(
        tuple(
            same(text)
            for text in (
                str(step + 1),
                *(f"{trace.blocks[0, 1, step, 0, unit]:.4f}" for trace in (exam, frameworks)),
                *(f"{trace.h[0, step, 0, unit]:.4f}".replace("-", "−") for trace in (exam, frameworks)),
            )
        )
        for step in steps
    )
    names = (Text("試験 z", "exam z"), Text("鏡像 z", "mirror z"), Text("試験 h", "exam h"), Text("鏡像 h", "mirror h"))
    note = Note(
        Text("2 つの書き方", "two conventions"),
        (
            Text("試験  h = (1 − z)·h + z·h_bar", "exam    h = (1 − z)·h + z·h_bar"),
            Text("鏡像  h = z·h + (1 − z)·h_bar", "mirror  h = z·h + (1 − z)·h_bar"),
        ),
    )
    table = Table(Text("ある 1 ユニット", "one unit"), (Text("時刻", "step"), *names), rows)
    return Scene((table, note), convention_words(difference), metrics={"convention_difference": difference})


def _result(task: FirstToken, history: History) -> Scene:
    found = task.accuracies()
    medians = {name: float(np.median(share)) for name, share in found.items()}
    exam, frameworks = task.both_conventions()
    metrics: dict[str, Metric] = {"chance": CHANCE, "iteration": history[-1][0]}
    for name, share in found.items():
        student = task.students[name]
        metrics |= {
            f"accuracy_{name}": medians[name],
            f"worst_{name}": float(share.min()),
            f"solved_{name}": float(np.mean(share > SOLVED)),
            f"parameters_{name}": student.size,
            f"products_{name}": student.products,
        }
    metrics["gru_share_of_lstm"] = task.students["gru"].size / task.students["lstm"].size
    metrics["convention_difference"] = float(np.abs(exam.h - frameworks.h).max())
    return Scene(
        (curves(history, history[-1][0]), cell_table(task, found)), result_words(task.lag, medians), metrics=metrics
    )
