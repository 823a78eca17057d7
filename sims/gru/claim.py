"""Somebody's formula for the new state: fifty steps of it in a fresh cell, then a GRU that learns with it."""

from functools import partial

import numpy as np

from sims.frames import Metric
from sims.gru.first_token import FirstToken
from sims.gru.formula import STEPS, Comparison
from sims.gru.pictures import History, course_plots, curves
from sims.gru.words import claim_words, course_words, learning_words
from sims.scene import Make, Scene

SHOWN_STEPS = 5  # steps from one frame to the next


def claim_scenes(task: FirstToken, ends: list[int], compared: Comparison) -> list[Make]:
    """The formula in a fresh cell, then in one that learns as far as ``ends``; at last what is wrong with it."""
    history: History = []
    courses = [partial(_course, compared, step) for step in range(SHOWN_STEPS, STEPS + 1, SHOWN_STEPS)]
    learning = [partial(_learning, task, compared, history, end, ends[-1]) for end in ends]
    return [*courses, *learning, partial(_verdict, task, compared, history)]


def _course(compared: Comparison, step: int) -> Scene:
    return Scene(course_plots(compared, step), course_words(step, compared), True, {"step": step})


def _learning(task: FirstToken, compared: Comparison, history: History, end: int, last: int) -> Scene:
    shares = task.train(end - (history[-1][0] if history else 0))
    medians = {name: float(np.median(share)) for name, share in shares.items()}
    history.append((end, medians))
    panels = (curves(history, last), course_plots(compared, STEPS)[0])
    return Scene(panels, learning_words(end, medians, compared), "yours" not in medians, {"iteration": end})


def _verdict(task: FirstToken, compared: Comparison, history: History) -> Scene:
    found = {name: float(np.median(share)) for name, share in task.accuracies().items()}
    right, yours = compared.right, compared.yours
    metrics: dict[str, Metric] = {
        "iteration": history[-1][0],
        "accuracy_gru": found["gru"],
        "claim_accuracy": found.get("yours"),
        "claim_outcome": compared.outcome,
        "claim_problem": compared.problem.en if compared.problem else None,
        "right_size": float(right.size[-1]),
        "right_trace": float(right.trace[-1]),
    }
    if yours is not None:
        finite = yours.overflow is None
        metrics |= {
            "claim_size": float(yours.size[-1]) if finite else None,
            "claim_trace": float(yours.trace[-1]) if finite else None,
            "claim_overflow": yours.overflow,
        }
    panels = (course_plots(compared, STEPS)[0], curves(history, history[-1][0]))
    return Scene(panels, claim_words(compared, found["gru"], found.get("yours")), True, metrics)
