"""What a module declares, and the values that its caller gives it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from constructs_auth.terraform.block import Block
from constructs_auth.terraform.hcl.written import Json
from constructs_auth.terraform.json_files import (
    JsonFile,
    bodies,
    named,
    resource_blocks,
    sections,
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The scope of an expression: its module, and the values of `each`, `count` and iterators.

    Attributes:
        module: The module's instance.
        bound: The meaning of `each.key`, `each.value`, `count.index` and of iterators of dynamic
            blocks, such as `setting.value`.
    """

    module: "Module"
    bound: Mapping[str, "Term"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A literal or an expression, with its scope."""

    value: Json
    environment: Environment


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of a variable with a type, which Terraform converts it to."""

    written: Written
    kind: str


@dataclass(frozen=True, slots=True)
class Standalone:
    """An expression that refers to nothing else, for the evaluator.

    Attributes:
        text: The expression.
        origin: The expression that it is a part of, whose references it may have.
    """

    text: str
    origin: Written


@dataclass(frozen=True, slots=True)
class Managed:
    """A resource of the configuration, or one of its instances.

    Attributes:
        module: Its module.
        kind: Its type.
        name: Its name.
        key: The key of the instance; `None` if there is none, or if it is not known.
    """

    module: "Module"
    kind: str
    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that is not known.

    Attributes:
        why: Why, as a phrase.
        is_outside: Whether it comes from outside: a data source, or a variable of the root module.
    """

    why: str
    is_outside: bool = False


Term: TypeAlias = Written | Typed | Standalone | Managed | Hidden


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """A resource block.

    Attributes:
        kind: Its type.
        name: Its name.
        body: Its arguments.
        file: The file that it is in.
    """

    kind: str
    name: str
    body: Mapping[str, Json]
    file: JsonFile


@dataclass(slots=True, eq=False)
class Module:
    """One instance of a module.

    Attributes:
        files: Its files, with override files merged.
        folder: Its folder.
        address: `module.auth["a"]`, empty for the root.
        static_address: *address* without keys.
        caller: Where the module is called; `None` for the root.
        arguments: The arguments of the call.
        inputs: The values of variables of the root that are not in a block: of `terraform.tfvars`.
        providers: The configurations of the AWS provider, by the names that it has for them.
        called: The instances of each module that it calls, by key; `None` if it is not read or
            its instances are not known.
        perhaps_in: This module or one around it, if it is not known to have an instance.
        own: The scope of its locals, outputs and defaults.
        every_resource: Its resource blocks, in their order.
    """

    files: Sequence[JsonFile]
    folder: Path
    address: str = ""
    static_address: str = ""
    caller: Environment | None = None
    arguments: Mapping[str, Json] = field(default_factory=dict)
    inputs: Mapping[str, Json] = field(default_factory=dict)
    providers: Mapping[str, Block] = field(default_factory=dict)
    called: dict[str, "dict[str | None, Module] | None"] = field(default_factory=dict)
    perhaps_in: str = ""
    own: Environment = field(init=False)
    locals: Mapping[str, Json] = field(init=False)
    variables: Mapping[str, Mapping[str, Json]] = field(init=False)
    outputs: Mapping[str, Mapping[str, Json]] = field(init=False)
    every_resource: Sequence[Declared] = field(init=False)
    resources: Mapping[tuple[str, str], Declared] = field(init=False)

    def __post_init__(self) -> None:
        """Index what the files declare."""
        self.own = Environment(self)
        self.locals = {
            name: value
            for file in self.files
            for section in sections(file, "locals")
            for name, value in section.items()
        }
        self.variables = self._named("variable")
        self.outputs = self._named("output")
        self.every_resource = resources_of(self.files)
        self.resources = {(one.kind, one.name): one for one in self.every_resource}

    def calls(self) -> Iterator[tuple[str, Mapping[str, Json]]]:
        """Walk through the calls of modules, by name."""
        for file in self.files:
            yield from named(file, "module")

    def _named(self, section: str) -> Mapping[str, Mapping[str, Json]]:
        return {name: body for file in self.files for name, body in named(file, section)}


def resources_of(files: Sequence[JsonFile]) -> Sequence[Declared]:
    """Return the resource blocks of *files*."""
    return tuple(
        Declared(kind, name, body, file)
        for file in files
        for kind, name, body in resource_blocks(file)
    )


def only(value: object) -> Mapping[str, Json]:
    """Return a block, which may be in a list; an empty one if there is none."""
    return next(bodies(value), {})
