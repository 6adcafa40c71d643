"""The text of the program: one file, or one for each subject."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from constructs_auth.adopt.parts import Part, Secret, System, free_name
from constructs_auth.adopt.python import (
    Argument,
    Call,
    Code,
    Expression,
    Items,
    Statement,
    Table,
    literal,
    names_in,
    returned,
    signature,
)
from constructs_auth.adopt.subjects import RESERVED, VARIABLES, Subject, subject_of
from constructs_auth.project.program import ENDING, STEP, import_block

LONGEST = 300
"""The lines of a program in one file."""

_STANDARD = {
    "json": "import json",
    "dataclass": "from dataclasses import dataclass",
    "timedelta": "from datetime import timedelta",
    "Path": "from pathlib import Path",
}
"""The imports of the standard library, by the name that a construct needs, in ruff's order."""

_OF_THE_PROGRAM = frozenset({"app", "define", "stack", *_STANDARD})
"""The names that the program uses itself."""


def program(system: System, *, stack: str, longest: int = LONGEST) -> Mapping[str, str]:
    """Return the files of the program for *system*.

    Args:
        system: The parts.
        stack: The name of the stack.
        longest: How many lines `main.py` may have. A longer program is divided: one file for each
            subject, whose function returns the constructs that other files refer to.
    """
    constructs = _without_idle_variables([*_constructs(system)])
    first = _stack(system, stack)
    whole = _main(stack, first, _bodies(constructs), names=_names(constructs))
    if whole.count("\n") <= longest:
        return {"main.py": whole}
    files = _in_order(_files(constructs))
    if files is None:
        return {"main.py": whole}
    _name_parameters(files)
    calls = ["", *(_call_of(one, files) for one in files)]
    modules = {one.subject.module: one.subject.function for one in files}
    return {
        "main.py": _main(stack, first, calls, modules=modules),
        **{f"{one.subject.module}.py": _text(one, files, stack) for one in files},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Construct:
    """One construct.

    Attributes:
        variable: The Python variable.
        kind: Its class.
        subject: Its subject.
        statements: The statements that define it.
    """

    variable: str
    kind: str
    subject: Subject
    statements: Sequence[Statement]


@dataclass(slots=True, kw_only=True)
class _File:
    """The constructs of one subject.

    Attributes:
        subject: The subject.
        constructs: Its constructs, in the order of the program.
        needs: The subjects that it refers to.
        returned: The constructs that other files refer to: the attribute of each variable.
        parameter: The variable that holds it in other files.
    """

    subject: Subject
    constructs: list[_Construct] = field(default_factory=list)
    needs: set[Subject] = field(default_factory=set)
    returned: dict[str, str] = field(default_factory=dict)
    parameter: str = ""


def _constructs(system: System) -> Iterator[_Construct]:
    for secret in system.secrets:
        yield _Construct(
            variable=secret.variable,
            kind="Variable",
            subject=VARIABLES,
            statements=[_variable(secret)],
        )
    for part in system.parts:
        yield _Construct(
            variable=part.variable,
            kind=part.call.function.partition(".")[0],
            subject=subject_of(part.resource.type),
            statements=[*_construct(part)],
        )


def _stack(system: System, stack: str) -> Statement:
    return Statement(
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


def _tags(system: System) -> Iterator[Argument]:
    if system.default_tags:
        yield Argument(name="tags", value=Table([*sorted(system.default_tags.items())]))


def _variable(secret: Secret) -> Statement:
    return Statement(
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


def _construct(part: Part) -> Iterator[Statement]:
    yield Statement(part.variable, part.call)
    for override in part.overrides:
        why = f"The construct does not offer this value of {override.argument}."
        if _is_assigned(override.value):
            target = f"{part.variable}.resource.{override.argument}"
            yield Statement(target, _expression(override.value), why)
            continue
        call = Call(
            f"{part.variable}.resource.add_override",
            (override.argument, _expression(override.value)),
        )
        yield Statement("", call, why)
    for call in part.statements:
        yield Statement("", call)
    given = [*part.nested_ids.items()]
    nested = (Argument(name="nested", value=Table(given)),) if given else ()
    if part.import_id:
        yield Statement("", Call(f"{part.variable}.import_from", (part.import_id,), nested))
    elif part.moved_from or nested:
        old = (part.moved_from,) if part.moved_from else ()
        yield Statement("", Call(f"{part.variable}.moved_from", old, nested))


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


def _files(constructs: Sequence[_Construct]) -> Mapping[Subject, _File]:
    """Return the file of each subject, with the constructs that it needs from others."""
    files: dict[Subject, _File] = {}
    for one in constructs:
        files.setdefault(one.subject, _File(subject=one.subject)).constructs.append(one)
    homes = {one.variable: one.subject for one in constructs}
    wanted = set()
    for one in constructs:
        for variable in _variables(one):
            home = homes.get(variable, one.subject)
            if home != one.subject:
                files[one.subject].needs.add(home)
                wanted.add(variable)
    for one in constructs:
        if one.variable in wanted:
            name = one.variable
            if name.startswith("__"):  # in a class, Python changes such a name
                name = free_name(f"r{name}", {*homes})
            files[one.subject].returned[one.variable] = name
    return files


def _in_order(files: Mapping[Subject, _File]) -> Sequence[_File] | None:
    """Return each file after those that it needs, or `None` if they need each other."""
    found: list[_File] = []
    subjects: set[Subject] = set()
    while len(found) < len(files):
        ready = (
            one
            for subject, one in files.items()
            if subject not in subjects and one.needs <= subjects
        )
        following = next(ready, None)
        if following is None:
            return None
        found.append(following)
        subjects.add(following.subject)
    return found


def _name_parameters(files: Sequence[_File]) -> None:
    """Name the variables of `main.py`, each unlike a construct, which a function could hide."""
    variables = {one.variable for file in files for one in file.constructs}
    taken = {*variables, *_OF_THE_PROGRAM, *RESERVED}
    for file in files:
        if file.returned:
            module = file.subject.module
            names = (module.rpartition("_")[2], module)
            name = next((one for one in names if one not in taken), f"defined_{module}")
            file.parameter = free_name(name, taken)


def _needed(file: _File, files: Sequence[_File]) -> Sequence[_File]:
    return [one for one in files if one.subject in file.needs]


def _call_of(file: _File, files: Sequence[_File]) -> str:
    given = [Code("stack"), *(Code(one.parameter) for one in _needed(file, files))]
    return Statement(file.parameter, Call(file.subject.function, given)).text()


def _main(
    stack: str,
    first: Statement,
    body: Iterable[str],
    *,
    names: Iterable[str] = (),
    modules: Mapping[str, str] | None = None,
) -> str:
    """Return the text of `main.py`.

    Args:
        stack: The name of the stack.
        first: What defines the stack.
        body: The lines after it.
        names: The public names in them.
        modules: The functions in them, by their files.
    """
    return "\n".join(
        [
            f'"""The stack `{stack}`: a system of Cognito that existed before this program."""',
            "",
            *_imports({"AuthApp", *names_in(first.expression), *names}, modules or {}),
            "",
            "",
            "def define(app: AuthApp) -> AuthStack:",
            f'{STEP}"""Define the stack `{stack}` in *app*."""',
            first.text(),
            *body,
            f"{STEP}return stack",
            "",
            "",
            ENDING,
        ]
    )


def _text(file: _File, files: Sequence[_File], stack: str) -> str:
    """Return the text of the file of one subject."""
    needed = _needed(file, files)
    owners = {
        variable: f"{one.parameter}.{name}"
        for one in needed
        for variable, name in one.returned.items()
    }
    constructs = [
        replace(one, statements=[each.with_owners(owners) for each in one.statements])
        for one in file.constructs
    ]
    kinds = {one.variable: one.kind for one in constructs}
    fields = {name: kinds[variable] for variable, name in file.returned.items()}
    result = file.subject.result if fields else "None"
    parameters = {"stack": "AuthStack", **{one.parameter: one.subject.result for one in needed}}
    return "\n".join(
        [
            f'"""The {file.subject.title} of the stack `{stack}`."""',
            "",
            *_imports(
                {"AuthStack", *_names(constructs), *fields.values()},
                {one.subject.module: one.subject.result for one in needed},
                dataclass=bool(fields),
            ),
            "",
            "",
            *(_class(result, fields) if fields else ()),
            signature(file.subject.function, parameters, result),
            f'{STEP}"""Define the {file.subject.title} in *stack*."""',
            *[*_bodies(constructs)][1:],
            *(_return(result, file.returned) if fields else ()),
            "",
        ]
    )


def _imports(
    names: set[str], modules: Mapping[str, str], *, dataclass: bool = False
) -> Iterator[str]:
    """Walk through the imports: Python's own, this library's, and those of the other files."""
    wanted = {*names, *(["dataclass"] if dataclass else ())}
    standard = [line for name, line in _STANDARD.items() if name in wanted]
    yield from [*standard, ""] if standard else ()
    yield import_block("constructs_auth", names - _STANDARD.keys())
    if modules:
        yield ""
        yield from (import_block(one, [modules[one]]) for one in sorted(modules))


def _class(name: str, fields: Mapping[str, str]) -> Iterator[str]:
    yield "@dataclass(frozen=True)"
    yield f"class {name}:"
    yield f'{STEP}"""What other files refer to."""'
    yield ""
    yield from (f"{STEP}{one}: {kind}" for one, kind in fields.items())
    yield ""
    yield ""


def _return(result: str, names: Mapping[str, str]) -> Iterator[str]:
    values = [Argument(name=name, value=Code(variable)) for variable, name in names.items()]
    yield returned(Call(result, (), values))


def _bodies(constructs: Iterable[_Construct]) -> Iterator[str]:
    """Walk through the lines that define *constructs*, with an empty line before each."""
    for one in constructs:
        yield ""
        yield from (statement.text() for statement in one.statements)


def _names(constructs: Iterable[_Construct]) -> set[str]:
    """Return the public names that *constructs* need."""
    return {
        name
        for one in constructs
        for statement in one.statements
        for name in names_in(statement.expression)
    }


def _variables(construct: _Construct) -> Iterator[str]:
    for statement in construct.statements:
        yield from statement.variables()


def _without_idle_variables(constructs: Sequence[_Construct]) -> Sequence[_Construct]:
    """Remove the variable of a construct that nothing refers to."""
    used = {variable for one in constructs for variable in _variables(one)}
    return [
        one
        if one.variable in used
        else replace(one, statements=[replace(one.statements[0], target=""), *one.statements[1:]])
        for one in constructs
    ]
