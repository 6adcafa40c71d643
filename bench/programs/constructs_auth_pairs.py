"""Pools and clients as constructs of this project."""

from functools import partial

from our_pair import new_stack, pair
from pairs import build

app, stack = new_stack()
build(partial(pair, stack), app.synth)
