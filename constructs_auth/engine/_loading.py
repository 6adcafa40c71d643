"""Load the AWS bindings in less than a second: one submodule at a time, and few files."""

import importlib
import os
import pkgutil
import subprocess
import sys
import typing
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, TypeGuard

from constructs_auth.engine._ahead import can_go_ahead, go_ahead
from constructs_auth.engine._beside import PREPARING, start_deriving, wait_for
from constructs_auth.engine._cache import (
    cached_assembly,
    default_folder,
    is_missing,
    progress_line,
)
from constructs_auth.engine._channel import MODULE_OF_NODE, can_start_kernel, start_kernel
from constructs_auth.engine._framework import CDKTF, FRAMEWORKS, Framework, framework_in_use
from constructs_auth.engine._jsii_cache import choose_jsii_cache
from constructs_auth.engine._package import (
    Assembly,
    UnknownLayoutError,
    find_assembly,
    only_imports_submodules,
)

SWITCH = "CONSTRUCTS_AUTH_FAST_START"

_BY_BINDINGS = {each.bindings: each for each in FRAMEWORKS}
_OFF = frozenset({"0", "false", "no", "off"})


def prepare_imports() -> None:
    """Speed up the following imports of the bindings, without a change in behavior.

    As shipped, the first import of an AWS resource imports all 2,212 Python modules (the bindings
    of CDKTF), and Node reads all the JavaScript (those of both frameworks). The finder installs two
    replacements: a root package that imports a submodule at its first use, and for Node an assembly
    derived from the shipped one. It skips a replacement that may not fit, and then the bindings
    work as shipped. It does nothing with `CONSTRUCTS_AUTH_FAST_START=0`.
    """
    sys.meta_path.insert(0, _Finder)
    if not _is_off():
        choose_jsii_cache(default_folder().parent)


class _Finder:
    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del target
        if name in _BY_BINDINGS:
            return spec_of_bindings(name)
        if path is not None and name.partition(".")[0] in _BY_BINDINGS:
            return _spec_of_submodule(name, path)
        if name == MODULE_OF_NODE and not _is_off():
            return _spec(name, path, _ProcessLoader)
        return None


def spec_of_bindings(name: str) -> ModuleSpec | None:
    """Return the import specification that loads the bindings *name* fast.

    `None` stands for the usual import: the fast start is off, or the bindings are not a folder.
    """
    return None if _is_off() else _spec(name, None, _BindingsLoader)


def _spec_of_submodule(name: str, path: Sequence[str]) -> ModuleSpec | None:
    """Return the specification of a submodule of the bindings that `_BindingsLoader` loaded.

    `None` stands for the usual import: the fast start is off, or another finder gave the package.
    """
    root = name.partition(".")[0]
    around = getattr(sys.modules.get(root), "__spec__", None)
    if around is None or around.name != root or type(around.loader) is not _BindingsLoader:
        return None
    return _spec(name, path, _SubmoduleLoader)


def _spec(
    name: str, path: Sequence[str] | None, loader: type[SourceFileLoader]
) -> ModuleSpec | None:
    """Return the specification that loads the module by *loader*, if its source is a file."""
    spec = PathFinder.find_spec(name, path)
    if spec is None or type(spec.loader) is not SourceFileLoader:
        return None
    spec.loader = loader(name, spec.loader.path)
    return spec


class _ProcessLoader(SourceFileLoader):
    """Load jsii's module that starts Node."""

    def exec_module(self, module: ModuleType) -> None:
        """Load it; then let it start the kernel itself, and let Python go ahead of Node.

        Each only if it does the work in the known way.
        """
        super().exec_module(module)
        source = self.get_data(self.path)
        if can_start_kernel(source):
            vars(module)["subprocess"] = _copy_with(subprocess, "Popen", start_kernel)
        if can_go_ahead(source):
            go_ahead(module)


