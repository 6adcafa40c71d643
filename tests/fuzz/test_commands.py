"""No input and no environment makes a command fail in another way than the documentation says."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from constructs_auth.handoff.files import Format as HandoffFormat
from constructs_auth.review.command import Format as ReviewFormat
from constructs_auth.rules.command import Format as CheckFormat
from tests.fuzz.answers import answered
from tests.fuzz.inputs import (
    PLANS,
    changed,
    odd_contents,
    plan_of,
    raw_state_of,
    stacks,
    state_of,
)
from tests.plans.record import RECORDED
from tests.unit.handoff.samples import document as small_stack

PLAN = RECORDED / "pool_unprotected_name.json"
FEW = ("mfa_off", "pool_deleted_with_members", "role_mapping_ambiguous", "pool_moved")
COMMAND = (sys.executable, "-m", "constructs_auth")


@pytest.fixture(scope="module", autouse=True)
def work() -> Iterator[Path]:
    """A folder of this module, which is the current one meanwhile."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        yield Path(folder)
        os.chdir(before)


def put(name: str, content: bytes | object) -> str:
    """Write a file, with its folder."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, bytes):
        content = json.dumps(content).encode()
    path.write_bytes(content)
    return name


# Every part of every document.


@given(data=st.data(), name=st.sampled_from(PLANS), form=st.sampled_from(list(ReviewFormat)))
def test_review_answers_any_change_of_a_plan(data: st.DataObject, name: str, form: str) -> None:
    answered(["review", put("plan.json", data.draw(changed(plan_of(name)))), "--format", form])


@given(data=st.data(), name=st.sampled_from(PLANS), form=st.sampled_from(list(CheckFormat)))
def test_check_answers_any_change_of_a_plan_or_a_state(
    data: st.DataObject, name: str, form: str
) -> None:
    make = data.draw(st.sampled_from([plan_of, state_of, raw_state_of]))
    file = put("input.json", data.draw(changed(make(name))))
    answered(["check", file, "--format", form, "--show-unknown"])
    with tempfile.TemporaryDirectory() as out:
        answered(["adopt", file, "--out", f"{out}/new", "--no-verify"])


@given(data=st.data(), form=st.sampled_from(list(CheckFormat)))
def test_check_answers_any_change_of_a_stack(data: st.DataObject, form: str) -> None:
    name = data.draw(st.sampled_from(sorted(stacks())))
    put("stack/cdk.tf.json", data.draw(changed(stacks()[name])))
    answered(["check", "stack", "--format", form, "--profile", "strict"])


@given(data=st.data(), form=st.sampled_from(list(HandoffFormat)), as_module=st.booleans())
def test_handoff_answers_any_change_of_a_stack(
    data: st.DataObject, form: str, *, as_module: bool
) -> None:
    name = data.draw(st.sampled_from(sorted(stacks())))
    put("stack/cdk.tf.json", data.draw(changed(stacks()[name])))
    with tempfile.TemporaryDirectory() as out:
        options = ["--out", f"{out}/new", "--format", form, *(["--module"] if as_module else [])]
        answered(["handoff", "stack", *options])
        answered(["handoff", "stack", *options, "--check"])


@given(data=st.data(), name=st.sampled_from(FEW))
def test_review_answers_any_change_of_the_terraform_beside_the_plan(
    data: st.DataObject, name: str
) -> None:
    example = data.draw(st.sampled_from(sorted(stacks())))
    put("synth/cdk.tf.json", data.draw(changed(stacks()[example])))
    put("base/cdk.tf.json", stacks()[example])
    plan = str(RECORDED / f"{name}.json")
    answered(["review", plan, "--synth", "synth", "--base", "base"])
    answered(["review", plan, "--synth", "base", "--base", "synth"])


_ACCEPTED: dict[str, Any] = {
    "format_version": 1,
    "profile": "strict",
    "accepted": [{"rule": "CG101", "address": "a.b", "reason": "why", "until": "2030-01-01"}],
    "accepted_changes": [{"rule": "CH01", "address": "a.b", "reason": "why"}],
    "resources": {"aws_cognito_user_pool.users": {"construct_path": "a/b", "source": "m.py:1"}},
}


@given(data=st.data())
def test_any_change_of_the_accepted_findings_is_answered(data: st.DataObject) -> None:
    put("synth/cdk.tf.json", small_stack())
    put("synth/constructs-auth.json", data.draw(changed(_ACCEPTED)))
    file = put("accepted.json", data.draw(changed({"accepted": _ACCEPTED["accepted"]})))
    answered(["check", "synth"])
    answered(["check", str(PLAN), "--accepted", file])
    answered(["review", str(PLAN), "--synth", "synth", "--accepted", file])


@given(data=st.data())
def test_any_change_of_the_last_handoff_is_answered(data: st.DataObject) -> None:
    put("source/cdk.tf.json", small_stack())
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out"
        assert answered(["handoff", "source", "--out", out]).code == 0
        manifest = json.loads(Path(out, "manifest.json").read_text(encoding="utf-8"))
        put(f"{out}/manifest.json", data.draw(changed(manifest)))
        for more in (["--check"], [], ["--force"]):
            answered(["handoff", "source", "--out", out, *more])


# Files that hold something else.

_STACK = small_stack()
_ODD = odd_contents(_STACK)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[] if at % 4 == 0 else pytest.mark.thorough)
        for at, kind in enumerate(sorted(_ODD))
    ],
)
def test_any_content_of_a_file_is_answered(kind: str, tmp_path: Path) -> None:
    content, plan = _ODD[kind], str(PLAN)
    odd = put("odd.json", content)
    put("odd/cdk.tf.json", content)
    put("beside/cdk.tf.json", _STACK)
    put("beside/constructs-auth.json", content)
    put("locked/cdk.tf.json", _STACK)
    put("locked/.terraform.lock.hcl", content)
    for command in ("check", "review"):
        answered([command, odd])
        answered([command, "-"], stdin=content)
        answered([command, plan, "--accepted", odd])
    answered(["adopt", odd, "--out", str(tmp_path / "adopted"), "--no-verify"])
    for folder in ("odd", "beside", "locked"):
        answered(["check", folder])
        answered(["review", plan, "--synth", folder, "--base", folder])
        answered(["handoff", folder, "--out", str(tmp_path / folder)])
    answered(["handoff", "locked", "--out", str(tmp_path / "schema"), "--schema", odd])


@pytest.mark.thorough
@pytest.mark.parametrize("kind", sorted(_ODD))
def test_any_content_of_a_file_of_the_last_handoff_is_answered(kind: str, tmp_path: Path) -> None:
    put("source/cdk.tf.json", _STACK)
    out = tmp_path / "out"
    for name in ("manifest.json", "CHANGELOG.md", "README.md", ".terraform.lock.hcl"):
        answered(["handoff", "source", "--out", str(out), "--force"])
        put(str(out / name), _ODD[kind])
        for more in (["--check"], [], ["--force"]):
            answered(["handoff", "source", "--out", str(out), *more])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_plan_in_the_encoding_of_its_mark_is_read(encoding: str) -> None:
    text = PLAN.read_text(encoding="utf-8")
    plain = answered(["review", "-"], stdin=text.encode())
    marked = answered(["review", "-"], stdin=text.encode(encoding))
    assert (marked.code, marked.out) == (plain.code, plain.out)


# What is no file.


@pytest.fixture
def places(tmp_path: Path) -> list[str]:
    """Names of what cannot be read as a file."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    (tmp_path / "under").write_bytes(b"")
    closed = tmp_path / "closed"
    closed.write_bytes(b"{}")
    closed.chmod(0)
    names = ("folder", "dangling", "one", "under/file", "closed", "missing", "n\nl", "\udcff")
    more = ("", ".", "/", "a\0b", "x" * 5_000, "/".join(["x" * 200] * 50), "~", "-x", os.devnull)
    return [*(str(tmp_path / name) for name in names), *more]


