"""What our own writer of HCL writes is read as the Terraform JSON that it comes from."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from constructs_auth.cli import main
from constructs_auth.handoff.build import Options, build
from constructs_auth.handoff.hcl.document import render
from constructs_auth.handoff.reading import Stack
from constructs_auth.handoff.schema import aws_schema
from constructs_auth.rules.accepted import Accepted
from constructs_auth.rules.synthesized import FILE, Synthesized
from constructs_auth.terraform.hcl.syntax import read_hcl_text
from tests.support.judged import Judged
from tests.unit.handoff.samples import document, examples, thorough_examples, write

EXAMPLES = examples()


@pytest.mark.parametrize("name", thorough_examples())
def test_the_hand_off_of_an_example_has_the_findings_of_its_json(name: str, tmp_path: Path) -> None:
    as_json, as_hcl = tmp_path / "json", tmp_path / "hcl"
    for folder in (as_json, as_hcl):
        folder.mkdir()
    (as_json / "cdk.tf.json").write_text(json.dumps(EXAMPLES[name]), encoding="utf-8")
    for file, text in build(Stack(name=name, document=EXAMPLES[name]), Options()).files.items():
        (as_hcl / file).parent.mkdir(parents=True, exist_ok=True)
        (as_hcl / file).write_text(text, encoding="utf-8")

    found, expected = Judged.read(as_hcl), Judged.read(as_json)
    assert found.findings == expected.findings
    assert found.undecided.keys() == expected.undecided.keys()


def test_a_hand_off_is_checked_where_it_lies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = write(tmp_path / "stack", document())
    accepted = Accepted(
        rule="CG102", address="aws_cognito_user_pool.users", reason="A second factor comes later."
    )
    settings_of_program = Synthesized(profile="strict", accepted=(accepted,))
    (stack / FILE).write_text(settings_of_program.dumps(), encoding="utf-8")
    main(["handoff", str(stack), "--out", str(tmp_path / "handoff")])
    capsys.readouterr()

    said = []
    for folder in ("stack", "handoff"):
        main(["check", str(tmp_path / folder), "--format", "json"])
        report = json.loads(capsys.readouterr().out)
        said.append(
            [
                (part, one["rule"], one["address"], one["text"])
                for part in ("findings", "accepted")
                for one in report[part]
            ]
        )
    assert said[0] == said[1]
    assert ("accepted", "CG102", "aws_cognito_user_pool.users") in [one[:3] for one in said[1]]


NAMES = st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
LITERALS = (
    TEXTS.map(lambda text: text.replace("${", "$${").replace("%{", "%%{"))
    | st.integers(-(10**12), 10**12)
    | st.booleans()
    | st.sampled_from(["line\nbreak", 'quo"te', "back\\slash", "tab\t", "$${a}", "%%{b}", "é€😀"])
)
EXPRESSIONS = st.sampled_from(
    ["${var.name}", "${local.a.b[0]}", "x-${var.name}-y", "${upper(var.name)}", "${[1, 2][0]}"]
)
VALUES = st.recursive(
    LITERALS | EXPRESSIONS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
RESOURCES = st.dictionaries(
    NAMES, st.dictionaries(NAMES.map(lambda name: f"x{name}"), VALUES, max_size=4), max_size=4
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RESOURCES)
def test_any_document_is_read_back_equal(resources: dict[str, Any]) -> None:
    content = {
        "resource": {"terraform_data": {name: {"input": body} for name, body in resources.items()}}
    }
    text = render(content, aws_schema())
    read = read_hcl_text(text.encode(), file="main.tf").document
    found = read.get("resource", {}).get("terraform_data", {})

    assert plain({name: body[0]["input"] for name, body in found.items()}) == plain(resources)


def plain(value: Any) -> Any:
    """Return *value* with the white space of its expressions in one way."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str) and "${" in value.replace("$${", ""):
        return "".join(value.split())
    return value
