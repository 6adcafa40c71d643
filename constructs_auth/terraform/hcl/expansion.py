"""The instances of resources, modules and dynamic blocks, as far as the text shows them."""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from constructs_auth.facts.kept_arguments import EMPTY_IF_NOT_SET, KEPT
from constructs_auth.facts.secret_names import may_hold_secret
from constructs_auth.facts.templates import escaped
from constructs_auth.terraform.block import Block, Unevaluated, Unknown
from constructs_auth.terraform.hcl.analysis import analysed
from constructs_auth.terraform.hcl.evaluator import Evaluator, PendingError
from constructs_auth.terraform.hcl.meaning import Meaning
from constructs_auth.terraform.hcl.module import (
    Declared,
    Environment,
    Hidden,
    Managed,
    Module,
    Standalone,
    Term,
    Typed,
    Written,
    only,
)
from constructs_auth.terraform.hcl.syntax import encoded_value
from constructs_auth.terraform.hcl.targets import Targets
from constructs_auth.terraform.hcl.template import as_hcl, quoted
from constructs_auth.terraform.hcl.values import as_document, has_template
from constructs_auth.terraform.hcl.written import Body, Json
from constructs_auth.terraform.resource import Origin, Resource
from constructs_auth.terraform.terraform_json import guard, ignored, provider_name

_META: Final = frozenset({"//", "connection", "depends_on", "lifecycle", "provider", "provisioner"})
_NO_REFERENCES: Final = frozenset({"//", "depends_on", "lifecycle", "provider"})
_REPEATED: Final = ("count", "for_each")
_MOST_INSTANCES: Final = 5_000
_NO_KEY: Final = Hidden("set by the key of a dynamic block")
_DYNAMIC: Final = Unknown("created by a dynamic block")

Instances = dict[str | None, Environment]
"""The instances of a block by key; the only one of a block without `count` has no key."""


