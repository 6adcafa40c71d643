"""Secrets are planted in every place that can hold one, and no output of any command has them.

Each input is built twice, with two secrets of the same form. No output may contain one, and the
outputs of both must be the same: then nobody learns anything about a secret from them.
"""

import contextlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hypothesis import given, strategies as st

from constructs_auth.cli import main
from constructs_auth.handoff.files import Format as HandoffFormat
from constructs_auth.review.command import Format as ReviewFormat
from constructs_auth.rules.command import Format as CheckFormat
from tests.fuzz.canaries import (
    ENCODINGS,
    FORMS,
    LONG_FORMS,
    Canary,
    at,
    canary_of,
    containers,
    copied,
    joined,
    leaves,
    like,
    marked,
    of_state,
    ours,
    put,
)
from tests.plans.record import RECORDED
from tests.plans.verdicts import recorded
from tests.unit.handoff.samples import examples

Document = dict[str, Any]
Recipe = Callable[[Document, Canary], None]
"""Plants a secret in a document."""

PLANS = sorted(path.stem for path in RECORDED.glob("*.json") if ours(recorded(path.stem)))
SIDES = ("before", "after")


@st.composite
def marked_values(draw: st.DrawFn, plan: Document) -> Recipe:
    """Replace a value of Cognito, and let Terraform mark it or what is around it."""
    entry = draw(st.sampled_from(range(len(ours(plan)))))
    path = draw(st.sampled_from(sorted(leaves(ours(plan)[entry]["change"]["after"]), key=str)))
    depth = draw(st.integers(1, len(path)))
    sides = draw(st.sampled_from([("after",), SIDES]))

    def plant(document: Document, canary: Canary) -> None:
        change = ours(document)[entry]["change"]
        for side in sides:
            with contextlib.suppress(KeyError, IndexError, TypeError):
                put(change[side], path, like(at(change[side], path), canary))
                marks = change.get(f"{side}_sensitive") or {}
                change[f"{side}_sensitive"] = joined(marks, marked(path[:depth]))

    return plant


@st.composite
def values_of_secret_names(draw: st.DrawFn, plan: Document) -> Recipe:
    """Add an argument or a map key with the name of a secret, to our resources or to others."""
    entry = draw(st.sampled_from(range(len(plan["resource_changes"]))))
    wrapped = draw(
        st.sampled_from(
            [
                lambda text: {"db_password": text},
                lambda text: {"tags": {"API_TOKEN": text}},
                lambda text: {"environment": [{"variables": {"DB_PWD": text}}]},
                lambda text: {"settings": [{"name": "X-API-KEY", "value": text}]},
                lambda text: {"settings": json.dumps({"a": [{"secret": text}]})},
                lambda text: {"provider_details": {"client_id": "a", "client_secret": text}},
                lambda text: {"private_key": [text, text]},
            ]
        )
    )
    sides = draw(st.sampled_from([("after",), SIDES]))

    def plant(document: Document, canary: Canary) -> None:
        change = document["resource_changes"][entry]["change"]
        for side in sides:
            if isinstance(change.get(side), dict):
                change[side] |= wrapped(canary.text)

    return plant


@st.composite
def parts_of_texts(draw: st.DrawFn, plan: Document) -> Recipe:
    """Replace a text of Cognito by one that has a secret in it, which nothing marks."""
    entry = draw(st.sampled_from(range(len(ours(plan)))))
    after = ours(plan)[entry]["change"]["after"]
    texts = sorted((path for path in leaves(after) if isinstance(at(after, path), str)), key=str)
    path = draw(st.sampled_from(texts))
    written = draw(
        st.sampled_from(
            [
                "https://ann:{}@db.example/x",
                "http://{}@db.example",
                "//ann:{}@db.example",
                "https%3A%2F%2Fann%3A{}%40db.example",
                "https://app.example/cb?access_token={}&x=1",
                "https://app.example/cb?x=1&api_key={}",
                "https://app.example/#id_token={}",
                "http://app.example/cb?X-Amz-Signature={}",
                "before https://ann:{}@db.example after",
            ]
        )
    )

    def plant(document: Document, canary: Canary) -> None:
        put(
            ours(document)[entry]["change"]["after"],
            path,
            written.format(quote(canary.text, safe="")),
        )

    return plant


