"""All resources of a root module, and the references between them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from constructs_auth.facts.resource_types import USER_POOL
from constructs_auth.terraform.block import Block, Text, Unknown, UnknownValueError
from constructs_auth.terraform.resource import Elsewhere, Origin, Reference, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """The resources that refer to a resource.

    Attributes:
        resources: The resources, in the order of the configuration.
        complete: Whether there are no others: the target of every candidate is known.
    """

    resources: tuple[Resource, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """An output of the root module.

    Attributes:
        value: The value in the JSON; `Unknown` in a plan if it is not known yet.
        sensitive: Whether Terraform hides it.
        references: Its references, such as `aws_cognito_user_pool_client.web.client_secret`.
    """

    name: str
    value: object = field(repr=False)
    sensitive: bool = False
    references: tuple[str, ...] = ()
    origin: Origin = field(default=Origin(), repr=False)

    @property
    def arguments(self) -> Block:
        """Its attributes for rules."""
        values = {"sensitive": self.sensitive, "references": self.references}
        return Block(values=values, evaluated=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """An input variable of the root module."""

    name: str
    sensitive: bool = False
    default: object = field(default=None, repr=False)
    origin: Origin = field(default=Origin(), repr=False)

    @property
    def arguments(self) -> Block:
        """Its attributes for rules; a default has no templates."""
        values = {"sensitive": self.sensitive, "default": self.default}
        return Block(values=values, evaluated=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """The backend of the root module's state.

    Attributes:
        kind: `s3`; `cloud` for HCP Terraform; `none` if the root module does not set one.
        arguments: Its arguments.
    """

    kind: str
    arguments: Block = field(default=Block(values={}), repr=False)
    origin: Origin = field(default=Origin(), repr=False)


class Configuration:
    """The resources of one root module; read-only.

    Args:
        resources: The resources, in the order for judging them.
        outputs: The outputs of the root module.
        variables: The variables of the root module.
        backend: The backend, or `None` if it is unknown: a plan does not contain it, and a called
            module has none.
        providers: The arguments of each `aws` provider of the root module; empty in a plan, whose
            resources have theirs.
        is_state: Whether it is a state, which has no expressions.
    """

    __slots__ = (
        "_by_static_address",
        "_by_type",
        "_by_value_of",
        "_known_targets",
        "_targets",
        "backend",
        "is_state",
        "outputs",
        "providers",
        "resources",
        "variables",
    )

    def __init__(
        self,
        resources: Sequence[Resource],
        *,
        outputs: Sequence[Output] = (),
        variables: Sequence[Variable] = (),
        backend: Backend | None = None,
        providers: Sequence[Block] = (),
        is_state: bool = False,
    ) -> None:
        self.resources = tuple(resources)
        self.outputs = tuple(outputs)
        self.variables = tuple(variables)
        self.backend = backend
        self.providers = tuple(providers)
        self.is_state = is_state
        self._by_type: dict[str, list[Resource]] = defaultdict(list)
        self._by_static_address: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources:
            self._by_type[resource.type].append(resource)
            self._by_static_address[resource.static_address].append(resource)
        self._by_value_of: dict[tuple[str, str], dict[str, Resource]] = {}
        self._targets: dict[tuple[str, str, str], _Targets] = {}
        self._known_targets: dict[tuple[Resource, str, str, str], Resource | Unknown | None] = {}

    def with_resources(self, resources: Sequence[Resource]) -> "Configuration":
        """Return a copy of the configuration with *resources* instead."""
        return Configuration(
            resources,
            outputs=self.outputs,
            variables=self.variables,
            backend=self.backend,
            providers=self.providers,
            is_state=self.is_state,
        )

    def of_type(self, kind: str) -> tuple[Resource, ...]:
        """Return the resources of the type *kind*."""
        return tuple(self._by_type.get(kind, ()))

    def count_of_type(self, kind: str) -> int:
        """Return how many resources of the type *kind* there are."""
        return len(self._by_type.get(kind, ()))

    def target(
        self,
        resource: Resource,
        argument: str,
        kind: str = USER_POOL,
        *,
        by: str = "id",
        value: Text = None,
    ) -> Resource | Unknown | None:
        """Return the resource of the type *kind* that *argument* of *resource* refers to.

        Args:
            resource: The resource that refers.
            argument: Such as `user_pool_id`.
            kind: The type of the target.
            by: The attribute of the target to compare with, if there is only a value and no
                reference.
            value: The value, if *argument* is a block that contains it.

        Returns:
            `None` if it is not in the configuration or the argument is not set, `Unknown` if it is
            known only to Terraform.
        """
        if value is not None:
            return self._target(resource, argument, kind, by, value)
        question = (resource, argument, kind, by)
        if question not in self._known_targets:  # many rules ask for the same
            self._known_targets[question] = self._target(resource, argument, kind, by, None)
        return self._known_targets[question]

    def _target(
        self, resource: Resource, argument: str, kind: str, by: str, value: Text
    ) -> Resource | Unknown | None:
        found: set[str] = set()
        for reference in resource.references.get(argument, ()):
            if isinstance(reference, Reference) and _kind_of(reference) == kind:
                found.add(reference.address)
        if len(found) > 1:  # an expression chooses
            return Unknown(f"one of {', '.join(sorted(found))}")
        for reference in resource.references.get(argument, ()):
            if isinstance(reference, Reference):
                if _kind_of(reference) == kind:
                    if reference.address not in self._by_static_address:
                        # A plan has only the references after the apply, for both sides.
                        break
                    return self._instance(reference, resource)
            elif reference is Elsewhere.UNKNOWN:
                break
        written = resource.body.peek_text(argument) if value is None else value
        if isinstance(written, Unknown):
            outside = Elsewhere.OUTSIDE in resource.references.get(argument, ())
            return None if outside else written
        return None if written is None else self._values_of(kind, by).get(written)

    def known_target(
        self, resource: Resource, argument: str, kind: str = USER_POOL, *, by: str = "id"
    ) -> Resource | None:
        """Return the resource that *argument* refers to, as `target` does.

        Raises:
            UnknownValueError: It is known only to Terraform.
        """
        found = self.target(resource, argument, kind, by=by)
        if isinstance(found, Unknown):
            raise UnknownValueError(found, at=argument, address=resource.address)
        return found

    def named_in(
        self, resource: Resource, argument: str, kind: str = "", *, by: str = "arn"
    ) -> tuple[Resource | Unknown, ...]:
        """Return the managed resources that *argument* of *resource* names.

        Args:
            resource: The resource that names them.
            argument: Such as `roles`.
            kind: The type of the resources; by default any that is referenced.
            by: The attribute of the target to compare with; a state has only values.
        """
        referenced = [
            self._instance(reference, resource)
            for reference in resource.references.get(argument, ())
            if isinstance(reference, Reference)
        ]
        known = self._values_of(kind, by) if kind and self.is_state else {}
        by_value = [
            known[text] for text in _texts_in(resource.body.peek(argument)) if text in known
        ]
        return tuple(dict.fromkeys((*referenced, *by_value)))

    def declarations(self) -> tuple[Resource, ...]:
        """Return outputs, variables and the backend as resources, so that rules can check them.

        Their types are `output`, `variable` and `backend`. An output has `sensitive` and
        `references`; a variable `default` and `sensitive`; the backend its own arguments.
        """
        backends = () if self.backend is None else (self.backend,)
        named: Sequence[tuple[str, str, Output | Variable | Backend]] = (
            *(("output", f"output.{one.name}", one) for one in self.outputs),
            *(("variable", f"var.{one.name}", one) for one in self.variables),
            *(("backend", f"terraform.backend.{one.kind}", one) for one in backends),
        )
        return tuple(
            Resource(
                address=address,
                type=kind,
                static_address=address,
                body=one.arguments,
                origin=one.origin,
            )
            for kind, address, one in named
        )

    def members(
        self,
        target: Resource,
        kind: str,
        argument: str = "user_pool_id",
        *,
        by: str = "id",
    ) -> Members:
        """Return the resources of the type *kind* whose *argument* refers to *target*."""
        found = self._targets.get((kind, argument, target.type))
        if found is None:
            found = _Targets(self, kind, argument, target.type, by)
            self._targets[kind, argument, target.type] = found
        return Members(
            resources=tuple(found.by_target.get(target.address, ())), complete=found.complete
        )

    def _instance(self, reference: Reference, referrer: Resource) -> Resource | Unknown:
        found = self._by_static_address.get(reference.address, ())
        if len(found) > 1:
            module = reference.module or referrer.module
            same_module = [one for one in found if one.module == module]
            found = same_module or found
        if len(found) > 1:
            key = referrer.key if reference.key is None else reference.key
            found = [one for one in found if one.key == key]
        if len(found) == 1:
            return found[0]
        return Unknown(f"one of several instances of {reference.address}")

    def _values_of(self, kind: str, by: str) -> Mapping[str, Resource]:
        """Return the resources of the type *kind* by their known attribute *by*."""
        known = self._by_value_of.get((kind, by))
        if known is None:
            known = {
                written: candidate
                for candidate in self._by_type.get(kind, ())
                if isinstance(written := candidate.body.peek_text(by), str)
            }
            self._by_value_of[kind, by] = known
        return known


def _kind_of(reference: Reference) -> str:
    return reference.address.rpartition(".")[0].rpartition(".")[2]


def _texts_in(value: object) -> Iterator[str]:
    """Walk through the texts in *value*, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts_in(item)


class _Targets:
    """The resources of one type, by the address of the resource that they refer to."""

    __slots__ = ("by_target", "complete")

    def __init__(
        self, configuration: Configuration, kind: str, argument: str, meant: str, by: str
    ) -> None:
        self.by_target: dict[str, list[Resource]] = defaultdict(list)
        self.complete = True
        for resource in configuration.of_type(kind):
            target = configuration.target(resource, argument, meant, by=by)
            if isinstance(target, Unknown):
                self.complete = False
            elif target is not None:
                self.by_target[target.address].append(resource)
