"""The base class of all constructs of this package."""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from weakref import WeakKeyDictionary

from constructs_auth._place import (
    TakenIdsNamed,
    address_of,
    check_id,
    check_is_text,
    place_of,
    remember_place,
    stack_of,
    without_dropped,
)
from constructs_auth._tokens import is_concrete
from constructs_auth.engine import (
    Construct,
    LambdaPermission,
    TerraformElement,
    TerraformResource,
    TerraformStack,
    is_instance,
    without_waiting,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts.import_ids import (
    IMPORT_IDS,
    NOT_IMPORTED,
    function_and_qualifier,
)
from constructs_auth.facts.replacing import FIXED_ARGUMENTS
from constructs_auth.judge import Judge

if TYPE_CHECKING:
    from types import FrameType

_PACKAGE = f"{Path(__file__).parent}/"
_LIBRARIES = "/site-packages/"
_NAME = re.compile(r"[^\W\d][\w-]*", re.ASCII)
_INDEX = r'(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?'
_ADDRESS = re.compile(
    rf"(?:module\.[^\W\d][\w-]*{_INDEX}\.)*(?P<kind>\w+)\.[^\W\d][\w-]*{_INDEX}", re.ASCII
)

_IMPORTS: WeakKeyDictionary[TerraformStack, dict[str, str]] = WeakKeyDictionary()
"""The ids of the resources of a stack that are imported, by their addresses."""


class AuthConstruct(Construct):
    """A construct with the source line that created it, and with checks at synthesis.

    The rules judge each stack that has one.

    Attributes:
        program_line: The source line that created it, such as `main.py:42`; empty if unknown.

    Raises:
        InvalidValueError: A scope that is not in a stack, or an id that is not a Terraform name or
            is already used.
    """

    _creates_resource_next: ClassVar[bool] = False
    """Whether the constructor then creates its resource by `_creating_resource`."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        kind = type(self).__name__
        stack = stack_of(f"{kind}.scope", scope)
        check_id(f"{kind}.construct_id", scope, construct_id, stack)
        named = TakenIdsNamed(f"{kind}.construct_id", construct_id)
        with without_waiting(scope, named) if self._creates_resource_next else named:
            super().__init__(scope, construct_id)
        remember_place(self, scope, construct_id, stack=stack)
        if not self._creates_resource_next:
            Judge.of(stack).add(self)
        self.program_line = _program_line()
        self._former_id: str | None = None

    @contextmanager
    def _creating_resource(self) -> Iterator[None]:
        """Create the resource without waiting for Node, which has accepted the construct then."""
        with without_waiting(self):
            yield
        Judge.of(stack_of(type(self).__name__, self)).add(self)

    @property
    def address(self) -> str | None:
        """The Terraform address of its resource, or `None` if it has none."""
        return address_of(self)

    def renamed_from(self, construct_id: str) -> None:
        """Keep the resources of this construct, whose id was *construct_id* before.

        Without it, Terraform deletes them with all users, and creates others at the new addresses.
        It writes a `moved` block for each resource of the construct. Call it after everything else
        that you do with the construct. You can remove it when the change is applied everywhere.

        Args:
            construct_id: The old id.

        Raises:
            InvalidValueError: *construct_id* is the id that it has now, or no Terraform name; the
                construct was renamed before, or is not directly below its stack, so that its
                address has another form; or a name that cannot change follows the id, so that the
                rename would replace the resource.
        """
        place = place_of(self)
        own = place.construct_id
        if not is_instance(place.scope, TerraformStack):
            raise InvalidValueError(
                "renamed_from",
                "needs a construct directly below its stack",
                got=place.path,
                remedy="use resource.move_from_id with the old address",
            )
        if not isinstance(construct_id, str) or not _NAME.fullmatch(construct_id):
            raise InvalidValueError(
                "construct_id",
                "must be a Terraform name",
                got=construct_id,
                remedy="give the part after the dot of the old address",
            )
        if self._former_id is not None:
            raise InvalidValueError(
                "renamed_from",
                "must be called once, because Terraform moves a resource once in an apply",
                got=construct_id,
                remedy=f"keep it for one of the ids, {self._former_id!r} or {construct_id!r}",
            )
        if construct_id == own:
            raise InvalidValueError(
                "construct_id",
                "must be the id that the construct had before",
                got=construct_id,
                remedy="give the old id",
            )
        self._former_id = construct_id
        for resource in self.node.find_all():
            if not is_instance(resource, TerraformResource):
                continue
            kind, new = resource.terraform_resource_type, resource.friendly_unique_id
            _check_kept_names(resource, kind, own=own, old=construct_id)
            if new == own or new.startswith(f"{own}_"):
                resource.move_from_id(f"{kind}.{construct_id}{new.removeprefix(own)}")

    def moved_from(
        self, address: str | None = None, *, nested: Mapping[str, str] | None = None
    ) -> None:
        """Keep the resource that the state has at *address*, which another program wrote.

        It writes `moved` blocks: for a resource in a module or with an index, such as
        `module.auth.aws_cognito_user_pool.this[0]`. For a new id of a construct, `renamed_from` is
        enough. Call it after everything else that you do with the construct. You can remove it
        when the change is applied everywhere.

        Args:
            address: The old Terraform address. By default the resource stays where it is.
            nested: The old addresses of other resources of this construct, by their new addresses.
                By default none.

        Raises:
            InvalidValueError: An address is not one of a resource of this type, or is the one that
                the resource has now; or an address of *nested* is not a resource of the construct.
        """
        own, resources = self._own_resources("moved_from", nested)
        main = {} if address is None else {own: address}
        for new, old in {**main, **(nested or {})}.items():
            kind = new.partition(".")[0]
            if old == new or not _is_address(old, kind):
                raise InvalidValueError(
                    f"the old address of {new}",
                    f"must be another address of the type {kind}",
                    got=old,
                    remedy="write it as `terraform state list` prints it",
                )
            resources[new].move_from_id(old)

    def import_from(self, resource_id: str, *, nested: Mapping[str, str] | None = None) -> None:
        """Take over the resource with *resource_id*, which exists in AWS but not in the state.

        It writes an `import` block. The next apply writes the resource into the state, and changes
        what differs in the configuration, as `constructs-auth review` reports. Leave settings that
        must not change with `AS_IT_IS`. Call it after everything else that you do with the
        construct. You can remove it when the change is applied everywhere.

        Args:
            resource_id: The id that Terraform imports the resource by, such as `<user pool
                id>/<client id>` for a client.
            nested: The ids of other resources of this construct, by their Terraform addresses: such
                as `function/statement` for `aws_lambda_permission.users_pre_sign_up`. Terraform
                creates each one that you leave out. Keep those of permissions: the provider reads
                the name of the function instead of its ARN. By default none.

        Raises:
            InvalidValueError: The id does not have the form that the resource type needs, the
                resource type cannot be imported, an address of *nested* is not a resource of the
                construct, or the resource is imported already.
        """
        own, resources = self._own_resources("import_from", nested)
        ids = dict(nested or {})
        stack = stack_of("import_from", self)
        imports = _IMPORTS.setdefault(stack, {})
        for address, one in {own: resource_id, **ids}.items():
            _check_import(address, one)
            if address in imports:
                raise InvalidValueError(
                    "import_from",
                    "must be called once for a resource",
                    got=address,
                    remedy="remove one of the calls",
                )
        imports.update({own: resource_id, **ids})
        for address, one in ids.items():
            resource = resources[address]
            if isinstance(resource, LambdaPermission):
                # The provider reads the name of the function at an import.
                resource.function_name = function_and_qualifier(one.rpartition("/")[0])[0]
        blocks = [{"to": to, "id": identifier} for to, identifier in imports.items()]
        # CDKTF's own import_from starts Terraform at each synthesis, once for each resource.
        stack.add_override("import", blocks)

    def _own_resources(
        self, method: str, nested: Mapping[str, str] | None
    ) -> tuple[str, dict[str, TerraformResource]]:
        """Return the address of the main resource, and all resources by address."""
        own = address_of(self)
        if own is None:
            raise InvalidValueError(
                method,
                "needs a construct with one main resource",
                got=place_of(self).path,
                remedy=f"use {method} of the resources"
                if method == "import_from"
                else "use resource.move_from_id with the old address",
            )
        resources = {
            f"{one.terraform_resource_type}.{one.friendly_unique_id}": one
            for one in self.node.find_all()
            if is_instance(one, TerraformResource)
        }
        for address in nested or ():
            if address not in resources or address == own:
                others = sorted(resources.keys() - {own})
                raise InvalidValueError(
                    "nested",
                    "must name other resources of the construct",
                    got=address,
                    remedy=f"choose from {', '.join(others)}" if others else "leave it out",
                )
        return own, resources

    def find_problems(self) -> Sequence[str]:
        """Return errors that only the whole app shows, each with a remedy; called at synthesis."""
        return ()

    def find_warnings(self) -> Sequence[str]:
        """Return warnings, each with a remedy; called at synthesis."""
        return ()


def name_or_id(kind: str, name: str | None, construct_id: str) -> str:
    """Return *name*, by default *construct_id*.

    Args:
        kind: The class of the construct.
        name: The name, or `None`.
        construct_id: The id.

    Raises:
        InvalidValueError: There is no name, and the id is not a text. The error names the id, which
            the program set, and not the name.
    """
    if name is not None:
        return name
    check_is_text(f"{kind}.construct_id", construct_id)
    return construct_id


def name_after(owner: Construct, element: TerraformElement, suffix: str) -> None:
    """Name *element* `<id of owner>_<suffix>` if *owner* is directly below its stack.

    CDKTF would add a hash to the name. Call it before any reference to *element*, because CDKTF
    keeps the first name that it returns. The check for equal addresses reports a repeated name.
    """
    place = place_of(owner)
    if is_instance(place.scope, TerraformStack):
        element.override_logical_id(f"{without_dropped(place.construct_id)}_{suffix}")


def _is_address(text: object, kind: str) -> bool:
    """Return whether *text* is the address of a resource of the type *kind*, in any module."""
    if not isinstance(text, str):
        return False
    found = _ADDRESS.fullmatch(text)
    return found is not None and found["kind"] == kind


def _check_import(address: str, resource_id: str) -> None:
    """Raise if *resource_id* does not have the form for the type of the resource."""
    kind = address.partition(".")[0]
    if kind in NOT_IMPORTED:
        raise InvalidValueError(
            "import_from",
            f"must be for a type that the provider can import, which {kind} is not",
            got=address,
            remedy="leave it out: Cognito accepts what exists already",
        )
    form = IMPORT_IDS.get(kind)
    if not isinstance(resource_id, str) or not resource_id.strip():
        raise InvalidValueError(
            f"the id of {address}", "must be a text", got=resource_id, remedy="give the id in AWS"
        )
    if form is not None and is_concrete(resource_id) and not form.accepts(resource_id):
        raise InvalidValueError(
            f"the id of {address}",
            f"must have the form {form.form}",
            got=resource_id,
            remedy="write it as Terraform imports the resource",
        )


def _check_kept_names(resource: TerraformResource, kind: str, *, own: str, old: str) -> None:
    """Raise if a name that cannot change is the id of the construct."""
    for argument in sorted({fixed.argument for fixed in FIXED_ARGUMENTS.get(kind, ())}):
        if getattr(resource, f"{argument}_input", None) == own:
            raise InvalidValueError(
                argument,
                "must stay the same when the id changes, because another one replaces the resource",
                got=own,
                remedy=f"set it to the old one, which was {old!r} if it followed the id",
            )


def _program_line() -> str:
    """Return the source line that creates the construct: the nearest one outside this package."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - as in `inspect`, which is slow
    while frame is not None and _is_ours(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return ""
    return f"{_shown(frame.f_code.co_filename, os.getcwd())}:{frame.f_lineno}"  # noqa: PTH109 (quick)


def _is_ours(file: str) -> bool:
    return file.startswith(_PACKAGE) or _LIBRARIES in file


@cache
def _shown(file: str, folder: str) -> str:
    """Return the path relative to the current *folder*, or the name of a file elsewhere."""
    path = Path(file)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
