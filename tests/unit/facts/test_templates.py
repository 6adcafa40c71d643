"""The one lexer of Terraform's templates."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from constructs_auth.facts.templates import (
    ExpressionError,
    TemplateSequence,
    holds_template,
    interpolated,
    read_template,
    unescaped,
)
from constructs_auth.rules.judge import judge
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.registry import RULES
from constructs_auth.terraform.block import Unknown, known_text
from constructs_auth.terraform.terraform_json import read_document
from tests.unit.rules.cases import pool

TEXTS = st.text(alphabet="$%{}a~ ")


@pytest.mark.parametrize(
    ("text", "is_template"),
    [
        ("users", False),
        ("${var.p}", True),
        ("%{ if var.p }a%{ endif }", True),
        ("users%${var.p}", True),
        ("users$%{ if var.p }a%{ endif }", True),
        ("$${var.p}", False),
        ("%%{ if }", False),
        ("$$${var.p}", False),
        ("$", False),
        ("{}", False),
        ("$ {var.p}", False),
        ("$${a}${var.p}", True),
    ],
)
def test_a_template_is_told_from_a_text(text: str, *, is_template: bool) -> None:
    assert holds_template(text) is is_template


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("$${a}", "${a}"),
        ("%%{a}", "%{a}"),
        ("$$${a}", "$${a}"),
        ("100%", "100%"),
        ("$$", "$$"),
    ],
)
def test_a_doubled_sign_stands_for_itself(text: str, meant: str) -> None:
    assert unescaped(text) == meant
    assert read_template(text) == (meant,)


@given(TEXTS)
def test_what_holds_no_template_is_one_text_for_the_writer_of_hcl_too(text: str) -> None:
    try:
        parts = read_template(text)
    except ExpressionError:
        assert holds_template(text)
        return
    assert holds_template(text) is any(isinstance(part, TemplateSequence) for part in parts)
    if not holds_template(text):
        assert parts == (unescaped(text),)
        assert known_text(text) == unescaped(text)
    else:
        assert isinstance(known_text(text), Unknown)


@pytest.mark.parametrize("name", ["users%${var.p}", "$%{ if true }a%{ endif }"])
def test_a_name_with_a_percent_sign_before_a_template_is_no_false_error(name: str) -> None:
    """The percent sign was taken for an escape, and the whole for a name that Cognito refuses."""
    report = judge(
        read_document({"resource": pool(name=name)}),
        rules=[rule for rule in RULES if rule.slug == "user-pool-name"],
        profile=STANDARD,
        today=date(2026, 1, 1),
    )
    assert report.findings == ()
    assert len(report.undecided) == 1


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("${aws_iam_role.app.arn}", "aws_iam_role.app.arn"),
        (" ${~ var.name ~} ", "var.name"),
        ('${data.a.b["}"].id}', 'data.a.b["}"].id'),
        ("${a}${b}", None),
        ("x${a}", None),
        ("%{if a}b%{endif}", None),
        ("$${a}", None),
        ("a.b", None),
        ("${a", None),
        ("", None),
    ],
)
def test_a_text_that_is_one_interpolation_has_its_expression(
    text: str, expression: str | None
) -> None:
    assert interpolated(text) == expression
