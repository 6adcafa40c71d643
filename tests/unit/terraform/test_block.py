"""How values are read: with Terraform's types, and unknown rather than guessed."""

from typing import Any

import pytest

from constructs_auth.terraform.block import AFTER_APPLY, LEFT_OUT, Block, Unknown, UnknownValueError


def block(**values: object) -> Block:
    """Make a block of Terraform JSON."""
    return Block(values=values)


@pytest.mark.parametrize(
    ("value", "number"), [(8, 8), ("8", 8), ("8.5", 8.5), ("-1", -1), (0, 0), (None, None)]
)
def test_a_number_may_be_written_as_text(value: object, number: object) -> None:
    assert block(length=value).peek_number("length") == number


@pytest.mark.parametrize(
    ("value", "flag"), [(True, True), (False, False), ("true", True), ("false", False)]
)
def test_a_flag_may_be_written_as_text(value: object, flag: bool) -> None:  # noqa: FBT001 - the example
    assert block(enabled=value).peek_flag("enabled") is flag


def test_a_text_may_be_written_as_number_or_flag() -> None:
    assert block(name=7).peek_text("name") == "7"
    assert block(name=True).peek_text("name") == "true"


@pytest.mark.parametrize("value", [[1], {"a": 1}, "yes", 1, 1.5])
def test_what_is_of_another_kind_is_unknown(value: Any) -> None:
    assert isinstance(block(enabled=value).peek_flag("enabled"), Unknown)


@pytest.mark.parametrize("value", [True, "eight", [8], {"a": 8}])
def test_what_is_no_number_is_unknown(value: Any) -> None:
    assert isinstance(block(length=value).peek_number("length"), Unknown)


@pytest.mark.parametrize("value", ["${var.a}", "a-${local.b}", "%{if var.a}x%{endif}"])
def test_a_template_is_unknown_and_says_what_it_is(value: str) -> None:
    assert block(name=value).peek_text("name") == Unknown(f"set by Terraform: {value}")


@pytest.mark.parametrize(
    ("value", "text"),
    [("$${a}", "${a}"), ("%%{a}", "%{a}"), ("{####}", "{####}"), ("100%", "100%"), ("$5", "$5")],
)
def test_what_only_looks_like_a_template_is_text(value: str, text: str) -> None:
    assert block(name=value).peek_text("name") == text


def test_in_a_plan_a_template_is_text() -> None:
    planned = Block(values={"name": "${a}"}, evaluated=True)
    assert planned.peek_text("name") == "${a}"


def test_each_item_of_a_list_may_be_unknown() -> None:
    assert block(urls=["https://a", "${var.b}"]).peek_texts("urls") == (
        "https://a",
        Unknown("set by Terraform: ${var.b}"),
    )


def test_a_list_that_is_a_template_is_unknown_as_a_whole() -> None:
    assert isinstance(block(urls="${var.urls}").peek_texts("urls"), Unknown)


def test_a_block_may_be_an_object_or_a_list() -> None:
    for written in ({"a": 1}, [{"a": 1}]):
        inner = block(policy=written).peek_block("policy")
        assert isinstance(inner, Block)
        assert inner.peek_number("a") == 1
        assert inner.path == "policy[0]."


def test_a_block_that_a_dynamic_block_makes_is_unknown() -> None:
    written = block(dynamic={"schema": {"for_each": "${var.a}", "content": {}}})
    assert written.peek_blocks("schema") == Unknown("created by a dynamic block")
    assert written.peek_blocks("other") == ()


def test_what_cognito_fills_is_unknown_where_it_is_left_out() -> None:
    written = Block(
        values={"password_policy": {}}, kept=frozenset({"tier", "password_policy.days"})
    )
    assert written.peek_text("tier") is LEFT_OUT
    assert written.peek_text("name") is None
    policy = written.peek_block("password_policy")
    assert isinstance(policy, Block)
    assert policy.peek_number("days") is LEFT_OUT


