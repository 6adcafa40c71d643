"""What a platform team may expect of a root module, HO01 to HO16, on every example.

`tests/terraform/test_handoff.py` has what needs Terraform: HO08 formatted, HO09 valid, HO12 its
tests pass.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import hcl2
import pytest

from constructs_auth.handoff.build import Handoff, Options, build
from constructs_auth.handoff.reading import Stack
from tests.unit.handoff.samples import examples, thorough_examples

EXAMPLES = examples()
Check = Callable[["Delivery"], None]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A hand-off, read as its new owners read it."""

    name: str
    handoff: Handoff

    @property
    def files(self) -> Mapping[str, str]:
        """The text of each file."""
        return self.handoff.files

    @cached_property
    def blocks(self) -> dict[str, list[Any]]:
        """Every block, by its kind, as another's parser reads it."""
        options = hcl2.SerializationOptions(strip_string_quotes=True, explicit_blocks=False)
        found: dict[str, list[Any]] = {}
        for name, text in self.files.items():
            if name.endswith(".tf"):
                for kind, blocks in hcl2.loads(text, serialization_options=options).items():
                    found.setdefault(kind, []).extend(blocks)
        return found

    def named(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """The variables or outputs."""
        return {name: body for block in self.blocks.get(kind, []) for name, body in block.items()}

    @property
    def versions(self) -> Mapping[str, Any]:
        """The block that says which Terraform and which providers."""
        block: Mapping[str, Any] = next(
            block for block in self.blocks["terraform"] if "required_version" in block
        )
        return block


def ho01_says_which_terraform(delivery: Delivery) -> None:
    assert delivery.versions["required_version"] == ">= 1.10.0, < 2.0.0"


def ho02_gives_its_providers_a_range(delivery: Delivery) -> None:
    (required,) = delivery.versions["required_providers"]
    assert required["aws"]["source"] == "hashicorp/aws"
    assert re.fullmatch(r">= [\d.]+, < 7\.0\.0", required["aws"]["version"])


def ho03_says_how_to_lock_for_every_platform(delivery: Delivery) -> None:
    assert (
        "$ terraform providers lock -platform=linux_amd64 -platform=linux_arm64 "
        "-platform=darwin_arm64"
    ) in delivery.files["README.md"]
    assert ".terraform.lock.hcl" not in delivery.files[".gitignore"]


def ho04_describes_every_variable(delivery: Delivery) -> None:
    assert "region" in delivery.named("variable")
    for name, variable in delivery.named("variable").items():
        assert variable["type"]
        assert variable["description"]
        if "secret" in name:
            assert variable["sensitive"] is True
            assert "default" not in variable


def ho05_describes_every_output(delivery: Delivery) -> None:
    for output in delivery.named("output").values():
        assert output["description"]


def ho06_names_no_account_and_no_region(delivery: Delivery) -> None:
    """An account that the program itself names is said aloud, once for each place."""
    text = "".join(text for name, text in delivery.files.items() if name.endswith(".tf"))
    named_accounts = re.findall(r"arn:aws:\w+:[\w-]*:\d{12}:", text)
    warned = [warning for warning in delivery.handoff.warnings if "ARN of one account" in warning]
    assert len(warned) == len(named_accounts)
    assert "eu-west-1" not in delivery.files["providers.tf"]


def ho07_has_no_notes_of_cdktf(delivery: Delivery) -> None:
    for name, text in delivery.files.items():
        if name.endswith(".tf"):
            assert '"//"' not in text
            assert "uniqueId" not in text


def ho10_keeps_its_state_encrypted_and_locked(delivery: Delivery) -> None:
    text = delivery.files["backend.tf"]
    assert "encrypt      = true" in text
    assert "use_lockfile = true" in text
    assert not re.search(r"access_key|secret_key|token|dynamodb", text)


def ho11_has_its_readme_in_step(delivery: Delivery) -> None:
    text = delivery.files["README.md"]
    tables = text.partition("<!-- BEGIN_TF_DOCS -->")[2].partition("<!-- END_TF_DOCS -->")[0]
    for name in (*delivery.named("variable"), *delivery.named("output")):
        assert f"| `{name}` |" in tables
    for block in delivery.blocks["resource"]:
        for kind, names in block.items():
            assert all(f"| `{kind}.{name}` | resource |" in tables for name in names)


def ho12_brings_tests_with_mocks(delivery: Delivery) -> None:
    text = delivery.files["tests/as_written.tftest.hcl"]
    assert text.startswith('mock_provider "aws" {')
    assert ("must meet CG" in text) is has_pool(delivery)


def ho13_moves_and_imports_nothing_by_itself(delivery: Delivery) -> None:
    assert {"moved", "import", "removed"} & delivery.blocks.keys() == set()


def ho14_holds_the_report(delivery: Delivery) -> None:
    report = delivery.files["README.md"].partition("## Security")[2]
    assert ("profile standard)" in report) is has_pool(delivery)


def ho15_has_a_manifest(delivery: Delivery) -> None:
    manifest = json.loads(delivery.files["manifest.json"])
    assert manifest["source_commit"] == "1" * 40
    assert sorted(manifest["versions"]) == [
        "aws schema, bindings",
        "aws schema, provider",
        "constructs-auth",
    ]
    assert manifest["files"] == {
        name: hashlib.sha256(text.encode()).hexdigest()
        for name, text in sorted(delivery.files.items())
        if name != "manifest.json"
    }


def ho16_is_the_same_each_time(delivery: Delivery) -> None:
    assert hand_over(delivery.name) == delivery.handoff


CHECKS: tuple[Check, ...] = (
    ho01_says_which_terraform,
    ho02_gives_its_providers_a_range,
    ho03_says_how_to_lock_for_every_platform,
    ho04_describes_every_variable,
    ho05_describes_every_output,
    ho06_names_no_account_and_no_region,
    ho07_has_no_notes_of_cdktf,
    ho10_keeps_its_state_encrypted_and_locked,
    ho11_has_its_readme_in_step,
    ho12_brings_tests_with_mocks,
    ho13_moves_and_imports_nothing_by_itself,
    ho14_holds_the_report,
    ho15_has_a_manifest,
    ho16_is_the_same_each_time,
)


def has_pool(delivery: Delivery) -> bool:
    """The bucket of the state, and the directory of a company, are stacks without one."""
    return "aws_cognito_user_pool" in EXAMPLES[delivery.name]["resource"]


def hand_over(name: str) -> Handoff:
    """The hand-off of a stack, as the command makes it."""
    stack = Stack(name=name, document=EXAMPLES[name])
    return build(stack, Options(source_commit="1" * 40))


@pytest.fixture(scope="module", params=thorough_examples())
def delivery(request: pytest.FixtureRequest) -> Delivery:
    return Delivery(name=request.param, handoff=hand_over(request.param))


def test_a_hand_off_has_what_is_expected(delivery: Delivery) -> None:
    for check in CHECKS:
        check(delivery)