class _SubmoduleLoader(SourceFileLoader):
    """Load a submodule of the bindings, which checks the types of all arguments."""

    def exec_module(self, module: ModuleType) -> None:
        """Load it; then make its checks fast, with the same results.

        Each function evaluates its annotations once, not at each call, and passes a plain value of
        an expected type without the general check, which looks at each type of a union.
        """
        super().exec_module(module)
        names = vars(module)
        if names.get("typing") is typing:
            names["typing"] = _typing_that_remembers()
            if callable(check := names.get("check_type")):
                names["check_type"] = _with_plain_values_first(check)


@cache
def _typing_that_remembers() -> ModuleType:
    """Return the module `typing` with a `get_type_hints` that remembers its results."""
    return _copy_with(typing, "get_type_hints", cache(typing.get_type_hints))


def _copy_with(module: ModuleType, name: str, value: object) -> ModuleType:
    """Return a copy of *module* in which *name* has another value."""
    copy = ModuleType(module.__name__)
    vars(copy).update({**vars(module), name: value})
    return copy


class _CheckType(Protocol):
    """What jsii generates to check an argument."""

    def __call__(
        self,
        argname: str,
        value: object,
        expected_type: Any,  # noqa: ANN401 (any annotation)
    ) -> object: ...


def _with_plain_values_first(check: _CheckType) -> _CheckType:
    """Return *check*, which is not called for a plain value of an expected type.

    Nor is it for an object of a class that it has accepted before, and for a list of such values.
    """
    # By the identity of a type, because the hash of a union takes as long as a check. The type is
    # kept, so that no other type gets its identity.
    known: dict[int, _Expected] = {}

    def check_type(argname: str, value: object, expected_type: Any) -> object:  # noqa: ANN401
        expected = known.get(id(expected_type))
        if expected is None:
            expected = known[id(expected_type)] = _Expected(expected_type)
        if expected.accepts(value):
            return None
        found = check(argname=argname, value=value, expected_type=expected_type)
        expected.remember(value)
        return found

    return check_type


_PLAIN = frozenset({bool, float, int, str, type(None)})


class _Expected:
    """An expected type: the classes of which it accepts each object, and the items of its lists."""

    __slots__ = ("accepted", "classes", "items", "kept")

    def __init__(self, expected: object) -> None:
        self.kept = expected
        parts = _parts(expected)
        self.classes = tuple(part for part in parts if _accepts_its_objects(part))
        self.accepted = set(_PLAIN.intersection(self.classes))
        of_lists = (part for part in parts if typing.get_origin(part) is Sequence)
        self.items = [_Expected(item) for part in of_lists for item in typing.get_args(part)]

    def accepts(self, value: object) -> bool:
        """Return whether *value* is known to be accepted."""
        kind = type(value)
        if kind in self.accepted:
            return True
        return kind is list and any(
            items.accepted.issuperset(map(type, value))  # type: ignore[call-overload] # a list
            for items in self.items
        )

    def remember(self, value: object) -> None:
        """Remember the class of *value*, which was accepted, or those of its items."""
        kind = type(value)
        if issubclass(kind, self.classes):
            self.accepted.add(kind)
        elif kind is list:
            for items in self.items:
                for item in value:  # type: ignore[attr-defined] # a list
                    items.remember(item)


def _parts(expected: object) -> tuple[object, ...]:
    """Return the types of a union, or *expected* alone."""
    is_union = typing.get_origin(expected) is typing.Union
    return typing.get_args(expected) if is_union else (expected,)


def _accepts_its_objects(part: object) -> TypeGuard[type]:
    """Return whether each object of *part* is accepted: of a plain type, or of a class of jsii."""
    if not isinstance(part, type):
        return False
    is_of_jsii = hasattr(part, "__jsii_type__") and not getattr(part, "_is_protocol", False)
    return part in _PLAIN or is_of_jsii


def module_in_framework(module: str) -> str:
    """Return the module of the framework in use for the *module* of CDKTF."""
    root, dot, rest = module.partition(".")
    return f"{_roots().get(root, root)}{dot}{rest}"


@cache
def _roots() -> dict[str, str]:
    framework = framework_in_use()
    _report_earlier_imports()
    _derive_early(framework)
    return {CDKTF.module: framework.module, CDKTF.bindings: framework.bindings}