@st.composite
def copies(draw: st.DrawFn, plan: Document) -> Recipe:
    """Mark a secret somewhere, and put a copy, perhaps an encoded one, where nothing marks it."""
    source = draw(
        st.sampled_from(
            [
                of_variable,
                of_output,
                of_data_source,
                of_provider,
                of_constant,
                of_drift,
                of_random_password,
            ]
        )
    )
    encoded = ENCODINGS[draw(st.sampled_from(sorted(ENCODINGS)))]
    entry = draw(st.sampled_from(range(len(ours(plan)))))
    after = ours(plan)[entry]["change"]["after"]
    texts = sorted((path for path in leaves(after) if isinstance(at(after, path), str)), key=str)
    path = draw(st.sampled_from(texts))
    as_key = draw(st.booleans())

    def plant(document: Document, canary: Canary) -> None:
        source(document, canary)
        values = ours(document)[entry]["change"]["after"]
        if as_key:
            values["tags"] = {**(values.get("tags") or {}), encoded(canary.text): "x"}
        else:
            put(values, path, encoded(canary.text))

    return plant


@st.composite
def keys(draw: st.DrawFn, plan: Document) -> Recipe:
    """Put a secret into the keys of a sensitive map, or into the key of an instance."""
    entry = draw(st.sampled_from(range(len(ours(plan)))))
    is_instance = draw(st.booleans())

    def plant(document: Document, canary: Canary) -> None:
        resource = ours(document)[entry]
        change = resource["change"]
        if is_instance and len(canary.text) >= 6:
            of_variable(document, canary)
            resource["index"] = canary.text
            resource["address"] += f"[{json.dumps(canary.text, ensure_ascii=False)}]"
            return
        for side in SIDES:
            if isinstance(change.get(side), dict):
                change[side]["tags"] = {canary.text: side}
                marks = change.get(f"{side}_sensitive") or {}
                change[f"{side}_sensitive"] = joined(marks, {"tags": True})
        change["replace_paths"] = [*change.get("replace_paths", []), ["tags", canary.text]]

    return plant


def of_variable(plan: Document, canary: Canary) -> None:
    """Give a sensitive variable the secret."""
    name = f"given_{len(plan.setdefault('variables', {}))}"
    plan["variables"][name] = {"value": canary.value}
    _root(plan).setdefault("variables", {})[name] = {"sensitive": True}


def of_output(plan: Document, canary: Canary) -> None:
    """Give a sensitive output the secret."""
    changes = plan.setdefault("output_changes", {})
    changes[f"given_{len(changes)}"] = {
        "actions": ["update"],
        "before": "old",
        "after": {"inside": [canary.value]},
        "before_sensitive": True,
        "after_sensitive": True,
    }


def of_data_source(plan: Document, canary: Canary) -> None:
    """Let a data source have read the secret."""
    resource = {
        "address": "data.aws_ssm_parameter.a",
        "mode": "data",
        "type": "aws_ssm_parameter",
        "name": "a",
        "values": {"value": canary.value},
        "sensitive_values": {"value": True},
    }
    state = plan.setdefault("prior_state", {}).setdefault("values", {})
    state.setdefault("root_module", {}).setdefault("resources", []).append(resource)


def of_provider(plan: Document, canary: Canary) -> None:
    """Write the secret into a provider's configuration."""
    providers = plan.setdefault("configuration", {}).setdefault("provider_config", {})
    providers[f"other_{len(providers)}"] = {
        "name": "other",
        "expressions": {"api_key": {"constant_value": canary.value}},
    }


def of_constant(plan: Document, canary: Canary) -> None:
    """Write the secret into the configuration of a resource of another provider."""
    _root(plan).setdefault("resources", []).append(
        {
            "address": "vendor_thing.a",
            "mode": "managed",
            "type": "vendor_thing",
            "name": "a",
            "expressions": {"login": [{"password": {"constant_value": canary.value}}]},
        }
    )


def of_drift(plan: Document, canary: Canary) -> None:
    """Let a resource of another provider have changed outside of Terraform."""
    plan.setdefault("resource_drift", []).append(_other("update", {"made": canary.value}))


