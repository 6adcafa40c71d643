"""The place of a construct in the tree, which Python caches so that it calls Node only once."""

import re
from dataclasses import dataclass
from typing import TypeGuard
from weakref import WeakKeyDictionary

from constructs_auth._tokens import is_token
from constructs_auth.engine import (
    Construct,
    IConstruct,
    TerraformResource,
    TerraformStack,
    catch_up,
    is_instance,
    is_of_framework,
    reject_foreign_stack,
)
from constructs_auth.errors import InvalidValueError

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DROPPED = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a construct is in the tree.

    Attributes:
        scope: The construct around it; `None` of the app.
        construct_id: Its id.
        path: The ids from the stack on, joined by `/`.
    """

    scope: IConstruct | None
    construct_id: str
    path: str


_PLACES: WeakKeyDictionary[IConstruct, Place] = WeakKeyDictionary()
_STACKS: WeakKeyDictionary[IConstruct, TerraformStack] = WeakKeyDictionary()


def remember_place(
    construct: IConstruct,
    scope: IConstruct | None,
    construct_id: str,
    *,
    stack: TerraformStack | None = None,
) -> None:
    """Cache the place of a new construct, because each call to Node takes half a millisecond.

    Args:
        construct: The construct.
        scope: The construct around it; `None` of the app.
        construct_id: Its id.
        stack: The stack that it is in, if that is known.
    """
    if stack is not None:
        _STACKS[construct] = stack
    around = place_of(scope).path if scope is not None else ""
    own = construct_id.replace("/", "--")  # as the constructs library does
    _PLACES[construct] = Place(scope, own, "/".join(part for part in (around, own) if part))


def place_of(construct: IConstruct) -> Place:
    """Return the place of *construct*; for a construct of another package, call Node once."""
    if construct not in _PLACES:
        node = construct.node
        _PLACES[construct] = Place(node.scope, node.id, node.path)
    return _PLACES[construct]


def root_of(construct: IConstruct) -> IConstruct:
    """Return the app that *construct* is in."""
    while (scope := place_of(construct).scope) is not None:
        construct = scope
    return construct


def stack_of(subject: str, construct: Construct) -> TerraformStack:
    """Return the stack of *construct*.

    Args:
        subject: The name of the value in the program, for the error.
        construct: A construct, or the stack itself.

    Raises:
        InvalidValueError: It is something else, or is not in a stack.
    """
    if not isinstance(construct, Construct):
        raise InvalidValueError(
            subject, "must be a construct", got=construct, remedy="pass the stack"
        )
    if construct not in _STACKS:
        catch_up()  # so that an error is not one of this question
        try:
            stack_around(construct)
        except RuntimeError:  # what CDKTF raises, with a traceback of Node
            raise InvalidValueError(
                subject, "must be in a stack", got=type(construct).__name__, remedy="pass a stack"
            ) from None
        reject_foreign_stack(subject, _STACKS[construct])
    return _STACKS[construct]


def stack_around(construct: IConstruct) -> TerraformStack:
    """Return the stack that *construct* is in, which it never leaves; ask Node at most once."""
    if construct not in _STACKS:
        _STACKS[construct] = TerraformStack.of(construct)
    return _STACKS[construct]


def is_stack(construct: IConstruct) -> TypeGuard[TerraformStack]:
    """Return whether *construct* is a stack, without a call to Node."""
    return hasattr(type(construct), "prepare_stack")


def constructs_of(stack: TerraformStack) -> list[IConstruct]:
    """Return the constructs of *stack*, in the order of the tree, without those of stacks in it."""
    found = stack.node.find_all()
    if not any(is_stack(each) for each in found if each is not stack):
        return found
    return [each for each in found if stack_around(each) is stack]


def check_is_text(subject: str, construct_id: str) -> None:
    """Reject an id that is not a text, or empty."""
    if not isinstance(construct_id, str) or not construct_id:
        raise InvalidValueError(
            subject,
            "must be a text that is not empty",
            got=construct_id,
            remedy="write one such as 'users'",
        )


def check_id(subject: str, scope: Construct, construct_id: str, stack: TerraformStack) -> None:
    """Reject an id that gives a name that Terraform does not accept.

    Args:
        subject: The name of the id in the program.
        scope: The construct around it.
        construct_id: The id.
        stack: The stack of *scope*.
    """
    check_is_text(subject, construct_id)
    if is_token(construct_id):
        raise InvalidValueError(
            subject,
            "must not be a token, because it is part of the address",
            got=construct_id,
            remedy="write a text",
        )
    if _CONTROL.search(construct_id):
        raise InvalidValueError(
            subject,
            "must not contain control characters, such as line breaks",
            got=construct_id,
            remedy="remove them",
        )
    if not _names_by_cdktf(stack):
        return
    ids = [construct_id]
    around: IConstruct | None = scope
    while around is not None and around is not stack:
        ids.append(place_of(around).construct_id)
        around = place_of(around).scope
    name = _name_of(ids[::-1])
    if len(ids) == 1 and not construct_id.isascii():
        keeps = f"write {name!r}, which is its name now" if _is_name(name) else "write another"
        raise InvalidValueError(
            subject,
            "must be in ASCII, because CDKTF drops every other character",
            got=construct_id,
            remedy=keeps,
        )
    if not _is_name(name):
        got = "/".join(ids[::-1])
        raise InvalidValueError(
            subject,
            "must give a Terraform name, which starts with a letter or _",
            got=got,
            remedy=f"write one such as {f'_{name}' if name else 'users'!r}",
        )


@dataclass(frozen=True, slots=True)
class TakenIdsNamed:
    """Raises our error for an id that another construct has: CDKTF's has a traceback of Node.

    Args:
        subject: The name of the id in the program.
        construct_id: The id.
    """

    subject: str
    construct_id: str

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """End; raise our error for CDKTF's."""
        if isinstance(error, RuntimeError) and "There is already a Construct with" in str(error):
            raise InvalidValueError(
                self.subject,
                "must be unique in its scope",
                got=self.construct_id,
                remedy="choose another id",
            ) from None


