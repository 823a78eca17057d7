"""Simulations of deep-learning concepts in plain NumPy, each a generator of frames.

A simulation is ``sims/<name>.py``; one that outgrew a file is the package ``sims/<name>/`` with ``run`` and ``effect``
in ``__init__``, and beside it ``words``, ``pictures``, ``claim`` and whatever task, network or formula it alone has.
What several share:

- ``registry``, ``listed/``: which simulations there are, as data; ``simulation``: what may be asked of one
- ``frames``, ``scene``, ``text``: what a simulation yields; ``curves``, ``metrics``: what of it is made of arrays and
  measured; ``numerals``: how it writes numbers
- ``claimed_number``, ``expression/``: what somebody wrote, as a value
- ``cells/``, ``adder/``, ``optimisers``, ``autodiff``: what is trained, by what, and the graph of its gradients

Importing this package imports no NumPy: :mod:`sims.registry` describes every simulation as data and
loads the module of one only when it runs.
"""