def of_random_password(plan: Document, canary: Canary) -> None:
    """Let another provider create the secret."""
    plan["resource_changes"].append(_other("create", {"made": canary.value}))
    plan["checks"] = [{"instances": [{"problems": [{"message": canary.text}]}]}]


def _other(action: str, values: Document) -> Document:
    before = None if action == "create" else {"made": "old"}
    return {
        "address": "random_password.a",
        "mode": "managed",
        "type": "random_password",
        "name": "a",
        "change": {
            "actions": [action],
            "before": before,
            "after": values,
            "before_sensitive": {"made": True} if before else False,
            "after_sensitive": {"made": True},
            "after_unknown": {},
        },
    }


def _root(plan: Document) -> Document:
    root: Document = plan.setdefault("configuration", {}).setdefault("root_module", {})
    return root


IN_RESOURCES = (marked_values, values_of_secret_names, parts_of_texts)
ANYWHERE = (*IN_RESOURCES, copies, keys)


@st.composite
def planted(
    draw: st.DrawFn, kinds: tuple[Any, ...] = ANYWHERE
) -> tuple[Document, Document, tuple[Canary, ...]]:
    """Plant the same places of one recorded plan with two sets of secrets."""
    plan = recorded(draw(st.sampled_from(PLANS)))
    both = (copied(plan), copied(plan))
    used: list[Canary] = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(kinds))
        recipe = draw(kind(plan))
        form = draw(st.sampled_from(LONG_FORMS if kind is copies else FORMS))
        for side, document in enumerate(both):
            used.append(canary_of(10 * number + 5 * side + 1, form))
            recipe(document, used[-1])
    return *both, tuple(used)


@given(planted())
def test_no_output_has_a_secret_of_a_plan(
    found: tuple[Document, Document, tuple[Canary, ...]],
) -> None:
    _assert_silent(_of_plan, *found)


@given(planted(IN_RESOURCES))
def test_no_output_has_a_secret_of_a_state(
    found: tuple[Document, Document, tuple[Canary, ...]],
) -> None:
    one, other, used = found
    _assert_silent(_checked, of_state(one), of_state(other), used)


def _texts_of(stack: Document) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    for kind, named in stack.get("resource", {}).items():
        for name, body in named.items():
            for path in leaves(body):
                is_ours = kind.startswith("aws_cognito_") and path[0] != "//"
                if is_ours and isinstance(at(body, path), str):
                    yield kind, name, path


STACKS = {name: stack for name, stack in examples().items() if any(_texts_of(stack))}


@st.composite
def planted_stacks(draw: st.DrawFn) -> tuple[Document, Document, tuple[Canary, ...]]:
    """Plant the same places of one stack with two sets of secrets."""
    stack = STACKS[draw(st.sampled_from(sorted(STACKS)))]
    both = (copied(stack), copied(stack))
    used: list[Canary] = []
    for number in range(draw(st.integers(1, 3))):
        recipe = draw(written_values(stack, f"given_{number}"))
        form = draw(st.sampled_from(LONG_FORMS))
        for side, document in enumerate(both):
            used.append(canary_of(10 * number + 5 * side + 1, form))
            recipe(document, used[-1])
    return *both, tuple(used)


@st.composite
def written_values(draw: st.DrawFn, stack: Document, name: str) -> Recipe:
    """Write a secret into the Terraform of a stack, and perhaps a copy into Cognito's resources."""
    secret = draw(
        st.sampled_from(
            [
                lambda text: {"variable": {name: {"default": text, "sensitive": True}}},
                lambda text: {"variable": {f"{name}_password": {"default": text}}},
                lambda text: {"output": {name: {"value": text, "sensitive": True}}},
                lambda text: {"provider": {"aws": [{"alias": name, "secret_key": text}]}},
                lambda text: {"resource": {"vendor_thing": {name: {"api_key": text}}}},
                lambda text: {"resource": {"vendor_thing": {name: {"login": [_pair(text)]}}}},
                lambda text: {"resource": {"aws_cognito_user": {name: _user(text)}}},
            ]
        )
    )
    places = sorted(
        (("resource", kind, name, *path) for kind, name, path in _texts_of(stack)), key=str
    )
    place = draw(st.sampled_from(places))
    written = draw(st.sampled_from([*ENCODINGS.values(), *IN_A_TEXT]))

    def plant(document: Document, canary: Canary) -> None:
        _merge(document, secret(canary.text))
        put(document, place, written(canary.text))

    return plant


