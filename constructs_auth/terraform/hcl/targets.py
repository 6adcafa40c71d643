"""Which resources a value refers to, through locals, variables and outputs."""

from collections.abc import Iterator, Sequence
from functools import partial

from constructs_auth.terraform.hcl.analysis import Step, Traversal, analysed
from constructs_auth.terraform.hcl.meaning import Meaning
from constructs_auth.terraform.hcl.module import (
    Environment,
    Hidden,
    Managed,
    Module,
    Standalone,
    Term,
    Typed,
    Written,
)
from constructs_auth.terraform.hcl.template import as_hcl
from constructs_auth.terraform.hcl.values import has_template
from constructs_auth.terraform.hcl.written import Json
from constructs_auth.terraform.resource import Elsewhere, Reference

_UNKNOWN: tuple[Reference | Elsewhere, ...] = (Elsewhere.UNKNOWN,)
_NO_OBJECT = frozenset({"count", "path", "self", "terraform"})


class Targets:
    """Finds the resources that values refer to."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning = meaning

    def references(
        self,
        value: Json,
        environment: Environment,
    ) -> tuple[Reference | Elsewhere, ...]:
        """Return the resources that *value* refers to, through locals, variables and outputs."""
        return tuple(dict.fromkeys(self._references(value, environment)))

    def _references(
        self,
        value: Json,
        environment: Environment,
    ) -> Iterator[Reference | Elsewhere]:
        if isinstance(value, str):
            hcl = as_hcl(value) if has_template(value) else None
            if hcl is not None:
                for traversal in analysed(hcl).traversals:
                    question = partial(self._all_targets, traversal, environment)
                    yield from self.meaning.deeper(question, _UNKNOWN)
        elif isinstance(value, dict):
            for item in value.values():
                yield from self._references(item, environment)
        elif isinstance(value, list):
            for item in value:
                yield from self._references(item, environment)

    def _all_targets(
        self, traversal: Traversal, environment: Environment
    ) -> tuple[Reference | Elsewhere, ...]:
        return tuple(self._targets(traversal, environment))

    def _targets(
        self, traversal: Traversal, environment: Environment
    ) -> Iterator[Reference | Elsewhere]:
        module = environment.module
        if traversal.root in _NO_OBJECT or not traversal.steps:
            return
        if (traversal.root, traversal.steps[0].name) in module.resources:
            yield self._reference(module, traversal, environment)
            return
        term, _ = self.meaning.start(traversal, environment)
        rest: Sequence[Step] = traversal.steps[1:]
        if isinstance(term, Written | Typed) and traversal.root != "module":
            term, _ = self._as_far(term, rest, environment)
        elif traversal.root == "module":
            term, _ = self.meaning.follow(traversal, environment)
        yield from self._targets_of(term, rest, environment)

    def _as_far(
        self, term: Term, rest: Sequence[Step], environment: Environment
    ) -> tuple[Term, Sequence[Step]]:
        """Follow *rest* inside literals, to find only the references that are needed."""
        while rest and isinstance(term, Written | Typed):
            written = term.written if isinstance(term, Typed) else term
            inner = self.meaning.inside(written, rest[0], environment)
            if inner is None:
                through = self.meaning.through(written, ())
                if through is None or isinstance(through[0], Managed | Hidden):
                    return term, rest
                term = through[0]
            else:
                term, rest = inner, rest[1:]
        return term, rest

    def _targets_of(
        self, term: Term, rest: Sequence[Step], environment: Environment
    ) -> Iterator[Reference | Elsewhere]:
        match term:
            case Written(value, where):
                yield from self._references(value, where)
            case Typed(written):
                yield from self._references(written.value, written.environment)
            case Standalone(_, origin):
                yield from self._references(origin.value, origin.environment)
            case Managed():
                key = term.key
                if key is None and rest and self._is_repeated(term):
                    key = self.meaning.literal_key(rest[0], environment)
                yield _reference_to(term.module, term.kind, term.name, key)
            case Hidden(_, is_outside):
                yield Elsewhere.OUTSIDE if is_outside else Elsewhere.UNKNOWN

    def _reference(
        self, module: Module, traversal: Traversal, environment: Environment
    ) -> Reference:
        kind, name = traversal.root, str(traversal.steps[0].name)
        key = None
        if self._is_repeated(Managed(module, kind, name)) and len(traversal.steps) > 1:
            key = self.meaning.literal_key(traversal.steps[1], environment)
        return _reference_to(module, kind, name, key)

    @staticmethod
    def _is_repeated(managed: Managed) -> bool:
        body = managed.module.resources[managed.kind, managed.name].body
        return "count" in body or "for_each" in body


def _reference_to(module: Module, kind: str, name: str, key: str | None) -> Reference:
    at = module.static_address
    return Reference(
        address=f"{at}.{kind}.{name}" if at else f"{kind}.{name}", key=key, module=module.address
    )