def _derive_early(framework: Framework) -> None:
    """Derive the assembly where there is none yet, while this process imports the framework."""
    spec = None if framework.bindings in sys.modules else spec_of_bindings(framework.bindings)
    if spec is None or spec.origin is None:
        return
    shipped = find_assembly(Path(spec.origin).parent)
    # What goes wrong is reported when the bindings are loaded.
    with suppress(OSError):
        if shipped is not None and is_missing(shipped, default_folder()):
            start_deriving(shipped, default_folder())


def _report_earlier_imports() -> None:
    """Print a line if the program had to import the bindings as shipped."""
    for framework in FRAMEWORKS:
        module = sys.modules.get(framework.bindings)
        spec = getattr(module, "__spec__", None)
        if spec is not None and type(spec.loader) is SourceFileLoader and not _is_off():
            _report_slow_start(
                f"the program imports {framework.bindings} before constructs_auth",
                framework,
                remedy="install constructs-auth with pip, which makes the order of imports "
                "harmless, or import constructs_auth.engine first",
            )


class _BindingsLoader(SourceFileLoader):
    """Load the root package of the bindings."""

    def exec_module(self, module: ModuleType) -> None:
        """Load the derived assembly, then the root package, which may be a lazy one."""
        root = Path(self.path)
        assembly = find_assembly(root.parent)
        if assembly is not None:
            _load_derived(assembly, _BY_BINDINGS[module.__name__])
        if only_imports_submodules(root):
            _make_lazy(module)
        else:
            super().exec_module(module)


def _load_derived(shipped: Assembly, framework: Framework) -> None:
    """Load the derived assembly; the bindings' own load of that name then has no effect."""
    try:
        wait_for(shipped)
        with progress_line(PREPARING) as progress:
            derived = cached_assembly(shipped, default_folder(), progress)
    except OSError as error:
        _report_slow_start(
            str(error),
            framework,
            remedy=f"let {default_folder()} belong to the user alone, with 120 MB free",
        )
        return
    except UnknownLayoutError as error:
        _report_slow_start(str(error), framework, remedy="update constructs-auth")
        return
    for dependency in shipped.dependencies:
        importlib.import_module(dependency)
    import jsii  # noqa: PLC0415 (starts nothing of jsii where there is nothing to load)
    from jsii.errors import JSIIError  # noqa: PLC0415

    try:
        jsii.load(shipped.name, shipped.version, os.fspath(derived))
    except (JSIIError, RuntimeError) as error:
        _report_slow_start(
            f"jsii rejected the derived assembly ({error})",
            framework,
            remedy="update constructs-auth",
        )


def _report_slow_start(reason: str, framework: Framework, *, remedy: str) -> None:
    """Print one line on stderr."""
    sys.stderr.write(
        f"constructs-auth: this start takes up to {framework.as_shipped_seconds} seconds more, "
        f"because {reason}; {remedy}, or set {SWITCH}=0 to accept it\n"
    )


def _is_off() -> bool:
    return os.environ.get(SWITCH, "").lower() in _OFF


def _make_lazy(root: ModuleType) -> None:
    """Make the root package import a submodule at its first use.

    The shipped root of CDKTF's bindings imports all of its submodules. All ways to import a
    submodule work with both; `from package import *` imports them all. Newer jsii releases, such
    as that of CDK Terrain's bindings, generate such a root themselves.
    """
    name = root.__name__
    root.__path__ = pkgutil.extend_path(list(root.__path__), name)

    def submodules() -> list[str]:
        found = (module.name for module in pkgutil.iter_modules(root.__path__))
        return sorted(module for module in found if not module.startswith("_"))

    def load(attribute: str) -> ModuleType | list[str]:
        if attribute == "__all__":
            return submodules()
        missing = AttributeError(f"module {name!r} has no attribute {attribute!r}")
        if attribute.startswith("__"):
            raise missing
        try:
            return importlib.import_module(f"{name}.{attribute}")
        except ModuleNotFoundError as error:
            if error.name != f"{name}.{attribute}":
                raise
            raise missing from error

    root.__dict__["__getattr__"] = load
    root.__dict__["__dir__"] = lambda: sorted({*root.__dict__, *submodules()})