def _names_by_cdktf(stack: TerraformStack) -> bool:
    """Return whether CDKTF derives names from ids, which a class of the program can change."""
    method = type(stack)._allocate_logical_id  # noqa: SLF001 - protected: classes may override it
    return is_of_framework(method.__module__)


def _name_of(ids: list[str]) -> str:
    """Return the start of the name that CDKTF derives from the ids below the stack."""
    # CDKTF leaves `Default` out of every name, and `Resource` out of one with a hash.
    kept = [each for each in ids if each != "Default"]
    if len(kept) < 2:  # noqa: PLR2004 - a name without a hash
        return without_dropped("".join(kept))
    shown = [each for at, each in enumerate(kept) if not at or not kept[at - 1].endswith(each)]
    return "_".join(without_dropped(each) for each in shown if each != "Resource") or "_"


def without_dropped(text: str) -> str:
    """Return *text* without the characters that CDKTF leaves out of a name."""
    return _DROPPED.sub("", text)


def _is_name(name: str) -> bool:
    return name != "" and not name[0].isdigit() and name[0] != "-"


def check_same_app(construct: Construct, other: object) -> None:
    """Reject a reference to *other* if another app defines it: Terraform has no such resource."""
    if isinstance(other, Construct) and root_of(other) is not root_of(construct):
        raise InvalidValueError(
            f"{type(construct).__name__} {place_of(construct).path}",
            "must refer to constructs of its own app",
            got=f"{place_of(other).path} of another app",
            remedy="define both in one app, or refer to it with ExistingUserPool",
        )


def address_of(construct: Construct) -> str | None:
    """Return the Terraform address of *construct*'s resource, or of *construct* if it is one."""
    resource = getattr(construct, "resource", construct)
    if not is_instance(resource, TerraformResource):
        return None
    return f"{resource.terraform_resource_type}.{resource.friendly_unique_id}"
