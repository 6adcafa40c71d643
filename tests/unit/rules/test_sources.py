"""The evidence of the rules: what a source names exists, and no error is without evidence.

A source is a list with `;`. Evidence that Cognito refuses something is one of these entries:

- `API, Shape`, `API, Shape.Member` or `API, Operation.Argument`: a name of AWS's own API model;
- `developer guide, «Page»`: a page of AWS's documentation;
- `owner/name #1` or `owner/name, …`: an issue or a repository with AWS's answer, mostly with the
  message as «…»;
- `AWS provider 5.100.0, …`: what the provider itself rejects in a plan.
"""

import re

from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Rule, Severity
from tests.support.api_models import api_model

SERVICES = {
    "API": api_model("cognito-idp"),
    "identity pools API": api_model("cognito-identity"),
    "WAF API": api_model("wafv2"),
}
EVIDENCE = (
    r"(?:identity pools |WAF )?API, .+",
    r"(?:«[^»]+», )?developer guide, «[^»]+».*",
    r"(?:«[^»]+», )?(?:[\w.-]+/[\w.-]+ #\d+).*",
    r"(?:«[^»]+», )?badmintoncryer/cdk-preflight, pf-cognito-[a-z0-9-]+.*",
    r"AWS provider \d+\.\d+\.\d+, \w+.*",
    r"«[^»]+», [A-Z]\w+",
)
DOUBTS = ("as we read it", "no message", "is known", "acceptance tests")
"""Words of a source that says itself why its rule is no error."""


def entries_of(rule: Rule) -> list[str]:
    return rule.source.split("; ")


def names_in(entry: str) -> list[tuple[str, str]]:
    """Return the names of API models in *entry*, each with its service."""
    service, _, rest = entry.partition(", ")
    if service not in SERVICES:
        return []
    listed = re.match(r"[A-Z]\w+(?:\.\w+)?(?:(?:, | and )[A-Z]\w+(?:\.\w+)?)*", rest)
    return [(service, name) for name in re.split(r", | and ", listed.group())] if listed else []


def exists(service: str, name: str) -> bool:
    """Return whether AWS's model has the shape, or the operation, and its member."""
    model = SERVICES[service]
    thing, _, member = name.partition(".")
    if thing in model.operation_names:
        shape = model.operation_model(thing).input_shape
    elif thing in model.shape_names:
        shape = model.shape_for(thing)
    else:
        return False
    return not member or member in shape.members


def test_a_source_names_what_the_api_has() -> None:
    named = [
        (rule.id, service, name)
        for rule in RULES
        for entry in entries_of(rule)
        for service, name in names_in(entry)
    ]
    assert len(named) > 100
    assert [one for one in named if not exists(one[1], one[2])] == []


def test_an_entry_that_begins_with_an_api_names_something_of_it() -> None:
    unnamed = [
        (rule.id, entry)
        for rule in RULES
        for entry in entries_of(rule)
        if entry.partition(", ")[0] in SERVICES and not names_in(entry)
    ]
    assert unnamed == []


def is_evidence(entry: str) -> bool:
    return any(re.fullmatch(one, entry) for one in EVIDENCE)


def test_an_error_has_evidence() -> None:
    errors = [rule for rule in RULES if rule.severity is Severity.ERROR]
    assert len(errors) > 100
    without = [rule.id for rule in errors if not any(map(is_evidence, entries_of(rule)))]
    assert without == []
    doubtful = [rule.id for rule in errors if any(doubt in rule.source for doubt in DOUBTS)]
    assert doubtful == []
    assert [rule.id for rule in errors if "probably" in rule.why] == []


def test_no_source_names_a_rule_that_does_not_exist() -> None:
    ids = {rule.id for rule in RULES}
    named = {
        (rule.id, other)
        for rule in RULES
        for other in re.findall(r"\bC[GV][A-Z]?\d+[A-Z]?\b", f"{rule.source} {rule.remedy}")
    }
    assert [one for one in sorted(named) if one[1] not in ids] == []
