"""Reads Terraform JSON by CDKTF or by people, without evaluating it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from constructs_auth.errors import UnreadableError
from constructs_auth.facts.kept_arguments import EMPTY_IF_NOT_SET, KEPT
from constructs_auth.facts.templates import holds_template, interpolated
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.configuration import Backend, Configuration, Output, Variable
from constructs_auth.terraform.hcl.written import HclFile
from constructs_auth.terraform.json_files import (
    JsonFile,
    bodies,
    named,
    read_written,
    refuse_irregular,
    refuse_mark,
    resource_blocks,
    sections,
)
from constructs_auth.terraform.module_files import JSON, is_override, module_files
from constructs_auth.terraform.overrides import with_overrides
from constructs_auth.terraform.references import Scope, traversals
from constructs_auth.terraform.resource import Origin, Resource

_SECTIONS = frozenset(
    {
        "//",
        "check",
        "data",
        "ephemeral",
        "import",
        "locals",
        "module",
        "moved",
        "output",
        "provider",
        "removed",
        "resource",
        "terraform",
        "variable",
    }
)


FilesOf: TypeAlias = Callable[[Path, str], Sequence[JsonFile]]
"""Reads the files of the module in a folder; the second argument is the module's address."""


def json_files(folder: Path, _address: str) -> Sequence[JsonFile]:
    """Read the JSON files of *folder*, with their override files merged as Terraform does.

    Raises:
        UnreadableError: A file is not Terraform JSON.
    """
    paths = module_files(folder, JSON).paths
    for path in paths:
        refuse_irregular(path)
    files = [read_written(path) for path in paths if not is_override(path.name)]
    overrides = [read_written(path) for path in paths if is_override(path.name)]
    for file in (*files, *overrides):
        refuse_mark(file)
    return with_overrides(files, overrides)


def read_folder(folder: Path, files_of: FilesOf = json_files) -> Configuration:
    """Read the files of *folder*, and the modules that they call by a relative path.

    Args:
        folder: The root module.
        files_of: Reads the files of a folder; by default those in JSON.

    Raises:
        UnreadableError: A file is not Terraform, or there is none.
    """
    files = files_of(folder, "") if folder.is_dir() else ()
    if not files:
        raise UnreadableError(
            str(folder),
            "contains no *.tf.json file",
            remedy="for *.tf files, give a plan: `terraform plan -out plan`, then "
            "`terraform show -json plan > plan.json`",
        )
    return _read(files, _Place(folder, files_of))


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of a module.

    Attributes:
        folder: Its folder; `None` if its text is in no file.
        files_of: Reads the files of the modules that it calls.
        above: The folders of the modules around it.
    """

    folder: Path | None
    files_of: FilesOf = json_files
    above: tuple[Path, ...] = ()


def read_file(file: Path) -> Configuration:
    """Read one file of Terraform JSON, such as CDKTF's `cdk.tf.json`.

    Raises:
        UnreadableError: It is not Terraform JSON.
    """
    return read_one(read_written(file))


def read_one(file: JsonFile) -> Configuration:
    """Read a file of Terraform JSON that is parsed already.

    Raises:
        UnreadableError: It is not Terraform JSON.
    """
    refuse_mark(file)
    return _read([file], _Place(Path(file.file).parent))


def read_document(document: Mapping[str, Any], *, file: str = "cdk.tf.json") -> Configuration:
    """Read Terraform JSON that is not in a file.

    Raises:
        UnreadableError: It is not Terraform JSON.
    """
    return _read([JsonFile(document=document, file=file)], _Place(None))


def _read(files: Sequence[JsonFile], place: _Place) -> Configuration:
    for file in files:
        if isinstance(file, HclFile):  # other files may not be Terraform
            continue
        if file.document and not _SECTIONS & file.document.keys():
            raise UnreadableError(
                file.file,
                "has none of Terraform's blocks (resource, provider, terraform, …)",
                remedy="give Terraform JSON or a plan",
            )
    imported = frozenset(imports(files))
    resources = [
        replace(one, is_imported=True) if one.address in imported else one
        for one in _module(files, Scope(), place)
    ]
    providers = [provider for _, provider in _providers(files)]
    backend = next((found for file in files for found in backends(file)), None)
    if backend is None and providers:  # a called module has neither
        backend = Backend(kind="none", origin=Origin(file=files[0].file))
    return Configuration(
        resources,
        outputs=[output for file in files for output in outputs(file)],
        variables=[variable for file in files for variable in variables(file)],
        backend=backend,
        providers=providers,
    )


def _providers(files: Sequence[JsonFile]) -> Iterator[tuple[str, Block]]:
    """Walk through the configurations of the AWS provider, by name."""
    for file in files:
        for found in sections(file, "provider"):
            for provider in bodies(found.get("aws")):
                alias = provider.get("alias")
                yield f"aws.{alias}" if alias else "aws", Block(values=provider)


def passed_on(call: Mapping[str, Any], providers: Mapping[str, Block]) -> dict[str, Block]:
    """Return the *providers* that the *call* passes to a module, by the module's own names."""
    given = call.get("providers")
    if not isinstance(given, Mapping):  # a module inherits only the default one
        return {name: found for name, found in providers.items() if name == "aws"}
    return {
        str(name): providers[provider_name(source)]
        for name, source in given.items()
        if provider_name(source) in providers
    }


def provider_name(provider: object) -> str:
    """Return the name of the provider that an argument refers to; `aws` if there is none."""
    return interpolated(provider) or provider if isinstance(provider, str) else "aws"


