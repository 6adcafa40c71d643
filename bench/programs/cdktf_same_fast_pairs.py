"""Pools and clients of the bindings with our arguments, and the fast start of this project."""

from importlib import import_module

# In this order: the engine speeds up the following imports of the bindings.
import_module("constructs_auth.engine")
import_module("cdktf_same_pairs")