def test_a_plan_tells_what_is_known_after_apply() -> None:
    planned = Block(
        values={"urls": ["https://a", None], "policy": [{"a": 1}], "map": {"k": None}},
        unknown={"id": True, "urls": [False, True], "policy": [{"b": True}], "map": {"k": True}},
        evaluated=True,
    )
    assert planned.peek_text("id") is AFTER_APPLY
    assert planned.peek_texts("urls") == ("https://a", AFTER_APPLY)
    policy = planned.peek_block("policy")
    assert isinstance(policy, Block)
    assert policy.peek_number("a") == 1
    assert policy.peek_number("b") is AFTER_APPLY
    assert planned.peek_entries("map") == {"k": AFTER_APPLY}


def test_a_plan_tells_what_was_left_out() -> None:
    """Terraform says of both that they are unknown; the configuration tells them apart."""
    planned = Block(
        values={"policy": [{}]},
        unknown={
            "tier": True,
            "name": True,
            "made": True,
            "policy": [{"days": True, "length": True}],
        },
        evaluated=True,
        written={
            "name": {"constant_value": None},
            "made": {},
            "policy": [{"length": {"references": ["var.length"]}}],
        },
    )
    assert planned.peek_text("tier") is LEFT_OUT
    assert planned.peek_text("name") is LEFT_OUT
    assert planned.peek_text("made") is AFTER_APPLY
    policy = planned.peek_block("policy")
    assert isinstance(policy, Block)
    assert policy.peek_number("days") is LEFT_OUT
    assert policy.peek_number("length") is AFTER_APPLY


def test_in_a_plan_an_empty_text_is_not_set() -> None:
    """The provider shows either, and the other one at the next update."""
    assert Block(values={"message": ""}, evaluated=True).peek_text("message") is None
    assert block(message="").peek_text("message") == ""


def test_a_plain_read_gives_the_value_or_raises_with_the_argument_and_the_resource() -> None:
    body = Block(
        values={"name": "a", "size": "8", "on": "true", "unknown": "${var.a}"},
        path="policy[0].",
        address="aws_cognito_user_pool.users",
    )
    assert (body.text("name"), body.number("size"), body.flag("on")) == ("a", 8, True)
    assert (body.text("other"), body.number("other"), body.flag("other")) == (None, None, None)
    for read in (body.text, body.number, body.flag, body.blocks, body.entries, body.value):
        with pytest.raises(UnknownValueError) as error:
            read("unknown")
        assert error.value.at == "policy[0].unknown"
        assert error.value.address == "aws_cognito_user_pool.users"


def test_what_is_left_out_ends_a_question_unless_only_what_is_given_is_asked_for() -> None:
    body = Block(values={"name": ""}, kept=frozenset({"tier", "urls", "policy"}))
    for read in (body.text, body.block):
        with pytest.raises(UnknownValueError):
            read("tier" if read == body.text else "policy")
    assert body.given.text("tier") is None
    assert body.given.block("policy") is None
    assert list(body.given.texts("urls")) == []
    assert body.given.given is body.given


def test_what_is_given_holds_for_inner_blocks_too() -> None:
    body = Block(values={"policy": {}}, kept=frozenset({"policy.days"}))
    policy, given = body.block("policy"), body.given.block("policy")
    assert policy is not None
    assert given is not None
    with pytest.raises(UnknownValueError):
        policy.number("days")
    assert given.number("days") is None


def test_a_partly_known_list_decides_where_it_can() -> None:
    urls = Block(values={"urls": ["https://a", "${var.b}"]}).texts("urls")
    assert "https://a" in urls
    assert urls.has_any("https://x", "https://a")
    assert urls
    assert len(urls) == 2
    assert urls.known == ("https://a",)
    assert next(iter(urls)) == "https://a"
    assert next(urls.placed()) == ("urls[0]", "https://a")
    for ask in (lambda: "https://b" in urls, urls.all, lambda: list(urls)):
        with pytest.raises(UnknownValueError):
            ask()


def test_a_list_that_is_not_known_ends_a_question_only_when_it_is_asked() -> None:
    urls = Block(values={"urls": "${var.urls}"}).texts("urls")
    assert urls.known == ()
    for ask in (lambda: bool(urls), lambda: len(urls), urls.all, lambda: "a" in urls):
        with pytest.raises(UnknownValueError):
            ask()
