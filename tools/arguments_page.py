"""Write docs/arguments.md: which Terraform argument each keyword sets, and the way back.

`python -m tools.arguments_page > docs/arguments.md` (two minutes). Nothing in it is written by
hand. The program synthesizes stacks of the tests and of the examples, which use every setting.
Then it changes one keyword after the other, synthesizes again, and sees which arguments changed.
"""

import dataclasses
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from enum import Enum
from functools import partial
from inspect import Parameter, signature
from typing import Any

from cdktf import TerraformResource, Testing
from constructs import Construct

import constructs_auth
from constructs_auth import (
    AuthApp,
    AuthStack,
    LocalBackend,
    ResourceServerScope,
    UserPool,
    Variable,
)
from constructs_auth._construct import AuthConstruct
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito._references import resolved_text
from constructs_auth.report.markdown import code, table
from tests.synth import access, everything, identities, members, workforce
from tests.synth.examples import EXAMPLES, load

Define = Callable[[AuthApp], AuthStack]
Address = tuple[str, str]
"""Type and name of a resource."""

Terraform = Mapping[Address, Mapping[str, list[str]]]
"""The values of each argument of each resource."""

Setting = tuple[str, str]
"""A construct's class, and a keyword: `password_policy=PasswordPolicy(minimum_length)`."""

_PROGRAMS: tuple[Define, ...] = (
    access.define,
    everything.define,
    identities.define,
    members.define,
    workforce.define,
)
_EXAMPLES = (
    "back_office",
    "custom_domain",
    "load_balancer",
    "protected_api",
    "sign_in_pages",
    "state_bucket",
    "threat_protection",
    "workforce",
)
_MOST_TRIES = 6
_SCOPE = ("self", "scope", "construct_id")
_META_ARGUMENTS = re.compile(r"\.(?:depends_on|lifecycle\.ignore_changes)$")
_MAPS = re.compile(
    r"\.(tags|principal_tags|attribute_mapping|supported_login_providers|provider_details)\..*"
)
_KEPT_MAPS = "provider_details"


@dataclasses.dataclass
class Call:
    """The call of a construct's class in a program."""

    kind: type
    arguments: dict[str, Any]
    construct: Any


class Recorder:
    """Runs programs, records the constructs that they define, and changes the arguments of one."""

    def __init__(self) -> None:
        self.parameters: dict[type, Mapping[str, Parameter]] = {}
        self._originals: dict[Any, Any] = {}
        self._calls: list[Call] = []
        self._at = -1
        self._changes: Mapping[str, Any] = {}
        for name in vars(constructs_auth)["__getattr__"]("__all__"):
            kind = getattr(constructs_auth, name)
            if isinstance(kind, type) and issubclass(kind, AuthConstruct) and kind != Variable:
                self._patch(kind)

    def close(self) -> None:
        """Let the classes be as they were."""
        for kind, original in self._originals.items():
            kind.__init__ = original

    def record(self, define: Define) -> tuple[list[Call], Terraform]:
        """Run a program, and return its calls and its Terraform."""
        terraform = self._synthesize(define)
        return self._calls, terraform

    def run(self, define: Define, at: int, **changes: Any) -> tuple[Call, Terraform]:
        """Run a program with other arguments for the call *at*; return the call, and Terraform."""
        terraform = self._synthesize(define, at, **changes)
        return self._calls[at], terraform

    def _synthesize(self, define: Define, at: int = -1, **changes: Any) -> Terraform:
        self._calls, self._at, self._changes = [], at, changes
        with tempfile.TemporaryDirectory() as out:
            document = json.loads(Testing.synth(define(AuthApp(outdir=out, context={}))))
        return {
            (kind, name): _flat(body)
            for kind, bodies in document.get("resource", {}).items()
            for name, body in bodies.items()
        }

    def _patch(self, kind: Any) -> None:
        """Let the class *kind* tell this recorder about its calls."""
        original = self._originals[kind] = kind.__init__
        self.parameters[kind] = signature(original).parameters

        def init(construct: Any, *given: Any, **arguments: Any) -> None:
            if type(construct) is kind:
                if len(self._calls) == self._at:
                    arguments |= self._changes
                self._calls.append(Call(kind, arguments, construct))
            original(construct, *given, **arguments)

        kind.__init__ = init