def _module(files: Sequence[JsonFile], scope: Scope, place: _Place) -> Iterator[Resource]:
    scope.providers = {**scope.providers, **dict(_providers(files))}
    scope.locals = {
        name: traversals(value)
        for file in files
        for section in sections(file, "locals")
        for name, value in section.items()
    }
    scope.outputs = {
        name: traversals(body.get("value"))
        for file in files
        for name, body in named(file, "output")
    }
    children = [
        resource
        for file in files
        for name, call in named(file, "module")
        for resource in _called(name, call, scope, place)
    ]
    for file in files:
        yield from _resources(file, scope)
    yield from children


def _called(name: str, call: Mapping[str, Any], parent: Scope, place: _Place) -> Iterator[Resource]:
    address = f"{parent.address}.module.{name}" if parent.address else f"module.{name}"
    child = Scope(
        address=address,
        parent=parent,
        arguments={argument: traversals(value) for argument, value in call.items()},
        outputs=None,
        providers=passed_on(call, parent.providers),
        perhaps_in=address if call.keys() & {"count", "for_each"} else parent.perhaps_in,
    )
    parent.children[name] = child
    source = call.get("source")
    if place.folder is None or not isinstance(source, str):
        return
    if not source.startswith(("./", "../")):
        return
    inner = (place.folder / source).resolve()
    files = place.files_of(inner, child.address) if _may_be_read(inner, place) else ()
    if files:
        yield from _module(files, child, _Place(inner, place.files_of, (*place.above, inner)))


def _may_be_read(folder: Path, place: _Place) -> bool:
    return folder.is_dir() and folder not in place.above


def _resources(file: JsonFile, scope: Scope) -> Iterator[Resource]:
    for kind, name, body in resource_blocks(file):
        yield _resource(file, scope, kind, name, body)


def _resource(
    file: JsonFile, scope: Scope, kind: str, name: str, body: Mapping[str, Any]
) -> Resource:
    address = f"{scope.address}.{kind}.{name}" if scope.address else f"{kind}.{name}"
    lifecycle = next(bodies(body.get("lifecycle")), {})
    return Resource(
        address=address,
        type=kind,
        static_address=address,
        module=scope.address,
        perhaps_in=scope.perhaps_in,
        body=Block(
            values=body,
            address=address,
            kept=KEPT.get(kind, frozenset()),
            empty_if_not_set=kind in EMPTY_IF_NOT_SET,
        ),
        references={
            argument: scope.find(dotted)
            for argument, value in body.items()
            if argument != "//" and (dotted := traversals(value))
        },
        depends_on=_texts(body.get("depends_on")),
        provider=scope.providers.get(provider_name(body.get("provider"))),
        prevent_destroy=guard(lifecycle.get("prevent_destroy")),
        ignore_changes=ignored(lifecycle.get("ignore_changes")),
        origin=Origin(
            file=getattr(body, "file", file.file),
            line=getattr(body, "line", 0) or file.lines.get(("resource", kind, name), 0),
            construct_path=_construct_path(body),
        ),
    )


def guard(value: object) -> bool | None:
    """Return whether `prevent_destroy` is set; OpenTofu 1.12 also evaluates an expression."""
    return None if isinstance(value, str) and holds_template(value) else value is True


def imports(files: Sequence[JsonFile]) -> Iterator[str]:
    """Walk through the addresses that `import` blocks name."""
    for file in files:
        for block in bodies(file.document.get("import")):
            target = block.get("to")
            if isinstance(target, str):
                yield interpolated(target) or target


def ignored(value: object) -> tuple[str, ...]:
    """Return the arguments of `ignore_changes`; `all` stands for every argument."""
    return (value,) if isinstance(value, str) else _texts(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _construct_path(body: Mapping[str, Any]) -> str:
    """Return the path of the construct; its `Default` resource has the same path."""
    comment = body.get("//")
    metadata = comment.get("metadata") if isinstance(comment, Mapping) else None
    path = metadata.get("path") if isinstance(metadata, Mapping) else None
    return path.removesuffix("/Default") if isinstance(path, str) else ""


def outputs(file: JsonFile) -> Iterator[Output]:
    """Walk through the outputs in *file*."""
    for name, body in named(file, "output"):
        value = body.get("value")
        yield Output(
            name=name,
            value=value,
            sensitive=body.get("sensitive") is True,
            references=traversals(value),
            origin=_origin(file, "output", name),
        )


def variables(file: JsonFile) -> Iterator[Variable]:
    """Walk through the variables in *file*."""
    for name, body in named(file, "variable"):
        yield Variable(
            name=name,
            sensitive=body.get("sensitive") is True,
            default=body.get("default"),
            origin=_origin(file, "variable", name),
        )


def backends(file: JsonFile) -> Iterator[Backend]:
    """Walk through the backends in *file*; there is at most one."""
    for settings in sections(file, "terraform"):
        for backend in bodies(settings.get("backend")):
            for kind, arguments in backend.items():
                yield Backend(
                    kind=kind,
                    arguments=Block(values=next(bodies(arguments), {})),
                    origin=_origin(file, "terraform", "backend"),
                )
        if settings.get("cloud") is not None:
            yield Backend(kind="cloud", origin=_origin(file, "terraform", "cloud"))


def _origin(file: JsonFile, *path: str) -> Origin:
    return Origin(file=file.file, line=file.lines.get(path, 0))