def test_what_is_no_file_is_answered(places: list[str], tmp_path: Path) -> None:
    put("good/cdk.tf.json", _STACK)
    plan = str(PLAN)
    for place in places:
        for command in ("check", "review"):
            answered([command, f"./{place}" if place.startswith("-") else place])
            answered([command, plan, f"--accepted={place}"])
        answered(["adopt", f"./{place}", "--out", str(tmp_path / "adopted"), "--no-verify"])
        answered(["review", plan, f"--synth={place}"])
        answered(["review", plan, "--synth=good", f"--base={place}"])
        answered(["handoff", place, "--out", str(tmp_path / "out")])
        answered(["handoff", "good", "--out", str(tmp_path / "out"), f"--schema={place}"])


def test_what_is_no_file_is_answered_as_an_output(places: list[str]) -> None:
    put("good/cdk.tf.json", _STACK)
    for place in [*places, "/dev/full", "/proc/x", "/dev/null/x"]:
        answered(["review", str(PLAN), "--format", "json", f"--output={place}"])
        if place not in {"", ".", "/"}:
            answered(["handoff", "good", f"--out={place}"])
            answered(["init", "--", place])
            answered(
                ["adopt", put("state.json", state_of("mfa_off")), f"--out={place}", "--no-verify"]
            )


@pytest.mark.parametrize("name", ["cdk.tf.json", "constructs-auth.json", ".terraform.lock.hcl"])
@pytest.mark.parametrize("kind", ["folder", "dangling", "circle", "pipe"])
def test_what_is_no_file_in_a_folder_is_answered(name: str, kind: str, tmp_path: Path) -> None:
    put(str(tmp_path / "stack" / "cdk.tf.json"), _STACK)
    place = tmp_path / "stack" / name
    place.unlink(missing_ok=True)
    match kind:
        case "folder":
            place.mkdir()
        case "dangling":
            place.symlink_to("nowhere")
        case "circle":
            place.symlink_to(place.name)
        case _:
            os.mkfifo(place)
    stack = str(tmp_path / "stack")
    answered(["check", stack])
    answered(["review", str(PLAN), "--synth", stack])
    answered(["handoff", stack, "--out", str(tmp_path / "out")])


