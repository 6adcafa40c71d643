"""The text of the program."""

from collections.abc import Iterator

from constructs_auth.adopt.parts import Part, System
from constructs_auth.adopt.python import (
    Argument,
    Call,
    Code,
    Expression,
    Items,
    Table,
    import_block,
    literal,
    names_in,
    statement,
)

_INDENT = "    "

STANDARD = {
    "json": "import json",
    "timedelta": "from datetime import timedelta",
    "Path": "from pathlib import Path",
}
"""The imports of the standard library, by the name that a part needs, in ruff's order."""


def program(system: System, *, stack: str) -> str:
    """Return `main.py` for *system*, as a person would write it.

    Args:
        system: The parts.
        stack: The name of the stack.
    """
    names = {"AuthApp", "AuthStack", *(["Variable"] if system.secrets else ())}
    names.update(names_in(system.backend.value))
    for part in system.parts:
        names.update(part.names)
    standard = [line for name, line in STANDARD.items() if name in names]
    names -= STANDARD.keys()
    return "\n".join(
        [
            f'"""The stack `{stack}`: a system of Cognito that existed before this program."""',
            "",
            *standard,
            *([""] if standard else []),
            import_block("constructs_auth", names),
            "",
            "",
            "def define(app: AuthApp) -> AuthStack:",
            f'{_INDENT}"""Define the stack `{stack}` in *app*."""',
            *_body(system, stack),
            f"{_INDENT}return stack",
            "",
            "",
            'if __name__ == "__main__":',
            f"{_INDENT}app = AuthApp()",
            f"{_INDENT}define(app)",
            f"{_INDENT}app.synth()",
            "",
        ]
    )


def _body(system: System, stack: str) -> Iterator[str]:
    yield statement(
        "stack",
        Call(
            "AuthStack",
            (Code("app"), stack),
            (
                Argument(name="region", value=system.region),
                system.backend,
                *_tags(system),
            ),
        ),
    )
    for secret in system.secrets:
        yield ""
        yield statement(
            secret.variable,
            Call(
                "Variable",
                (Code("stack"), secret.name),
                (
                    Argument(name="description", value=secret.description),
                    Argument(name="sensitive", value=True),
                ),
            ),
        )
    for part in system.parts:
        yield ""
        yield from _construct(part)


def _tags(system: System) -> Iterator[Argument]:
    if system.default_tags:
        yield Argument(name="tags", value=Table([*sorted(system.default_tags.items())]))


def _construct(part: Part) -> Iterator[str]:
    yield statement(part.variable, part.call)
    for override in part.overrides:
        yield f"{_INDENT}# The construct does not offer this value of {override.argument}."
        if _is_assigned(override.value):
            target = f"{part.variable}.resource.{override.argument}"
            yield statement(target, _expression(override.value))
            continue
        yield statement(
            "",
            Call(
                f"{part.variable}.resource.add_override",
                (override.argument, _expression(override.value)),
            ),
        )
    for call in part.statements:
        yield statement("", call)
    given = [*part.nested_ids.items()]
    nested = (Argument(name="nested", value=Table(given)),) if given else ()
    if part.import_id:
        yield statement("", Call(f"{part.variable}.import_from", (part.import_id,), nested))
    elif part.moved_from or nested:
        old = (part.moved_from,) if part.moved_from else ()
        yield statement("", Call(f"{part.variable}.moved_from", old, nested))


def _is_assigned(value: object) -> bool:
    """Return whether the value replaces the construct's own; `add_override` would merge both."""
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return isinstance(value, dict)


def _expression(value: object) -> Expression:
    if isinstance(value, Code):
        return value
    if isinstance(value, list):
        return Items([_expression(item) for item in value])
    if isinstance(value, dict):
        return Table([(str(key), _expression(item)) for key, item in value.items()])
    if isinstance(value, bool | int | str) or value is None:
        return value
    return Code(literal(str(value)))
