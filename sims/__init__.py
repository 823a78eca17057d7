"""Simulations of deep-learning concepts in plain NumPy, each a generator of frames.

Importing this package imports no NumPy: :mod:`sims.registry` describes every simulation as data and
loads the module of one only when it runs.
"""