# Arguments.

_OPTIONS = {
    "check": ("--profile", "--fail-on", "--format", "--accepted", "--show-unknown"),
    "review": (
        *("--format", "--output", "--fail-on", "--profile", "--accepted", "--accept"),
        *("--synth", "--base", "--label", "--expect"),
    ),
    "handoff": (
        *("--out", "--format", "--module", "--partial-backend", "--import", "--moved"),
        *("--schema", "--source-commit", "--force", "--check"),
    ),
    "rules": ("--format",),
    "adopt": ("--out", "--user-pool-id", "--region", "--stack", "--no-verify"),
}
_VALUES = st.sampled_from(
    [
        *("", "-", "--", "=", "a=b", "=b", "text", "json", "never", "strict", "nope", "CG101"),
        *("good", str(PLAN), "missing", "x" * 10_000, "9" * 5_000, "\udcff", "é", "a\nb", "%s"),
        *("::error::a", "$(x)", "aws_cognito_user_pool.users=id", "../..", "\x1b[31m", "{}"),
    ]
)


@given(data=st.data(), command=st.sampled_from(sorted(_OPTIONS)))
def test_any_arguments_are_answered(data: st.DataObject, command: str) -> None:
    put("good/cdk.tf.json", _STACK)
    with tempfile.TemporaryDirectory() as out:
        arguments = [command, *data.draw(st.lists(_VALUES, max_size=2))]
        for option in data.draw(st.lists(st.sampled_from(_OPTIONS[command]), max_size=3)):
            values = data.draw(st.lists(_VALUES, max_size=3 if option == "--accept" else 1))
            if option in {"--out", "--output"}:
                values = [f"{out}/{data.draw(st.sampled_from(['a', 'b/c', '.']))}"]
            arguments += [option, *values]
        answered(arguments)


@pytest.mark.parametrize(
    "app",
    [
        "'",
        '"',
        "a 'b",
        "\\",
        " ",
        "missing",
        "/",
        ".",
        "false",
        "true",
        "\0",
        "x" * 150_000,  # more than Linux takes as one argument
        "\udcff",
    ],
)
def test_any_app_is_answered(app: str, tmp_path: Path) -> None:
    code = answered(["handoff", "auth", "--out", str(tmp_path / "out"), f"--app={app}"]).code
    assert code == (2 if app == "\0" else 3)


# Long texts: nothing takes the square of their length.

_LONG = {
    "letters": "a",
    "signs": "$",
    "percents": "%",
    "braces": "{",
    "templates": "${",
    "closed templates": "${a}",
    "comments": "${/*",
    "brackets": "[",
    "parentheses": "(",
    "addresses": "a@",
    "links": "://a:",
    "domains": "www.",
    "references": "a.b[",
    "colons": "a:b:",
    "spaces": " a",
    "lines": "\na",
    "quotes": '${"',
    "back slashes": "\\",
    "back ticks": "`",
    "numbers": "1.",
    "dots": ".",
    "hyphens": "-",
    "slashes": "/",
    "entities": "&#",
    "policies": "arn:aws:iam::aws:policy/",
    "assets": "./assets/",
    "hosts": ".auth.eu-west-1.amazoncognito.com",
}
_LENGTH = 50_000


@pytest.mark.thorough
@pytest.mark.parametrize("kind", sorted(_LONG))
def test_a_long_text_in_any_argument_takes_no_square_of_time(kind: str, tmp_path: Path) -> None:
    text = _LONG[kind] * (_LENGTH // len(_LONG[kind]))
    put("long/cdk.tf.json", _with_text(stacks()["main"], text))
    answered(["check", "long", "--format", "markdown"])
    answered(["check", "long", "--format", "text"])
    answered(["handoff", "long", "--out", str(tmp_path / "out")])
    plan = put("long.json", _with_text(plan_of("mfa_off"), text))
    answered(["check", plan, "--format", "sarif"])
    for form in ReviewFormat:
        answered(["review", plan, "--format", form])


def _with_text(document: dict[str, Any], text: str) -> dict[str, Any]:
    """Put *text* into three arguments of the resources: a name, an address, a list."""
    found: dict[str, Any] = json.loads(json.dumps(document))
    bodies = [body for kinds in found.get("resource", {}).values() for body in kinds.values()] + [
        side
        for change in found.get("resource_changes", ())
        for side in (change["change"].get("before"), change["change"].get("after"))
        if side
    ]
    for at, body in enumerate(bodies[:6]):
        body |= {"name": text, "callback_urls": [f"https://{text}"], "tags": {"a": f"{at}{text}"}}
        body |= {"domain": text, "css": text, "assume_role_policy": text}
    return found
