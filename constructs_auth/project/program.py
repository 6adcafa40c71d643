"""The lines that begin and end every program that a command writes."""

from collections.abc import Iterable

WIDTH = 88
"""The line length of ruff, without settings of its own."""

STEP = "    "

ENDING = f"""\
if __name__ == "__main__":
{STEP}app = AuthApp()
{STEP}define(app)
{STEP}app.synth()
"""
"""It synthesizes what `define` defines, but not where a test imports the program."""


def import_block(module: str, names: Iterable[str]) -> str:
    """Return the import of *names*, sorted as ruff sorts them: constants first."""
    ordered = sorted(set(names), key=lambda name: (not name.isupper(), name.lower()))
    flat = f"from {module} import {', '.join(ordered)}"
    if len(flat) <= WIDTH:
        return flat
    return "\n".join([f"from {module} import (", *(f"{STEP}{name}," for name in ordered), ")"])