def arguments_of_settings() -> Mapping[Setting, frozenset[str]]:
    """Return which arguments change with each setting; none if no other value was accepted."""
    recorder = Recorder()
    found: dict[Setting, frozenset[str]] = {}
    examples = (load(path).define for path in EXAMPLES if path.parent.name in _EXAMPLES)
    for define in (*_PROGRAMS, _scopes_that_no_client_has, *examples):
        calls, before = recorder.record(define)
        for at, call in enumerate(calls):
            owned = _resources_of(call.construct)
            for keyword, parameter in recorder.parameters[call.kind].items():
                default = None if parameter.default is Parameter.empty else parameter.default
                value = call.arguments.get(keyword, default)
                if keyword in _SCOPE:
                    continue
                given = _references(call.construct, value, before, owned)
                setting = call.kind.__name__, keyword
                found[setting] = found.get(setting, frozenset()) | given
                if not given:
                    run = partial(recorder.run, define, at)
                    others = variants(keyword, value, str(parameter.annotation))
                    known = _of(found, call.kind.__name__)
                    for label, changed in _tried(run, before, others, known):
                        found[call.kind.__name__, label] = changed
    return found


def _scopes_that_no_client_has(app: AuthApp) -> AuthStack:
    """Define a scope whose name can change: no client asks for it."""
    stack = AuthStack(app, "auth", region="eu-west-1", backend=LocalBackend())
    users = UserPool(stack, "users")
    scopes = [ResourceServerScope(name="read", description="Read orders.")]
    users.add_resource_server("orders", identifier="orders", scopes=scopes)
    return stack


def _tried(
    run: Callable[..., tuple[Call, Terraform]],
    before: Terraform,
    others: Iterator[tuple[str, Any]],
    known: Collection[str],
) -> Iterator[tuple[str, frozenset[str]]]:
    """Give a keyword of one call other values; yield what changes with each not *known* yet."""
    tries: dict[str, int] = defaultdict(int)
    for label, other in others:
        tries[label] += 1
        if label in known or tries[label] > _MOST_TRIES:
            continue
        with suppress(Exception):  # a value that is rejected says nothing
            call, after = run(**{label.partition("=")[0]: other})
            changed = frozenset(_changed(before, after, _resources_of(call.construct)))
            if changed:
                tries[label] = _MOST_TRIES
                yield label, changed


def variants(label: str, value: Any, annotation: str = "") -> Iterator[tuple[str, Any]]:
    """Yield other values for a keyword, each with the keyword that it is a value of."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            for name, other in variants(field.name, inner, str(field.type)):
                with suppress(Exception):  # a value that its type rejects
                    changed = dataclasses.replace(value, **{field.name: other})
                    yield f"{label}={type(value).__name__}({name})", changed
        return
    if isinstance(value, list | tuple | set | frozenset) and value:
        items = list(value)
        for place, item in enumerate(items):
            for name, other in variants(label, item):
                yield name, [*items[:place], other, *items[place + 1 :]]
        yield label, items[:-1]
    for other in _others(value, annotation):
        yield label, other


def _others(value: Any, annotation: str) -> Iterator[Any]:
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1, value + 60, 1)
        case timedelta():
            yield from (value * 2, value / 2, value + timedelta(days=1))
        case Enum():
            yield from (other for other in type(value) if other is not value)
        case str():
            yield from _other_texts(value)
        case Mapping() if value:
            yield dict(list(value.items())[:-1])
            for other in _other_texts(str(next(iter(value.values())))):
                yield dict.fromkeys(value, other)
        case None | ():
            yield from _samples(annotation)


def _other_texts(text: str) -> Iterator[str]:
    digits = re.sub(r"[0-8]", lambda found: str(int(found[0]) + 1), text)
    if digits != text:
        yield digits
    yield from (f"{text}x", f"x{text}", f"{text}/x", text.replace("acme", "acne"), text[:-1])


def _samples(annotation: str) -> Iterator[Any]:
    """Yield values of the type *annotation*, for a keyword that a program leaves out."""
    function = "arn:aws:lambda:eu-west-1:123456789012:function:other"
    key = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555"
    words = set(re.findall(r"\w+", annotation))
    if "bool" in words:
        yield from (True, False)
    if "timedelta" in words:
        yield from (timedelta(days=1), timedelta(hours=1), timedelta(minutes=10))
    if "int" in words:
        yield from (2, 60)
    many = words & {"Collection", "Sequence"}
    for kind in (getattr(constructs_auth, name, None) for name in sorted(words)):
        if isinstance(kind, type) and issubclass(kind, Enum):
            yield from ([member] if many else member for member in kind)
    if "Mapping" in words:
        yield {"team": "identity"}
    elif many:
        oidc = "arn:aws:iam::123456789012:oidc-provider/acme.example"
        saml = "arn:aws:iam::123456789012:saml-provider/acme"
        yield from (["other"], ["email"], ["https://acme.example/other"], [oidc], [saml])
    elif words & {"str", "LambdaFunction"}:
        role = "arn:aws:iam::123456789012:role/other"
        yield from ("other", function, key, role, "https://acme.example/other", "a@acme.example")


def _changed(before: Terraform, after: Terraform, owned: frozenset[Address]) -> Iterator[str]:
    for address in sorted(owned):
        old, new = before.get(address), after.get(address)
        if old is None or new is None:
            yield address[0]  # created, or not created
            continue
        for path in sorted({*old, *new}):
            if old.get(path) != new.get(path):
                yield f"{address[0]}.{path}"


def _references(
    construct: Any, value: Any, before: Terraform, owned: frozenset[Address]
) -> frozenset[str]:
    """Return the arguments that refer to what is given: constructs, or a value of Terraform."""
    given = value if isinstance(value, list | tuple) else [value]
    texts = [
        f"${{{kind}.{name}."
        for one in given
        if isinstance(one, Construct)
        for kind, name in _resources_of(one)
    ]
    if isinstance(value, str) and not is_concrete(value):
        texts.append(resolved_text(construct, value))
    return frozenset(
        f"{address[0]}.{path}"
        for address in owned
        for path, values in before[address].items()
        if any(text in one for text in texts for one in values)
    )


def _resources_of(construct: Any) -> frozenset[Address]:
    return frozenset(
        (one.terraform_resource_type, one.friendly_unique_id)
        for one in construct.node.find_all()
        if isinstance(one, TerraformResource)
    )


def _flat(body: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the values of each argument; the elements of a list of blocks share their names."""
    found: dict[str, list[str]] = defaultdict(list)

    def walk(value: Any, path: str) -> None:
        if isinstance(value, Mapping) and value:
            for name, inner in value.items():
                if name != "//":
                    walk(inner, f"{path}.{name}" if path else name)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for inner in value:
                walk(inner, path)
        else:
            found[path].append(json.dumps(value, sort_keys=True))

    walk(body, "")
    return found


