"""What works when a program uses both frameworks, and clear errors for what does not."""

import os
from typing import TYPE_CHECKING, TypeGuard, TypeVar

from constructs_auth.engine._framework import (
    CDKTF,
    CDKTN,
    FRAMEWORKS,
    SWITCH,
    framework_in_use,
    framework_of,
)
from constructs_auth.errors import InvalidValueError

if TYPE_CHECKING:
    from cdktf import TerraformStack

_Kind = TypeVar("_Kind")


def is_instance(value: object, kind: type[_Kind]) -> TypeGuard[_Kind]:
    """Return whether *value* is a *kind*, or an instance of its twin in the other framework.

    Our constructs on CDK Terrain work in stacks of CDKTF, beside resources of CDKTF.
    """
    return isinstance(value, kind) or any(
        base.__name__ == kind.__name__ and _twin(base) == _twin(kind)
        for base in type(value).__mro__
    )


def is_of_framework(module: str) -> bool:
    """Return whether a Python module belongs to one of the frameworks."""
    return module.partition(".")[0] in {each.module for each in FRAMEWORKS}


def reject_foreign_stack(subject: str, stack: "TerraformStack") -> None:
    """Reject a stack of CDK Terrain if our constructs are those of CDKTF.

    Args:
        subject: The name of the construct in the stack, for the error.
        stack: The stack.

    Raises:
        InvalidValueError: Such a stack fails at synthesis, with an error of Node.
    """
    if framework_in_use() is not CDKTF or framework_of(type(stack)) is not CDKTN:
        return
    remedy = f"import {CDKTN.module} before constructs_auth"
    if not CDKTN.is_installed():
        remedy = f"run: {CDKTN.install}"
    elif os.environ.get(SWITCH):
        remedy = f"{remedy}, and set {SWITCH}={CDKTN.module}"
    raise InvalidValueError(
        subject,
        f"must be in a stack of {CDKTF.module}, which constructs_auth uses in this program",
        got=f"{CDKTN.module}.TerraformStack",
        remedy=f"{remedy}, or use {CDKTF.module}.TerraformStack",
    )


def reject_foreign_elements(stack: "TerraformStack") -> None:
    """Reject constructs of CDKTF in a stack of CDK Terrain.

    Raises:
        InvalidValueError: Such a construct fails at synthesis, with an error of Node.
    """
    if framework_of(type(stack)) is not CDKTN or not CDKTF.is_imported():
        return
    for element in stack.node.find_all():
        if framework_of(type(element)) is CDKTF:
            raise InvalidValueError(
                element.node.path,
                f"must be a construct of {CDKTN.module}, as its stack",
                got=f"{type(element).__name__} of {_home(type(element))}",
                remedy=f"import it from {CDKTN.module} or {CDKTN.bindings}; or import no "
                f"{CDKTN.module} and set {SWITCH}={CDKTF.module}, so that the stack is one of "
                "CDKTF",
            )


def _home(kind: type) -> str:
    """Return the package of the framework that *kind* comes from."""
    homes = (base.__module__.partition(".")[0] for base in kind.__mro__)
    return next(home for home in homes if home in {CDKTF.module, CDKTF.bindings})


def _twin(kind: type) -> str:
    """Return the module of *kind*, as CDKTF names it."""
    root, dot, rest = kind.__module__.partition(".")
    own = {CDKTN.module: CDKTF.module, CDKTN.bindings: CDKTF.bindings}
    return f"{own.get(root, root)}{dot}{rest}"
