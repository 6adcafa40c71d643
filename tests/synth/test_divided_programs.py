"""A program of several files says what the same program in one file says."""

import importlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from constructs_auth import AuthApp
from constructs_auth.adopt.parts import System
from constructs_auth.adopt.program import program
from constructs_auth.adopt.subjects import SUBJECTS, VARIABLES
from constructs_auth.adopt.system import read_system
from constructs_auth.terraform.state_json import read_state
from tests.unit.adopt.everything import EVERYTHING
from tests.unit.adopt.states import ARN, client, pool, resource, state

MODULES = sorted({one.module for one in (*SUBJECTS.values(), VARIABLES)})
NAMES = st.sampled_from(
    [
        *("__init__", "__web", "_", "app", "as", "defined_pools", "main", "pools", "print"),
        *("providers", "r__web", "servers", "stack", "timedelta", "web-app", "web_app"),
        *MODULES,
    ]
) | st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_-]{0,8}", fullmatch=True)


@contextmanager
def imported(folder: Path, files: Mapping[str, str]) -> Iterator[Any]:
    """The module `main` of a program, as a test of the program imports it."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    names = {"main", *MODULES}
    before = {name: sys.modules.pop(name) for name in names & set(sys.modules)}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module("main")
    finally:
        sys.path.remove(str(folder))
        for name in names & set(sys.modules):
            del sys.modules[name]
        sys.modules.update(before)


def synthesized(system: System, *, longest: int) -> tuple[int, str]:
    """The number of the files of the program, and its Terraform JSON."""
    files = program(system, stack="auth", longest=longest)
    with tempfile.TemporaryDirectory() as work, imported(Path(work), files) as main:
        app = AuthApp(outdir=f"{work}/cdktf.out", context={})
        main.define(app)
        app.synth()
        document = Path(work, "cdktf.out/stacks/auth/cdk.tf.json").read_text(encoding="utf-8")
        return len(files), document


@st.composite
def random_states(draw: st.DrawFn) -> Sequence[Mapping[str, Any]]:
    """Pools with their members, under any names; clients that refer to what their pool has."""
    found: list[Mapping[str, Any]] = []
    for at in range(draw(st.integers(1, 2))):
        found += draw(_random_pool(f"eu-west-1_pool{at}", at))
    names = draw(st.lists(NAMES, min_size=len(found), max_size=len(found), unique=True))
    return [
        resource(one["type"], name, one["values"]) for one, name in zip(found, names, strict=True)
    ]


@st.composite
def _random_pool(draw: st.DrawFn, pool_id: str, number: int) -> Sequence[Mapping[str, Any]]:
    sms = [{"sns_caller_arn": "arn:aws:iam::123456789012:role/sms", "external_id": "made-up"}]
    configured = {"sms_configuration": sms} if draw(st.booleans()) else {}
    users = pool(id=pool_id, arn=f"{ARN}{number}", name=f"pool{number}", **configured)
    found = [resource("aws_cognito_user_pool", "-", users)]
    servers = [f"server{at}" for at in range(draw(st.integers(0, 2)))]
    providers = draw(st.sets(st.sampled_from(["Google", "Facebook", "acme"])))
    found += [_server(name, pool_id) for name in servers]
    found += [_provider(name, pool_id) for name in sorted(providers)]
    scopes = ["openid", *(f"{one}/read" for one in servers)]
    for at in range(draw(st.integers(0, 2))):
        oauth = {
            "allowed_oauth_flows": ["code"],
            "allowed_oauth_flows_user_pool_client": True,
            "allowed_oauth_scopes": scopes[: draw(st.integers(1, len(scopes)))],
            "callback_urls": ["https://acme.example/"],
        }
        values = client(
            id=f"{number}example{at}",
            name=f"client{at}",
            user_pool_id=pool_id,
            supported_identity_providers=["COGNITO", *sorted(providers)],
            **(oauth if draw(st.booleans()) else {}),
        )
        found.append(resource("aws_cognito_user_pool_client", "-", values))
    if draw(st.booleans()):
        values = {"domain": f"acme-{number}", "user_pool_id": pool_id}
        found.append(resource("aws_cognito_user_pool_domain", "-", values))
    if draw(st.booleans()):
        values = {"name": "staff", "user_pool_id": pool_id}
        found.append(resource("aws_cognito_user_group", "-", values))
    return found


def _server(name: str, pool_id: str) -> dict[str, Any]:
    scope = {"scope_name": "read", "scope_description": "Read"}
    values = {"identifier": name, "name": name, "scope": [scope], "user_pool_id": pool_id}
    return resource("aws_cognito_resource_server", "-", values)


def _provider(name: str, pool_id: str) -> dict[str, Any]:
    kind = "SAML" if name == "acme" else name
    details = (
        {"MetadataURL": "https://id.acme.example/metadata"}
        if kind == "SAML"
        else {"authorize_scopes": "email", "client_id": "a", "client_secret": "made-up"}
    )
    values = {
        "attribute_mapping": {"email": "email"},
        "provider_details": details,
        "provider_name": name,
        "provider_type": kind,
        "user_pool_id": pool_id,
    }
    return resource("aws_cognito_identity_provider", "-", values)


def both(resources: Sequence[Mapping[str, Any]]) -> tuple[System, str, str]:
    """The system, and its Terraform JSON from one file and from several."""
    system = read_system(read_state(state(*resources), file="state.json"), file="state.json")
    count, whole = synthesized(system, longest=10_000)
    assert count == 1
    count, divided = synthesized(system, longest=0)
    assert count > 1
    return system, whole, divided


@settings(
    deadline=None,
    derandomize=True,
    max_examples=40 if os.environ.get("CI") else 8,
    suppress_health_check=list(HealthCheck),
)
@given(resources=random_states())
def test_a_random_system_is_the_same_in_one_file_and_in_several(
    resources: Sequence[Mapping[str, Any]],
) -> None:
    _, whole, divided = both(resources)
    assert divided == whole


def test_each_kind_of_resource_and_reference_is_the_same_in_several_files() -> None:
    system, whole, divided = both(EVERYTHING)
    assert divided == whole
    for one in system.parts:
        assert f'"{one.construct_id}": {{' in divided
