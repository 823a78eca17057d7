"""The simulations as data, grouped by concept; :mod:`sims.registry` puts them in order."""