IN_A_TEXT: tuple[Callable[[str], str], ...] = (
    lambda text: f"${{sensitive({json.dumps(text)})}}",
    lambda text: json.dumps({"secret": text}),
    lambda text: f"https://ann:{quote(text, safe='')}@db.example",
)


def _pair(text: str) -> Document:
    return {"name": "X-API-KEY", "value": text}


def _user(text: str) -> Document:
    return {"user_pool_id": "eu-west-1_a", "username": "ann", "password": text}


def _merge(document: Document, more: Document) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(document.get(name), dict):
            _merge(document[name], value)
        elif isinstance(value, list) and isinstance(document.get(name), list):
            document[name] = [*document[name], *value]
        else:
            document[name] = value


@given(planted_stacks())
def test_no_output_has_a_secret_of_terraform_json(
    found: tuple[Document, Document, tuple[Canary, ...]],
) -> None:
    _assert_silent(_of_stack, *found)


@given(planted(), st.data())
def test_no_error_has_a_value_of_its_input(
    found: tuple[Document, Document, tuple[Canary, ...]], data: st.DataObject
) -> None:
    """Something is of the wrong kind, where the readers say what they expect."""
    one, _, used = found
    place = data.draw(st.sampled_from(sorted(containers(one), key=str)))
    put(one, place, data.draw(st.sampled_from([used[0].text, [used[0].text]])))
    with tempfile.TemporaryDirectory() as folder:
        file = _written(Path(folder), one)
        for command in ("check", "review"):
            output = _said(command, file)
            for canary in used if output.startswith("3\n\n") else ():  # an error, and no report
                assert not canary.found_in(output), f"{command} has {canary}"


def _assert_silent(
    command: Callable[[Path, Document], Iterator[tuple[str, str]]],
    one: Document,
    other: Document,
    used: tuple[Canary, ...],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = dict(command(Path(folder), one))
        assert told == dict(command(Path(folder), other))
        for name, output in told.items():
            for canary in used:
                assert not canary.found_in(output), f"{name} has {canary}"


def _of_stack(folder: Path, stack: Document) -> Iterator[tuple[str, str]]:
    """Walk through all that the commands say of Terraform JSON, and the pages of its hand-off."""
    file = folder / "cdk.tf.json"
    file.write_text(json.dumps(stack), encoding="utf-8")
    for form in CheckFormat:
        yield f"check {form}", _said("check", str(file), "--format", form, "--show-unknown")
    for language in HandoffFormat:
        out = folder / f"as {language}"
        shutil.rmtree(out, ignore_errors=True)
        options = ("--out", str(out), "--format", language)
        yield f"handoff {language}", _said("handoff", str(folder), *options)
        for page in sorted(out.glob("*.md")):
            yield f"{page.name} of handoff {language}", page.read_text(encoding="utf-8")


def _of_plan(folder: Path, plan: Document) -> Iterator[tuple[str, str]]:
    """Walk through all that the commands say of a plan."""
    yield from _checked(folder, plan)
    file = _written(folder, plan)
    for form in ReviewFormat:
        yield f"review {form}", _said("review", file, "--format", form)
        report = folder / "report"
        yield (
            f"review {form} --output",
            _said("review", file, "--format", form, "--output", str(report)),
        )
        yield f"the file of review {form}", report.read_text(encoding="utf-8")


def _checked(folder: Path, document: Document) -> Iterator[tuple[str, str]]:
    file = _written(folder, document)
    for form in CheckFormat:
        yield f"check {form}", _said("check", file, "--format", form, "--show-unknown")


def _written(folder: Path, document: Document) -> str:
    file = folder / "given.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def _said(*arguments: str) -> str:
    """Run a command, and return its exit code and what it says."""
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        code = main(list(arguments))
    return f"{code}\n{said.getvalue()}\n{complained.getvalue()}"
