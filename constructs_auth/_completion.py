"""Completes a command line in a shell, with argcomplete, which the extra `completion` brings."""

import argparse
import os
from collections.abc import Iterator, Sequence

from constructs_auth.report.words import OneOf


def words_so_far() -> Sequence[str]:
    """Return the words of the line that the shell completes, without the program."""
    return os.environ.get("COMP_LINE", "").split()[1:]


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell, and end the process; do nothing without argcomplete."""
    try:
        from argcomplete import autocomplete  # noqa: PLC0415 - an extra
        from argcomplete.completers import ChoicesCompleter  # noqa: PLC0415 - an extra
    except ImportError:
        return
    for action in _actions(parser):
        words = _words(action)
        if words:
            # argcomplete reads this attribute.
            vars(action)["completer"] = ChoicesCompleter(dict.fromkeys(words, ""))
    autocomplete(parser)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of all commands; argcomplete reads these attributes too."""
    for action in parser._actions:  # noqa: SLF001 - argparse offers no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - the same
            for command in action.choices.values():
                yield from command._actions  # noqa: SLF001 - the same


def _words(action: argparse.Action) -> Sequence[str]:
    """Return the words of an argument, for which argparse has no `choices`.

    argcomplete completes any other argument as a file.
    """
    if isinstance(action.type, OneOf):
        return [str(word) for word in action.type.words]
    return _rules() if action.metavar == "ID" and not action.option_strings else ()


def _rules() -> list[str]:
    from constructs_auth.review.registry import CHANGE_RULES  # noqa: PLC0415 - for this alone
    from constructs_auth.rules.registry import RULES  # noqa: PLC0415 - for this alone

    names = [(rule.id, rule.slug) for rule in RULES]
    names += [(rule.id, rule.slug) for rule in CHANGE_RULES]
    return [name for both in names for name in both]
