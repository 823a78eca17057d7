"""Backpropagation through time: what is left of a gradient, how far back it must go, and wrong ways back."""

from collections.abc import Iterator, Mapping

from sims.frames import Frame, Metric


def run(
    experiment: str,
    activation: str,
    rho: float,
    hidden: int,
    input_std: float,
    before: str,
    claim: str | None,
    seed: int,
) -> Iterator[Frame]:
    """One of three experiments.

    ``lag``: how large ∂h_t/∂h_(t−k) is in random networks of ``hidden`` units with one ``activation``, recurrent
    weights of spectral radius ``rho`` and inputs from N(0, ``input_std``²). ``truncation``: networks that go back a
    limited number of steps learn to recall an input. ``check``: the gradient of a linear RNN against numeric
    differences, with the state ``before`` the first step (``zero``, or the ``last`` one by mistake), and with
    somebody's ``claim``, in delta_t, U, W and V, of how delta_t goes one step back.
    """
    # Each experiment is imported where it runs, so that the first frame waits for no other.
    if experiment == "truncation":
        from sims.bptt.recall_frames import recall_frames

        return recall_frames(seed)
    if experiment == "check":
        from sims.bptt.check_frames import check_frames

        return check_frames(before, claim, seed)
    from sims.bptt.lag_frames import lag_frames

    return lag_frames(activation, rho, hidden, input_std, seed)


def effect(metrics: Mapping[str, Metric]) -> bool:
    """Gradients vanish or explode with activation and radius; one step decides; only the right way back agrees."""
    wanted = {
        "lag": (
            *((f"sigmoid_{rho}", 0.0, 1e-3) for rho in ("0.5", "1", "2", "4")),
            *((f"tanh_{rho}", 0.0, 1e-3) for rho in ("0.5", "0.9")),
            *((f"linear_{rho}", 1e3, 1e300) for rho in ("1.1", "2", "4")),
            *((f"relu_{rho}", 1e3, 1e300) for rho in ("2", "4")),
        ),
        "truncation": (("right_4", 0.0, 0.6), ("right_8", 0.0, 0.7), ("right_9", 0.9, 1.0), ("right_10", 0.9, 1.0)),
        "check": (
            ("off_dW delta_t.dot(U)", 0.0, 1e-7),
            ("off_dU delta_t.dot(U)", 0.0, 1e-7),
            ("off_dW delta_t.dot(U.T)", 0.2, 1e300),
            ("off_dU h[-1]", 0.2, 1e300),
        ),
    }[str(metrics.get("experiment"))]
    known = [(metrics.get(name), low, high) for name, low, high in wanted if name in metrics]
    return bool(known) and all(isinstance(found, float) and low <= found <= high for found, low, high in known)
