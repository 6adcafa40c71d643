"""The values of the expressions of a module, as far as its text shows them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from constructs_auth.facts.secret_names import names_cognito_secret
from constructs_auth.facts.templates import unescaped
from constructs_auth.terraform.block import Unknown
from constructs_auth.terraform.hcl.analysis import Step, Traversal, analysed
from constructs_auth.terraform.hcl.evaluator import UNKNOWN_TEXT, Evaluator, NotKnown
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
from constructs_auth.terraform.hcl.template import as_hcl, pieces, quoted
from constructs_auth.terraform.hcl.types import type_inside
from constructs_auth.terraform.hcl.values import (
    as_document,
    conforms,
    first_unknown,
    has_template,
    literal,
)
from constructs_auth.terraform.hcl.written import Body, Expression, Json
from constructs_auth.terraform.terraform_json import ignored

_DEEPEST: Final = 60
"""The maximum number of references to follow; more means a cycle."""
_MOST_INSTANCES: Final = 5_000
_PRIMITIVES: Final = {"string": "tostring", "number": "tonumber", "bool": "tobool"}
_COLLECTION: Final = re.compile(r"(list|set|map)\(\s*(?:string|number|bool|any)\s*\)")
_NOT_EVALUATED: Final = "not evaluated"
_CYCLE: Final = Hidden("refers to itself")
_TOO_LONG: Final = "not evaluated: the expression is too long, or nested too deeply"


Answer = TypeVar("Answer")


class Meaning:
    """Follows references, and evaluates expressions that depend only on known values."""

    def __init__(
        self,
        evaluator: Evaluator,
        instances: Callable[[Declared, Module], "Mapping[str | None, Environment] | None"],
    ) -> None:
        """Create one.

        Args:
            evaluator: Evaluates expressions.
            instances: Returns the instances of a resource by key, or `None` if they are not known.
        """
        self.evaluator = evaluator
        self._instances = instances
        self._depth = 0
        self._values: dict[tuple[str, int], Json] = {}
        self._variables: dict[tuple[str, int], Term] = {}

    # Values of expressions.

    def value(self, value: Json, environment: Environment) -> Json:
        """Return the value of *value*, in which unknown parts are `Unknown`.

        Texts have no escapes: `${` in them is plain text.

        Raises:
            PendingError: It is evaluated with the next batch.
        """
        if isinstance(value, str):
            if not has_template(value):
                return unescaped(value) if "{" in value else value
            return self._remembered(value, environment)
        if isinstance(value, dict):
            return {
                self._key(name, environment): self.value(item, environment)
                for name, item in value.items()
            }
        if isinstance(value, list):
            return [self.value(item, environment) for item in value]
        return value

    def _remembered(self, text: str, environment: Environment) -> Json:
        """Evaluate a template, only once in a module if no iterator is in scope."""
        key = (text, id(environment.module))
        if not environment.bound and key in self._values:
            return self._values[key]
        found = self.deeper(lambda: self._template(text, environment), _unknown(_CYCLE))
        if not environment.bound and self._depth == 0:
            self._values[key] = found
        return found

    def of_term(self, term: Term) -> Json:
        """Return the value of *term*."""
        match term:
            case Written(value, environment):
                return self.value(value, environment)
            case Typed():
                return self._converted(term)
            case Standalone(text):
                return self._evaluated(text, [])
            case Managed():
                return Unknown("known after apply")
            case Hidden():
                return _unknown(term)

    def _key(self, name: str, environment: Environment) -> str:
        if not has_template(name):
            return unescaped(name) if "{" in name else name
        key = self.value(name, environment)
        return key if isinstance(key, str) else name

    def _template(self, text: str, environment: Environment) -> Json:
        hcl = as_hcl(text)
        if hcl is None:
            return Unknown(_NOT_EVALUATED)
        analysis = analysed(hcl)
        if analysis.only is not None:
            term, rest = self.follow(analysis.only, environment)
            if not rest:
                return self.of_term(term)
        joined = self._joined(text, environment)
        if joined is not None:
            return joined
        whys: list[str] = []
        return self._evaluated(self.text(text, environment, whys), whys)

    def _joined(self, text: str, environment: Environment) -> str | Unknown | None:
        """Return a template that contains only texts and whole numbers; `None` for another one."""
        found = []
        for plain, hcl in pieces(text) or ():
            found.append(plain)
            if not hcl:
                return "".join(found)
            if analysed(hcl).only is None:
                return None
            value = self.value(Expression(hcl), environment)
            if isinstance(value, Unknown):
                return value
            if isinstance(value, bool) or not isinstance(value, str | int):
                return None
            found.append(str(value))
        return None

    def _evaluated(self, text: str, whys: Sequence[str]) -> Json:
        if text == UNKNOWN_TEXT:
            return Unknown(whys[0] if whys else _NOT_EVALUATED)
        found = self.evaluator.value(text)
        if found is not NotKnown.YET:
            return found
        why = whys[0] if whys else _NOT_EVALUATED
        return self._in_parts(text, why)

    def _in_parts(self, text: str, why: str) -> Json:
        """Return a list or an object of which a part is known."""
        if UNKNOWN_TEXT not in text and "local.k" not in text:
            return Unknown(why)
        name = self.evaluator.named(text)
        keys = self.evaluator.value(f"keys({name})")
        if isinstance(keys, list):
            return {key: self._evaluated(f"{name}[{quoted(key)}]", [why]) for key in keys}
        length = self.evaluator.value(f"length({name})")
        if isinstance(length, int) and length <= _MOST_INSTANCES:
            return [self._evaluated(f"{name}[{at}]", [why]) for at in range(length)]
        return Unknown(why)

    def _converted(self, term: Typed) -> Json:
        value, kind = term.written.value, term.kind
        if conforms(value, kind):
            return self.value(value, term.written.environment)
        if kind in _PRIMITIVES:
            whys: list[str] = []
            return self._evaluated(self.text_of(term, whys), whys)
        found = self.value(value, term.written.environment)
        why = first_unknown(found)
        if why is not None:
            return found if _COLLECTION.fullmatch(kind) and kind[:3] != "set" else why
        if found is None:
            return None
        return self._evaluated(self.evaluator.typed(literal(found), kind), [])

    # Values as expressions without references.

    def text(self, value: Json, environment: Environment, whys: list[str]) -> str:
        """Return *value* as an expression that refers to nothing else.

        Args:
            value: A literal or an expression, as in Terraform JSON.
            environment: Where it is.
            whys: Collects the reasons for what is not known.
        """
        if isinstance(value, str):
            if not has_template(value):
                return quoted(unescaped(value) if "{" in value else value)
            return self.deeper(lambda: self._replaced(value, environment, whys), UNKNOWN_TEXT)
        if isinstance(value, Mapping):
            pairs = (
                f"({self.text(name, environment, whys)}) = {self.text(item, environment, whys)}\n"
                for name, item in value.items()
            )
            return f"{{\n{''.join(pairs)}}}"
        if isinstance(value, list):
            items = (f"{self.text(item, environment, whys)}\n," for item in value)
            return f"[{''.join(items)}]"
        return literal(value)

    def text_of(self, term: Term, whys: list[str]) -> str:
        """Return *term* as an expression that refers to nothing else."""
        match term:
            case Written(value, environment):
                return self.text(value, environment, whys)
            case Typed():
                return self._typed_text(term, whys)
            case Standalone(text):
                return text
            case Managed():
                whys.append("known after apply")
                return self._instances_text(term)
            case Hidden(why):
                whys.append(why)
        return UNKNOWN_TEXT

    def _instances_text(self, managed: Managed) -> str:
        """Return a resource of which only the keys are known."""
        declared = managed.module.resources[managed.kind, managed.name]
        known = self._instances(declared, managed.module) if managed.key is None else None
        if known is None or None in known:
            return UNKNOWN_TEXT
        if "count" in declared.body:
            return f"[{', '.join([UNKNOWN_TEXT] * len(known))}]"
        pairs = (f"({quoted(str(key))}) = {UNKNOWN_TEXT}\n" for key in known)
        return f"{{\n{''.join(pairs)}}}"

    def _typed_text(self, term: Typed, whys: list[str]) -> str:
        value, environment = term.written.value, term.written.environment
        if value is None:
            return "null"
        if term.kind in _PRIMITIVES:
            text = self.text(value, environment, whys)
            return text if conforms(value, term.kind) else f"{_PRIMITIVES[term.kind]}({text}\n)"
        found = self.value(value, environment)
        why = first_unknown(found)
        if why is None:
            return "null" if found is None else self.evaluator.typed(literal(found), term.kind)
        collection = _COLLECTION.fullmatch(term.kind)
        if collection:
            return f"to{collection[1]}({self.text(value, environment, whys)}\n)"
        whys.append(why.why)
        return UNKNOWN_TEXT

    def _replaced(self, value: str, environment: Environment, whys: list[str]) -> str:
        hcl = as_hcl(value)
        analysis = None if hcl is None else analysed(hcl)
        if analysis is None or not analysis.is_readable:
            whys.append(_TOO_LONG)
            return UNKNOWN_TEXT
        text = analysis.text
        changes: list[tuple[int, int, str]] = [
            (call.start, call.end, UNKNOWN_TEXT) for call in analysis.calls
        ]
        whys.extend(f"a result of {call.name}()" for call in analysis.calls)
        for traversal in analysis.traversals:
            term, rest = self.follow(traversal, environment)
            end = traversal.end
            if rest and not isinstance(term, Hidden | Managed):
                end = traversal.steps[-len(rest) - 1].end
            changes.append((traversal.start, end, self.evaluator.named(self.text_of(term, whys))))
        return _with(text, changes).decode()

    # Targets of references.

    def follow(self, traversal: Traversal, environment: Environment) -> tuple[Term, Sequence[Step]]:
        """Return the target of *traversal*, and the steps that the text does not resolve."""
        nothing: tuple[Term, Sequence[Step]] = (_CYCLE, ())
        return self.deeper(lambda: self._follow(traversal, environment), nothing)

    def _follow(
        self, traversal: Traversal, environment: Environment
    ) -> tuple[Term, Sequence[Step]]:
        term, rest = self.start(traversal, environment)
        while rest:
            further = self._step(term, rest, environment)
            if further is None:
                break
            term, rest = further
        return term, rest

    def start(self, traversal: Traversal, environment: Environment) -> tuple[Term, Sequence[Step]]:
        """Return the target of the first names of *traversal*, and the steps after them."""
        root, steps = traversal.root, traversal.steps
        name = steps[0].name if steps else None
        if not isinstance(name, str):
            return Hidden(f"refers to {root}"), ()
        module, rest = environment.module, steps[1:]
        bound = environment.bound.get(f"{root}.{name}")
        if bound is None and root == "module":
            return self._output(module, name, rest, environment)
        if bound is None and root == "var":
            bound = self.variable(module, name)
        elif bound is None and root == "local" and name in module.locals:
            bound = Written(module.locals[name], module.own)
        elif bound is None and (root, name) in module.resources:
            bound = Managed(module, root, name)
        return (_not_read(root, steps), ()) if bound is None else (bound, rest)

    def variable(self, module: Module, name: str) -> Term:
        """Return the value of a variable: given, or its default."""
        key = (name, id(module))
        found = self._variables.get(key)
        if found is None:
            found = self._variable(module, name)
            self._variables[key] = found
        return found

    def _variable(self, module: Module, name: str) -> Term:
        body = module.variables.get(name)
        if body is None:
            return Hidden(f"set by var.{name}", is_outside=module.caller is None)
        is_secret = any(body.get(mark) is True for mark in ("sensitive", "ephemeral"))
        if is_secret or names_cognito_secret(name):
            return Hidden(
                f"set by var.{name}, which is sensitive", is_outside=module.caller is None
            )
        given = _given(module, name)
        if given is None or (given.value is None and body.get("nullable") is False):
            if "default" not in body:
                return Hidden(f"set by var.{name}", is_outside=module.caller is None)
            given = Written(_default(body), module.own)
        kind = _kind(body)
        given = self._source(given)
        if body.get("nullable") is False and isinstance(given.value, str):
            # Whether it is null, and means the default, is not followed through expressions.
            default = body.get("default")
            if has_template(given.value) and default is not None:
                return Standalone(self._or_default(given, kind, default), given)
        return given if kind == "any" else Typed(given, kind)

    def _source(self, given: Written) -> Written:
        """Return the text of *given* if it is only a reference."""
        for _ in range(_DEEPEST):
            is_reference = isinstance(given.value, str) and has_template(given.value)
            hcl = as_hcl(given.value) if is_reference else None
            reference = None if hcl is None else analysed(hcl).only
            if reference is None:
                break
            term, rest = self.follow(reference, given.environment)
            found = term.written if isinstance(term, Typed) else term
            if rest or not isinstance(found, Written) or isinstance(found.value, str):
                break
            given = found
        return given

    def _or_default(self, given: Written, kind: str, default: Json) -> str:
        whys: list[str] = []
        text = self.evaluator.named(
            self.text_of(given if kind == "any" else Typed(given, kind), whys)
        )
        other = self.evaluator.typed(literal(default), kind)
        return f"{text} == null ? {other} : {text}"

    def _output(
        self, module: Module, name: str, rest: Sequence[Step], environment: Environment
    ) -> tuple[Term, Sequence[Step]]:
        instances = module.called.get(name)
        if instances is None:
            return Hidden(f"an output of module.{name}, which is not read"), ()
        child = instances.get(None)
        if child is None:
            key = self.literal_key(rest[0], environment) if rest else None
            child = instances.get(key) if key is not None else None
            rest = rest[1:]
        output = rest[0].name if rest else None
        if child is None or not isinstance(output, str) or output not in child.outputs:
            return Hidden(f"an output of module.{name}"), ()
        body = child.outputs[output]
        if body.get("sensitive") is True:
            return Hidden(f"set by module.{name}.{output}, which is sensitive"), ()
        return Written(body.get("value"), child.own), rest[1:]

    def _step(
        self, term: Term, rest: Sequence[Step], environment: Environment
    ) -> tuple[Term, Sequence[Step]] | None:
        step = rest[0]
        match term:
            case Hidden():
                return term, ()
            case Managed():
                return self._attribute(term, rest, environment)
            case Typed():
                inside = self._typed_inside(term, step, environment)
                return None if inside is None else (inside, rest[1:])
            case Written():
                inner = self.inside(term, step, environment)
                return self.through(term, rest) if inner is None else (inner, rest[1:])
        return None

    def _typed_inside(self, term: Typed, step: Step, environment: Environment) -> Term | None:
        """Return the element of a typed value; `None` if a default may be in its place."""
        inner = self.inside(term.written, step, environment)
        key = self.literal_key(step, environment)
        within = None if key is None else type_inside(term.kind, key)
        if inner is None or inner.value is None or within is None or term.kind[:3] == "set":
            return None
        return inner if within == "any" else Typed(inner, within)

    def through(self, term: Written, rest: Sequence[Step]) -> tuple[Term, Sequence[Step]] | None:
        """Follow an expression that is only a reference."""
        if not isinstance(term.value, str) or not has_template(term.value):
            return None
        hcl = as_hcl(term.value)
        reference = None if hcl is None else analysed(hcl).only
        if reference is None:
            return None
        further, left = self.follow(reference, term.environment)
        if left or isinstance(further, Standalone):
            return None
        return further, rest

    def inside(self, written: Written, step: Step, environment: Environment) -> Written | None:
        """Return the item of a literal list or object that *step* selects; `None` if unknown."""
        value = written.value
        key = self.literal_key(step, environment)
        if isinstance(value, Mapping) and key is not None and key in value:
            return Written(value[key], written.environment)
        if isinstance(value, list) and key is not None and key.isdigit() and int(key) < len(value):
            return Written(value[int(key)], written.environment)
        return None

    def literal_key(self, step: Step, environment: Environment) -> str | None:
        """Return the key of an index, if it is a literal or has a known value."""
        if step.name is not None:
            return str(step.name)
        if step.index in {"", "*", "?"}:
            return None
        found = self.value(f"${{{step.index}}}", environment)
        if isinstance(found, bool) or not isinstance(found, str | int):
            return None
        return str(found)

    def _attribute(
        self, managed: Managed, rest: Sequence[Step], environment: Environment
    ) -> tuple[Term, Sequence[Step]]:
        """Return an attribute that the configuration itself fixes."""
        declared = managed.module.resources[managed.kind, managed.name]
        repeated = "count" in declared.body or "for_each" in declared.body
        step = rest[0]
        if repeated and managed.key is None:
            key = None if step.index == "*" else self.literal_key(step, environment)
            if key is None:
                return Hidden(f"known after apply: {managed.kind}.{managed.name}"), ()
            managed, rest = Managed(managed.module, managed.kind, managed.name, key), rest[1:]
            if not rest:
                return managed, ()
            step = rest[0]
        after_apply = Hidden(f"known after apply: {managed.kind}.{managed.name}.{step.name}")
        value = declared.body.get(step.name) if isinstance(step.name, str) else None
        if not isinstance(value, str) or _may_differ(declared.body, str(step.name)):
            return after_apply, ()
        found = self._instances(declared, managed.module)
        own = None if found is None else found.get(managed.key)
        return (after_apply, ()) if own is None else (Written(value, own), rest[1:])

    def deeper(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        """Answer *question*, unless the references form a circle."""
        if self._depth > _DEEPEST:
            return otherwise
        self._depth += 1
        try:
            return question()
        finally:
            self._depth -= 1


def _given(module: Module, name: str) -> Written | None:
    """Return the value of a variable from the call of its module, or from a file of values."""
    if module.caller is not None:
        found = module.arguments
        return Written(found[name], module.caller) if name in found else None
    return Written(module.inputs[name], module.own) if name in module.inputs else None


def _default(body: Mapping[str, Json]) -> Json:
    """Return the default of a variable; in JSON, `${` in it is plain text."""
    default = body["default"]
    return default if isinstance(body, Body) else as_document(default)


def _kind(body: Mapping[str, Json]) -> str:
    """Return the type of a variable as HCL; in Terraform JSON it may be in `${…}`."""
    kind = str(body.get("type") or "any").strip()
    return kind[2:-1].strip() if kind.startswith("${") else kind


def _not_read(root: str, steps: Sequence[Step]) -> Hidden:
    """Return the reason why a reference to another kind of thing is unknown."""
    name = ".".join(str(step.name) for step in steps[:2] if step.name is not None)
    if root == "data":
        return Hidden(f"read from data.{name}", is_outside=True)
    if root in {"count", "each", "ephemeral", "path", "self", "terraform"}:
        return Hidden(f"set by {root}.{name}")
    return Hidden(f"set by {root}.{steps[0].name}, which is not read")


def _may_differ(body: Mapping[str, Json], name: str) -> bool:
    """Return whether the attribute may have another value than the configuration sets."""
    found = ignored(only(body.get("lifecycle")).get("ignore_changes"))
    return any(one == "all" or one.partition("[")[0] == name for one in found)


def _unknown(hidden: Hidden) -> Unknown:
    return Unknown(hidden.why)


def _with(text: bytes, changes: list[tuple[int, int, str]]) -> bytes:
    """Return *text* with the outermost of *changes*."""
    found, at = b"", 0
    for start, end, new in sorted(changes, key=lambda change: (change[0], -change[1])):
        if start >= at:
            found += text[at:start] + new.encode()
            at = end
    return found + text[at:]
