"""How a rule asks: an unknown value ends a question, and what is known may decide alone."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from constructs_auth.rules.ask import is_the_only_one
from constructs_auth.rules.judge import Report, judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
    all_of,
    any_of,
    separately,
    surely,
)
from constructs_auth.terraform.block import Unknown, UnknownValueError
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.terraform_json import read_document
from tests.unit.rules.cases import UNKNOWN, both, client, pool

BROKEN = Violation(text="must be otherwise", at="name")


def yes() -> bool:
    return True


def no() -> bool:
    return False


def unknown() -> bool:
    raise UnknownValueError(Unknown("known after apply"), at="name")


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [((), True), ((yes, yes), True), ((yes, no), False), ((unknown, no), False)],
)
def test_one_condition_that_does_not_hold_decides(
    conditions: tuple[Callable[[], bool], ...], *, holds: bool
) -> None:
    assert all_of(*conditions) is holds


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [((), False), ((no, no), False), ((no, yes), True), ((unknown, yes), True)],
)
def test_one_condition_that_holds_decides(
    conditions: tuple[Callable[[], bool], ...], *, holds: bool
) -> None:
    assert any_of(*conditions) is holds


def test_what_only_the_unknown_could_decide_is_undecided() -> None:
    with pytest.raises(UnknownValueError):
        all_of(yes, unknown)
    with pytest.raises(UnknownValueError):
        any_of(unknown, no)


def test_surely_takes_what_is_unknown_for_no() -> None:
    assert surely(yes)
    assert not surely(no)
    assert not surely(unknown)


def test_an_unknown_value_ends_its_own_question_only() -> None:
    def ends() -> Iterator[Violation]:
        unknown()
        yield BROKEN

    def goes_on() -> Iterator[Violation]:
        yield BROKEN

    answers = list(separately(ends(), goes_on()))
    assert answers == [Undecided(why="known after apply", at="name"), BROKEN]


def report_of(check: Callable[[Resource, Context], Answers]) -> Report:
    """Ask a rule with *check* of a client whose pool has an unknown name."""
    rule = Rule(
        id="X01",
        slug="a-rule",
        title="A rule",
        family=Family.VALIDITY,
        severity=Severity.ERROR,
        resource_type="aws_cognito_user_pool_client",
        why="For a test.",
        remedy="none",
        source="none",
        check=check,
    )
    document = both(
        pool(name=UNKNOWN), client(user_pool_id="${aws_cognito_user_pool.users.id}", name=UNKNOWN)
    )
    return judge(
        read_document({"resource": document}),
        rules=[rule],
        profile=STANDARD,
        today=date(2026, 1, 1),
    )


def test_the_judge_records_the_argument_and_the_reason() -> None:
    def check(resource: Resource, _context: Context) -> Answers:
        if resource.body.text("name") == "a":
            yield BROKEN

    (one,) = report_of(check).undecided
    assert (one.at, one.why) == ("name", f"set by Terraform: {UNKNOWN}")


def test_the_argument_of_another_resource_stands_with_its_address() -> None:
    def check(resource: Resource, context: Context) -> Answers:
        other = context.configuration.known_target(resource, "user_pool_id")
        if other is not None and other.body.text("name") == "a":
            yield BROKEN

    (one,) = report_of(check).undecided
    assert one.at == ""
    assert one.why == f"aws_cognito_user_pool.users: name: set by Terraform: {UNKNOWN}"


def test_a_check_that_reads_before_it_yields_is_inside_of_its_question() -> None:
    def check(resource: Resource, _context: Context) -> Answers:
        resource.body.text("name")
        return ()

    assert len(report_of(check).undecided) == 1


def test_for_what_a_resource_is_is_asked_once_for_each() -> None:
    """Not once for each pair: a thousand pools with a web ACL each took four seconds."""
    bodies = {name: {"user_pool_id": name} for name in ("a", "b", "a_again", "c")}
    configuration = read_document({"resource": {"aws_cognito_log_delivery_configuration": bodies}})
    context = Context(configuration=configuration, profile=STANDARD)
    asked_of: list[str] = []

    def whose(one: Resource, _context: Context) -> object:
        asked_of.append(one.address)
        return (one.body.text("user_pool_id") or "").removesuffix("_again")

    answers = [
        list(is_the_only_one(one, context, whose, what="log", at="user_pool_id"))
        for one in configuration.resources
    ]
    first = configuration.resources[0].address
    assert asked_of == [one.address for one in configuration.resources]
    assert answers == [
        [],
        [],
        [Violation(text=f"must have one log, got a second one after {first}", at="user_pool_id")],
        [],
    ]
