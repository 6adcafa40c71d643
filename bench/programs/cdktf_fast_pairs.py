"""Pools and clients of the bindings, started by this project: `cdktf_pairs.py`, quickly."""

from importlib import import_module

# In this order: the door makes the imports of the bindings that follow quick.
import_module("constructs_auth.engine")
import_module("cdktf_pairs")
