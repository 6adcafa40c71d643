"""The frameworks that this package runs on, and the choice between them."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

from constructs_auth.errors import InvalidValueError

SWITCH = "CONSTRUCTS_AUTH_FRAMEWORK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A framework, and the AWS bindings that belong to it.

    Attributes:
        module: The Python module of the framework.
        bindings: The Python module of the AWS bindings.
        package: The package of the bindings for pip.
        install: The command that installs both.
        as_shipped_seconds: What a start with the bindings as shipped takes in addition, as
            docs/performance.md measures it.
    """

    module: str
    bindings: str
    package: str
    install: str
    as_shipped_seconds: int

    def is_installed(self) -> bool:
        """Return whether both the framework and its bindings are installed."""
        return _is_installed(self.module) and _is_installed(self.bindings)

    def is_imported(self) -> bool:
        """Return whether the program has imported the framework or its bindings."""
        return not sys.modules.keys().isdisjoint({self.module, self.bindings})


CDKTF = Framework(
    module="cdktf",
    bindings="cdktf_cdktf_provider_aws",
    package="cdktf-cdktf-provider-aws",
    install="pip install constructs-auth",
    as_shipped_seconds=20,
)
CDKTN = Framework(
    module="cdktn",
    bindings="cdktn_provider_aws",
    package="cdktn-provider-aws",
    install="pip install 'constructs-auth[cdktn]'",
    as_shipped_seconds=6,
)
FRAMEWORKS = (CDKTN, CDKTF)
"""In the order of preference: our constructs on CDK Terrain also work in stacks of CDKTF."""


@cache
def framework_in_use() -> Framework:
    """Return the framework that our constructs use in this process.

    The first call decides: by the imports of the program, otherwise by the environment variable,
    otherwise by what is installed.

    Raises:
        InvalidValueError: The environment variable names no framework, or the packages of the
            framework are not all installed.
    """
    wanted = _wanted()
    imported = [each for each in FRAMEWORKS if each.is_imported()]
    if not imported:
        if wanted is not None:
            return _whole([wanted])
        return next((each for each in FRAMEWORKS if each.is_installed()), None) or _whole([CDKTF])
    if imported == [CDKTF]:
        return _whole([CDKTF, CDKTN])
    return _whole(sorted(imported, key=lambda each: each is not wanted))


def framework_of(kind: type) -> Framework | None:
    """Return the framework that a class comes from, or that it extends; `None` for neither."""
    for base in kind.__mro__:
        root = base.__module__.partition(".")[0]
        for each in FRAMEWORKS:
            if root in {each.module, each.bindings}:
                return each
    return None


def _wanted() -> Framework | None:
    word = os.environ.get(SWITCH)
    if not word:
        return None
    for each in FRAMEWORKS:
        if each.module == word:
            return each
    raise InvalidValueError(
        SWITCH,
        "must be cdktf or cdktn",
        got=word,
        remedy="write one of the two, or unset it",
    )


def _whole(candidates: Sequence[Framework]) -> Framework:
    """Return the first of *candidates* that is installed together with its AWS bindings."""
    for each in candidates:
        if each.is_installed():
            return each
    first = candidates[0]
    present = [
        package
        for package, module in ((first.module, first.module), (first.package, first.bindings))
        if _is_installed(module)
    ]
    raise InvalidValueError(
        "framework",
        f"must have {first.module} and {first.package} installed",
        got=present,
        remedy=f"run: {first.install}",
    )


def _is_installed(module: str) -> bool:
    try:
        spec = find_spec(module)
    except ValueError:  # a module that is imported and has no spec, as in a test
        return module in sys.modules
    return spec is not None and spec.origin is not None