class Expansion:
    """Turns the blocks of modules into resources, and requests the values that are missing."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.meaning = Meaning(evaluator, self.instances)
        self.targets = Targets(self.meaning)
        self._known: dict[tuple[int, int], Instances | None] = {}
        self._open: set[tuple[int, int]] = set()
        self._done: dict[tuple[int, int], dict[str, Json]] = {}
        self._references: dict[int, Json] = {}

    def instances(self, declared: Declared, module: Module) -> Instances | None:
        """Return the instances of a resource; `None` if they are not known.

        Raises:
            PendingError: They are evaluated with the next batch.
        """
        return self.instances_of(declared.body, module)

    def instances_of(self, body: Mapping[str, Json], module: Module) -> Instances | None:
        """Return the instances of a block with `count` or `for_each`.

        Raises:
            PendingError: They are evaluated with the next batch.
        """
        if "count" not in body and "for_each" not in body:
            return {None: module.own}
        key = (id(body), id(module))
        if key in self._known:
            return self._known[key]
        if key in self._open:  # it refers to itself
            return None
        self._open.add(key)
        try:
            found = self._known[key] = self._instances(body, module)
        finally:
            self._open.discard(key)
        return found

    def _instances(self, body: Mapping[str, Json], module: Module) -> Instances | None:
        if "count" in body:
            count = self.meaning.value(body["count"], module.own)
            if isinstance(count, str) and count.isdigit():
                count = int(count)
            if isinstance(count, bool) or not isinstance(count, int) or count > _MOST_INSTANCES:
                return None
            return {
                str(at): _bound(module.own, "count", {"index": Written(at, module.own)})
                for at in range(count)
            }
        elements = self._elements(body["for_each"], module.own)
        if elements is None:
            return None
        found: Instances = {}
        for key, value, is_list in elements:
            text = self.meaning.of_term(value) if is_list else key
            if not isinstance(text, str):
                return None
            own = Written(escaped(text), module.own)
            terms = {"key": own, "value": own if is_list else value}
            found[text] = _bound(module.own, "each", terms)
        return found

    def _elements(
        self,
        value: Json,
        environment: Environment,
    ) -> list[tuple[str, Term, bool]] | None:
        """Return the keys and values of a `for_each`, and whether it is a list."""
        if isinstance(value, str) and has_template(value):
            hcl = as_hcl(value)
            reference = None if hcl is None else analysed(hcl).only
            if reference is not None:
                term, rest = self.meaning.follow(reference, environment)
                if not rest:
                    return self._elements_of(term, value)
            return self._evaluated_elements(Written(value, environment))
        return self._elements_of(Written(value, environment), value)

    def _elements_of(
        self,
        term: Term,
        value: Json,
    ) -> list[tuple[str, Term, bool]] | None:
        match term:
            case Managed(module, kind, name, None):
                known = self.instances(module.resources[kind, name], module)
                if known is None or None in known:
                    return None
                return [(str(key), Managed(module, kind, name, key), False) for key in known]
            case Written(str() as text, where) if has_template(text) and text is not value:
                return self._elements(text, where)
            case Written() | Typed() | Standalone():
                return _written_elements(term) or self._evaluated_elements(term)
        return None

    def _evaluated_elements(self, term: Term) -> list[tuple[str, Term, bool]] | None:
        found = self.meaning.of_term(term)
        text = self.meaning.evaluator.named(self.meaning.text_of(term, []))
        origin = _origin(term)
        if isinstance(found, Mapping):
            return [(key, Standalone(f"{text}[{quoted(key)}]", origin), False) for key in found]
        if isinstance(found, list):
            return [
                (
                    "",
                    Standalone(_item(text, at), origin)
                    if isinstance(item, list | dict | Unknown)
                    else Written(as_document(item), origin.environment),
                    True,
                )
                for at, item in enumerate(found)
            ]
        return None

    # Resources.

    def resources(self, declared: Declared, module: Module) -> list[Resource]:
        """Return the instances of a resource; one without a key if they are not known.

        Raises:
            PendingError: A value is evaluated with the next batch.
        """
        found = self.instances(declared, module)
        if found is None:
            return [self._resource(declared, module.own, None, is_known=False)]
        pending = False
        resources = []
        for key, environment in found.items():
            try:
                resources.append(self._resource(declared, environment, key, is_known=True))
            except PendingError:
                pending = True
        if pending:
            raise PendingError
        return resources

    def _resource(
        self, declared: Declared, environment: Environment, key: str | None, *, is_known: bool
    ) -> Resource:
        module, body = environment.module, declared.body
        plain = f"{declared.kind}.{declared.name}"
        static = f"{module.static_address}.{plain}" if module.static_address else plain
        address = f"{module.address}.{plain}" if module.address else plain
        if key is not None:
            address += f"[{key}]" if "count" in body else f"[{quoted(key)}]"
        kind = declared.kind
        lifecycle = only(body.get("lifecycle"))
        depends_on = body.get("depends_on")
        line = getattr(body, "line", 0)
        return Resource(
            address=address,
            type=kind,
            static_address=static,
            module=module.address,
            key=key,
            perhaps_in=module.perhaps_in,
            body=Block(
                values=self.body(kind, body, environment, (), is_known=is_known),
                address=address,
                kept=KEPT.get(kind, frozenset()),
                empty_if_not_set=kind in EMPTY_IF_NOT_SET,
            ),
            references={
                name: found
                for name, value in ({} if _is_literal(body) else body).items()
                if name not in _NO_REFERENCES and (found := self._referenced(value, environment))
            },
            depends_on=tuple(map(str, depends_on)) if isinstance(depends_on, list) else (),
            provider=module.providers.get(provider_name(body.get("provider"))),
            prevent_destroy=guard(lifecycle.get("prevent_destroy")),
            ignore_changes=ignored(lifecycle.get("ignore_changes")),
            origin=Origin(
                file=getattr(body, "file", declared.file.file),
                line=line or declared.file.lines.get(("resource", kind, declared.name), 0),
            ),
        )

    def _referenced(self, value: Json, environment: Environment) -> Json:
        if not _has_any_template(value):
            return ()
        if environment.bound:
            return self.targets.references(value, environment)
        found = self._references.get(id(value))
        if found is None or found[1] is not value:
            found = (self.targets.references(value, environment), value, environment.module)
            self._references[id(value)] = found
        return (
            found[0]
            if found[2] is environment.module
            else self.targets.references(value, environment)
        )

    def body(
        self,
        kind: str,
        body: Mapping[str, Json],
        environment: Environment,
        way: tuple[str, ...],
        *,
        is_known: bool = False,
    ) -> dict[str, Json]:
        """Return the arguments and blocks of *body*, evaluated as far as they are known.

        Args:
            kind: The type of the resource.
            body: The arguments, as in Terraform JSON.
            environment: Where it is.
            way: The names of the blocks that it is in.
            is_known: Whether `count` and `for_each` are evaluated.

        Raises:
            PendingError: A value is evaluated with the next batch.
        """
        if isinstance(body, Body) and body.is_literal:
            return body
        found: dict[str, Json] = body.like() if isinstance(body, Body) else {}
        waits = self._arguments(kind, body, environment, way, found, is_known=is_known)
        try:
            self._dynamic(kind, body, environment, way, found)
        except PendingError:
            waits = True
        if waits:
            raise PendingError
        return found

    def _arguments(
        self,
        kind: str,
        body: Mapping[str, Json],
        environment: Environment,
        way: tuple[str, ...],
        found: dict[str, Json],
        *,
        is_known: bool,
    ) -> bool:
        """Add the arguments of *body* to *found*, and return whether one must wait."""
        waits = False
        done: dict[str, Json] = {}
        if not way:  # bodies of resources, which stay, are read again if one must wait
            done = self._done.setdefault((id(body), id(environment)), {})
        for name, value in body.items():
            if name == "dynamic" or (is_known and name in _REPEATED):
                continue
            if name not in done:
                try:
                    is_meta = not way and (name in _META or name in _REPEATED)
                    done[name] = (
                        value if is_meta else self._argument(kind, value, environment, (*way, name))
                    )
                except PendingError:
                    waits = True
                    continue
            found[name] = done[name]
        return waits

    def _argument(
        self, kind: str, value: Json, environment: Environment, way: tuple[str, ...]
    ) -> Json:
        if isinstance(value, str):
            if not has_template(value):
                return value
            if may_hold_secret(kind, way):
                return self._as_written(value, environment)
            return self._shown(value, environment)
        if isinstance(value, dict):
            return self.body(kind, value, environment, way)
        if isinstance(value, list) and not _is_plain(value):
            return self._items(kind, value, environment, way)
        return value

    def _items(
        self, kind: str, value: list[Json], environment: Environment, way: tuple[str, ...]
    ) -> list[Json]:
        items, waits = [], False
        for item in value:
            try:
                items.append(self._argument(kind, item, environment, way))
            except PendingError:
                waits = True
        if waits:
            raise PendingError
        return items

    def _as_written(self, value: str, environment: Environment) -> Json:
        """Return where a secret comes from: a literal, or a variable of the root module."""
        hcl = as_hcl(value)
        reference = None if hcl is None else analysed(hcl).only
        if reference is None or (reference.root == "var" and environment.module.caller is None):
            return value
        term, rest = self.meaning.follow(reference, environment)
        source = term.written if isinstance(term, Typed) else term
        if rest or not isinstance(source, Written) or not isinstance(source.value, str):
            return value
        if not has_template(source.value):
            return source.value
        return self._as_written(source.value, source.environment)

    def _shown(self, value: str, environment: Environment) -> Json:
        """Return the value of an expression, in which unknown parts stay expressions."""
        found = self.meaning.value(value, environment)
        if isinstance(found, Unknown):
            encoded = encoded_value(as_hcl(value) or "")
            if encoded is not None:
                known = self._argument("", encoded, environment, ("jsonencode",))
                return Unevaluated(json.dumps(known), found.why)
        return _marked(found, value)

    def _dynamic(
        self,
        kind: str,
        body: Mapping[str, Json],
        environment: Environment,
        way: tuple[str, ...],
        found: dict[str, Json],
    ) -> None:
        """Add the blocks that dynamic blocks create to *found*."""
        pending = False
        for name, dynamic in _dynamics(body.get("dynamic")):
            elements = None
            try:
                elements = self._elements(dynamic.get("for_each"), environment)
            except PendingError:
                pending = True
                continue
            if elements is None:
                found[name] = Unevaluated(f"${{{name}}}", _DYNAMIC.why)
                continue
            iterator = dynamic.get("iterator") or name
            content = only(dynamic.get("content"))
            blocks = []
            for key, value, is_list in elements:
                terms = {"key": Written(escaped(key), environment), "value": value}
                if is_list:  # a set has its values as keys, and a list has indexes
                    terms["key"] = Written(int(key), environment) if key else _NO_KEY
                inner = _bound(environment, _plain(iterator), terms)
                try:
                    blocks.append(self.body(kind, content, inner, (*way, name)))
                except PendingError:
                    pending = True
            before = found.get(name)
            if isinstance(before, str):
                continue
            if before is not None and not isinstance(before, list):
                before = [before]
            found[name] = [*(before or ()), *blocks]
        if pending:
            raise PendingError


def _written_elements(term: Term) -> list[tuple[str, Term, bool]] | None:
    match term:
        case Written(Mapping() as entries, where) if not any(map(has_template, entries)):
            return [(key, Written(item, where), False) for key, item in entries.items()]
        case Written(list() as items, where):
            return [(str(at), Written(item, where), True) for at, item in enumerate(items)]
    return None


def _dynamics(value: object) -> Iterator[tuple[str, Mapping[str, Json]]]:
    for group in value if isinstance(value, list) else [value]:
        if isinstance(group, Mapping):
            for name, written in group.items():
                for body in written if isinstance(written, list) else [written]:
                    if isinstance(body, Mapping):
                        yield name, body


def _bound(environment: Environment, name: str, terms: Mapping[str, Term]) -> Environment:
    found = {f"{name}.{part}": term for part, term in terms.items()}
    return Environment(environment.module, {**environment.bound, **found})


def _plain(iterator: object) -> str:
    hcl = as_hcl(iterator) if isinstance(iterator, str) and has_template(iterator) else None
    return hcl or str(iterator)


def _origin(term: Term) -> Written:
    match term:
        case Written():
            return term
        case Typed(written):
            return written
        case Standalone(_, origin):
            return origin
    raise TypeError(term)


def _item(text: str, at: int) -> str:
    """Return an element of a list or of a set, which has no indexes."""
    return f"try({text}[{at}], tolist({text})[{at}])"


def _is_literal(value: object) -> bool:
    return isinstance(value, Body) and value.is_literal


def _has_any_template(value: object) -> bool:
    if isinstance(value, str):
        return has_template(value)
    if _is_literal(value):
        return False
    if isinstance(value, dict):
        return any(map(_has_any_template, value.values()))
    return isinstance(value, list) and any(map(_has_any_template, value))


def _is_plain(items: list[Json]) -> bool:
    """Return whether *items* are texts without templates."""
    return all(item.__class__ is str and "{" not in item for item in items)


def _marked(value: Json, written: str) -> Json:
    """Return *value* as Terraform JSON, with the expression *written* for unknown parts."""
    if isinstance(value, Unknown):
        return Unevaluated(written, value.why)
    if isinstance(value, Mapping):
        return {name: _marked(item, written) for name, item in value.items()}
    if isinstance(value, list):
        return [_marked(item, written) for item in value]
    return as_document(value)
