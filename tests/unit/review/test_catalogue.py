"""The change rules as people read them: their ids, their names and their pages."""

import re

from constructs_auth.review.change import Action
from constructs_auth.review.command import Format
from constructs_auth.review.registry import CHANGE_RULES, markdown
from constructs_auth.review.report.markdown import MOST_CHARACTERS
from constructs_auth.review.rule import GOES, About, Effect
from constructs_auth.rules.profile import PROFILES
from constructs_auth.rules.registry import RULES
from constructs_auth.rules.rule import Severity
from tests.support.synthesized import PROJECT

PAGE = (PROJECT / "docs" / "review.md").read_text(encoding="utf-8")


def test_no_two_change_rules_have_one_id() -> None:
    assert len({rule.id for rule in CHANGE_RULES}) == len(CHANGE_RULES)


def test_each_change_rule_has_a_readable_name_of_its_own() -> None:
    slugs = [rule.slug for rule in CHANGE_RULES]
    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){1,4}", slug)] == []
    assert not set(slugs) & {rule.id for rule in CHANGE_RULES}


def test_the_catalogue_in_the_documentation_is_that_of_the_code() -> None:
    """Made anew by `python -m constructs_auth.review.registry > docs/change_rules.md`."""
    written = (PROJECT / "docs" / "change_rules.md").read_text("utf-8")
    assert written == markdown(CHANGE_RULES)


def test_an_unknown_value_is_recorded_by_a_rule_of_the_same_resources() -> None:
    by_id = {rule.id: rule for rule in CHANGE_RULES}
    pairs = [(rule, by_id[name]) for rule in CHANGE_RULES for name in rule.undecided_by]
    assert pairs
    for rule, other in pairs:
        assert other.undecided_by == ()
        assert set(rule.resource_types) <= set(other.resource_types)
        assert rule.actions <= other.actions


def test_what_is_reported_only_where_a_resource_goes_is_about_its_loss() -> None:
    """Otherwise a report would list the consequences of the loss beside it, not under it."""
    ends = GOES | {Action.GONE, Action.SUPERSEDE}
    rules = [rule for rule in CHANGE_RULES if rule.actions <= ends]
    assert len(rules) > 20
    assert {rule.about for rule in rules} == {About.LOSS}


def test_no_change_rule_is_called_like_a_rule_of_check() -> None:
    names = {rule.id for rule in CHANGE_RULES} | {rule.slug for rule in CHANGE_RULES}
    assert not names & {rule.id for rule in RULES}


def test_the_page_of_the_command_knows_its_words() -> None:
    (levels,) = re.findall(r"\| `--fail-on SEVERITY` \| (.*) \|", PAGE)
    assert re.findall(r"`(\w+)`", levels) == [*map(str, Severity), "never"]
    (formats,) = re.findall(r"\| `--format` \| (.*) \|", PAGE)
    assert re.findall(r"`(\w+)`", formats) == list(map(str, Format))
    (profiles,) = re.findall(r"\| `--profile` \| (.*) \|", PAGE)
    assert set(re.findall(r"`(\w+)`", profiles)) == {*PROFILES, "check"}
    effects = re.findall(r"\*\*([^*]+)\*\* \(", PAGE)
    assert effects == list(map(str, Effect))


def test_the_page_of_the_command_knows_the_length_of_a_comment() -> None:
    assert f"{MOST_CHARACTERS:,} characters" in PAGE
