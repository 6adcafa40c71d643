"""Write docs/commands.md: each command with its arguments and options, from the parsers.

`python -m tools.commands_page > docs/commands.md`.
"""

import argparse
import sys
import textwrap
from collections.abc import Iterator

from constructs_auth.cli import _COMMANDS, _parser
from constructs_auth.report.markdown import code, plain, table


def page() -> str:
    """Return the page."""
    lines = [
        "# Commands and options",
        "",
        "`constructs-auth COMMAND --help` prints the same. `make docs` generates this page.",
        "",
    ]
    rows = [(f"[`{name}`](#{name})", plain(summary)) for name, (summary, _) in _COMMANDS.items()]
    lines += [table(("command", "what it does"), rows), ""]
    for name in _COMMANDS:
        lines += _section(name, _of(name))
    return "\n".join(lines)


def _of(command: str) -> argparse.ArgumentParser:
    """Return the parser of a command."""
    for action in _parser(command)._actions:  # noqa: SLF001 - argparse has no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            parser: argparse.ArgumentParser = action.choices[command]
            return parser
    raise KeyError(command)


def _section(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    usage = textwrap.fill(usage, 90, subsequent_indent=" " * 4, break_on_hyphens=False)
    yield f"## {name}\n"
    yield f"{parser.description}\n"
    yield f"```text\n{usage}\n```\n"
    rows = [
        (_names(action), plain(_help(action)))
        for action in parser._actions  # noqa: SLF001
        if action.help != argparse.SUPPRESS and not isinstance(action, argparse._HelpAction)  # noqa: SLF001
    ]
    yield f"{table(('argument', 'what it does'), rows)}\n"
    if parser.epilog:
        yield f"```text\n{parser.epilog}\n```\n"


def _names(action: argparse.Action) -> str:
    choices = ",".join(map(str, action.choices)) if action.choices else ""
    values = action.metavar or choices or action.dest
    value = " ".join(values) if isinstance(values, tuple) else values
    if not action.option_strings:
        return code(value)
    takes = action.nargs != 0
    return ", ".join(code(f"{name} {value}" if takes else name) for name in action.option_strings)


def _help(action: argparse.Action) -> str:
    return (action.help or "") % {"default": action.default, "prog": "constructs-auth"}


if __name__ == "__main__":
    sys.stdout.write(page())
