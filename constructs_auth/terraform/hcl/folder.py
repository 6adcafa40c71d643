"""Reads a folder of Terraform as people write it: HCL and JSON together, as Terraform does."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from constructs_auth.errors import UnreadableError
from constructs_auth.terraform.block import Block
from constructs_auth.terraform.configuration import Backend, Configuration
from constructs_auth.terraform.hcl.evaluator import Evaluator, PendingError
from constructs_auth.terraform.hcl.expansion import Expansion
from constructs_auth.terraform.hcl.inputs import read_inputs
from constructs_auth.terraform.hcl.module import Declared, Environment, Module, resources_of
from constructs_auth.terraform.hcl.parser import FIX, NotHclError, require_extra
from constructs_auth.terraform.hcl.syntax import read_hcl
from constructs_auth.terraform.hcl.values import has_template
from constructs_auth.terraform.hcl.written import Comment, HclFile, Json, UnreadModule
from constructs_auth.terraform.json_files import (
    JsonFile,
    bodies,
    read_written,
    refuse_irregular,
    refuse_mark,
    sections,
)
from constructs_auth.terraform.module_files import (
    HCL,
    LeftOut,
    ModuleFiles,
    is_override,
    module_files,
)
from constructs_auth.terraform.overrides import with_overrides
from constructs_auth.terraform.resource import Origin, Resource
from constructs_auth.terraform.sensitive import secrets_in
from constructs_auth.terraform.terraform_json import (
    backends,
    imports,
    outputs,
    passed_on,
    variables,
)

_MOST_ROUNDS = 60
_DEEPEST_MODULE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFolder:
    """The result of reading a folder.

    Attributes:
        configuration: The resources.
        files: The files that were read.
        unread: The modules that were not read.
        broken: Why a file could not be read, one line for each.
        comments: The comments for this program, each with the address of its resource.
        left_out: The files that OpenTofu does not read.
        secrets: The literal texts of local values with names of secrets, of all modules.
    """

    configuration: Configuration
    files: tuple[str, ...]
    unread: tuple[UnreadModule, ...] = ()
    broken: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    secrets: frozenset[str] = field(default=frozenset(), repr=False)


def has_hcl(folder: Path) -> bool:
    """Return whether *folder* contains a file in HCL."""
    return bool(module_files(folder, HCL).paths)


def read_hcl_folder(folder: Path, *, var_files: Sequence[Path] = ()) -> ReadFolder:
    """Read the files of *folder*, and the modules that they call by a relative path.

    Args:
        folder: The root module.
        var_files: More files with values of variables.

    Raises:
        UnreadableError: A file of values cannot be read, or nothing can.
    """
    require_extra(str(folder))
    with Evaluator() as evaluator:
        return _Reading(evaluator).read(folder, var_files)


@dataclass(slots=True)
class _Reading:
    evaluator: Evaluator
    files: dict[Path, Sequence[JsonFile]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unread: list[UnreadModule] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    expansion: Expansion = field(init=False)

    def __post_init__(self) -> None:
        self.expansion = Expansion(self.evaluator)

    def read(self, folder: Path, var_files: Sequence[Path]) -> ReadFolder:
        files = self._files_of(folder)
        root = Module(files=files, folder=folder)
        root.inputs = read_inputs(folder, root.variables, var_files)
        root.providers = self._providers(files, root)
        resources = self._resources(root)
        providers = [found for _, found in sorted(root.providers.items())]
        backend = next((found for file in files for found in backends(file)), None)
        if backend is None and providers:  # a called module has neither
            backend = Backend(kind="none", origin=Origin(file=files[0].file))
        imported = frozenset(imports(files))
        configuration = Configuration(
            [
                replace(one, is_imported=True) if one.address in imported else one
                for one in resources
            ],
            outputs=[output for file in files for output in outputs(file)],
            variables=[variable for file in files for variable in variables(file)],
            backend=backend,
            providers=providers,
        )
        if self.evaluator.has_failed:
            self.broken.append(
                f"{folder}: its expressions could not be evaluated; simplify the one that is "
                "nested most deeply, or give a plan"
            )
        return ReadFolder(
            configuration=configuration,
            files=tuple(self.names),
            unread=tuple(self.unread),
            broken=tuple(self.broken),
            comments=tuple(self.comments),
            left_out=tuple(self.left_out),
            secrets=frozenset(
                text
                for found in self.files.values()
                for file in found
                for section in sections(file, "locals")
                for text in secrets_in("", section, None)
                if not has_template(text)
            ),
        )

    # Files.

    def _files_of(self, folder: Path) -> Sequence[JsonFile]:
        """Return the files of a module, with override files merged; broken ones are left out."""
        at = folder.resolve()
        if at not in self.files:
            files = module_files(folder) if folder.is_dir() else ModuleFiles()
            self.left_out.extend(files.left_out)
            found = [file for path in files.paths if (file := self._read(path)) is not None]
            self.names.extend(file.file for file in found)
            plain = [file for file in found if not is_override(Path(file.file).name)]
            overrides = [file for file in found if is_override(Path(file.file).name)]
            self._refuse_twice(plain)
            try:
                self.files[at] = with_overrides(plain, overrides)
            except UnreadableError as error:
                self.broken.append(str(error))
                self.files[at] = plain
        return self.files[at]

    def _read(self, path: Path) -> JsonFile | None:
        try:
            refuse_irregular(path)
            if path.name.endswith(".json"):
                file = read_written(path)
                refuse_mark(file)
                return file
            return read_hcl(path)
        except NotHclError as error:
            self.broken.append(self._explained(error))
        except UnreadableError as error:
            self.broken.append(str(error))
        return None

    def _explained(self, error: NotHclError) -> str:
        """Return the error of Terraform's own parser for a file; ours only knows the place."""
        found = self.evaluator.syntax_error(error.text)
        if found is None:
            return str(error)
        line, column, text = found
        if not text:
            return (
                f"{error.place}: is valid HCL that check cannot read; write it in another way, or "
                "give a plan"
            )
        return f"{error.file}:{line}:{column}: {text[:1].lower()}{text[1:]}; {FIX}"

    def _refuse_twice(self, files: Sequence[JsonFile]) -> None:
        """Return an error for each resource that is defined twice, which Terraform refuses."""
        seen: dict[tuple[str, str], Declared] = {}
        for declared in resources_of(files):
            name = (declared.kind, declared.name)
            first = seen.setdefault(name, declared)
            if first is not declared:
                self.broken.append(
                    f"{_place(declared)}: {declared.kind}.{declared.name} must be unique, and "
                    f"{_place(first)} defines it too; rename one"
                )

    # Modules.

    def _resources(self, root: Module) -> list[Resource]:
        """Expand all blocks, in rounds; between two rounds, evaluate the requested values."""
        found: dict[tuple[Module, int], list[Resource]] = {}
        declared: dict[tuple[Module, int], Declared] = {}
        calls: list[tuple[Module, str, Mapping[str, Json]]] = []
        self._add(root, declared, calls)
        for _ in range(_MOST_ROUNDS):
            calls = self._called(calls, declared)
            for key in [key for key in declared if key not in found]:
                with suppress(PendingError):
                    found[key] = self.expansion.resources(declared[key], key[0])
            if not calls and len(found) == len(declared):
                break
            self.evaluator.evaluate()
        return [resource for key in declared for resource in found.get(key, ())]

    def _add(
        self,
        module: Module,
        declared: dict[tuple[Module, int], Declared],
        calls: list[tuple[Module, str, Mapping[str, Json]]],
    ) -> None:
        for at, one in enumerate(module.every_resource):
            declared[module, at] = one
        calls.extend((module, name, call) for name, call in module.calls())
        for file in module.files:
            if isinstance(file, HclFile):
                self.comments.extend(
                    comment.within(module.static_address) for comment in file.comments
                )

    def _called(
        self,
        calls: list[tuple[Module, str, Mapping[str, Json]]],
        declared: dict[tuple[Module, int], Declared],
    ) -> list[tuple[Module, str, Mapping[str, Json]]]:
        """Read the called modules, and those that they call; return the calls that must wait."""
        waiting = []
        while calls:
            call = calls.pop(0)
            if not self._call(*call, declared, calls):
                waiting.append(call)
        return waiting

    def _call(
        self,
        module: Module,
        name: str,
        call: Mapping[str, Json],
        declared: dict[tuple[Module, int], Declared],
        calls: list[tuple[Module, str, Mapping[str, Json]]],
    ) -> bool:
        """Read a called module, and return whether its instances could be evaluated."""
        static = (
            f"{module.static_address}.module.{name}"
            if module.static_address
            else (f"module.{name}")
        )
        folder = self._folder_of(module, call)
        if folder is None:
            module.called[name] = None
            self.unread.append(UnreadModule(address=static, source=str(call.get("source", ""))))
            return True
        try:
            instances = self.expansion.instances_of(call, module)
        except PendingError:
            return False
        is_known = instances is not None
        children: dict[str | None, Module] = {}
        expected = {None: module.own} if instances is None else instances
        for key, environment in expected.items():
            plain = f"{module.address}.module.{name}" if module.address else f"module.{name}"
            at = "" if key is None else (f"[{key}]" if "count" in call else f'["{key}"]')
            child = self._child(folder, f"{plain}{at}", static, environment, call)
            child.perhaps_in = module.perhaps_in if is_known else static
            children[key] = child
        module.called[name] = children if is_known else None
        for child in children.values():
            self._add(child, declared, calls)
        return True

    def _folder_of(self, module: Module, call: Mapping[str, Json]) -> Path | None:
        """Return the folder of a called module; `None` if it is not read."""
        source = call.get("source")
        if not isinstance(source, str) or not source.startswith(("./", "../")):
            return None
        folder = module.folder / source
        above: Module | None = module
        depth = 0
        while above is not None:
            if above.folder.resolve() == folder.resolve():
                return None
            above = None if above.caller is None else above.caller.module
            depth += 1
        return folder if depth < _DEEPEST_MODULE and self._files_of(folder) else None

    def _child(
        self,
        folder: Path,
        address: str,
        static: str,
        environment: Environment,
        call: Mapping[str, Json],
    ) -> Module:
        files = self._files_of(folder)
        child = Module(
            files=files,
            folder=folder,
            address=address,
            static_address=static,
            caller=environment,
            arguments=call,
        )
        passed = passed_on(call, environment.module.providers)
        child.providers = {**passed, **self._providers(files, child)}
        return child

    def _providers(self, files: Sequence[JsonFile], module: Module) -> dict[str, Block]:
        """Return the configurations of the AWS provider, by name."""
        found: dict[str, Block] = {}
        for file in files:
            for section in sections(file, "provider"):
                for provider in bodies(section.get("aws")):
                    alias = provider.get("alias")
                    values = self._evaluated_at_once(provider, module)
                    found[f"aws.{alias}" if alias else "aws"] = Block(values=values)
        return found

    def _evaluated_at_once(self, body: Mapping[str, Json], module: Module) -> Mapping[str, Json]:
        for _ in range(_MOST_ROUNDS):
            try:
                return self.expansion.body("", body, module.own, ("provider",))
            except PendingError:
                self.evaluator.evaluate()
        return body


def _place(declared: Declared) -> str:
    line = getattr(declared.body, "line", 0)
    line = line or declared.file.lines.get(("resource", declared.kind, declared.name), 0)
    return f"{declared.file.file}:{line}"