def page(found: Mapping[Setting, frozenset[str]]) -> str:
    """Return the page: the arguments of each keyword, then the keywords of each argument."""
    settings: dict[str, dict[str, list[str]]] = defaultdict(dict)
    back: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (kind, setting), changed in sorted(found.items()):
        arguments = sorted({name for one in changed if (name := _shown(one))})
        if arguments or not any(one.startswith(f"{setting}=") for one in _of(found, kind)):
            settings[kind][setting] = arguments
        for argument in arguments:
            resource, _, path = argument.partition(".")
            if path:
                back[resource][path].add(f"{kind}({setting})")
    lines = [_INTRODUCTION]
    for kind, rows in settings.items():
        cells = [(code(one), _codes(arguments) or "—") for one, arguments in rows.items()]
        lines.append(f"### {kind}\n\n{table(('keyword', 'Terraform arguments'), cells)}\n")
    lines.append("## From a Terraform argument\n")
    for resource, paths in sorted(back.items()):
        cells = [(code(path), _codes(sorted(names))) for path, names in sorted(paths.items())]
        lines.append(f"### {resource}\n\n{table(('argument', 'keywords'), cells)}\n")
    return "\n".join(lines)


def _of(found: Mapping[Setting, frozenset[str]], kind: str) -> frozenset[str]:
    """Return the settings of a class whose arguments are known."""
    return frozenset(
        setting for (each, setting), changed in found.items() if each == kind and changed
    )


def _codes(names: list[str]) -> str:
    return "<br>".join(map(code, names))


def _shown(argument: str) -> str:
    """Return *argument* without the keys of a map that users choose; nothing for meta-arguments."""
    if _META_ARGUMENTS.search(argument):
        return ""
    found = _MAPS.search(argument)
    if found is None or found[1] == _KEPT_MAPS:
        return argument
    return f"{argument[: found.start()]}.{found[1]}"


_INTRODUCTION = """# Keywords and Terraform arguments

Find the keyword of a Terraform argument, or what a keyword writes. Take it from here when you
translate HCL into Python, or read a plan.

`make docs-arguments` generates this page: a program changes one keyword after the other in stacks
that use every setting, and compares the Terraform. So a row names everything that follows the
keyword, also arguments that this library derives from it. A resource without an argument is
created, or not, because of the keyword. A dash: no other value of the keyword changed an argument
there.

`password_policy=PasswordPolicy(minimum_length)` reads: the argument `minimum_length` of the
`PasswordPolicy` that the keyword `password_policy` takes. Values in a list are shown without the
list.

- [From a keyword](#from-a-keyword)
- [From a Terraform argument](#from-a-terraform-argument)

## From a keyword
"""

if __name__ == "__main__":
    sys.stdout.write(page(arguments_of_settings()))
