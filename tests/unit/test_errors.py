import pytest

from constructs_auth.errors import (
    ConstructsAuthError,
    InvalidValueError,
    Problem,
    SynthesisError,
)


def test_a_refusal_says_subject_rule_value_and_remedy() -> None:
    error = InvalidValueError("Pool.name", "must be short", got="long", remedy="shorten it")
    assert str(error) == "Pool.name: must be short, got 'long'; shorten it"
    assert error.subject == "Pool.name"


def test_a_refusal_is_a_value_error_and_one_of_ours() -> None:
    error = InvalidValueError("subject", "rule", got=1, remedy="remedy")
    assert isinstance(error, ValueError)
    assert isinstance(error, ConstructsAuthError)


def test_a_refusal_shows_the_beginning_of_an_overlong_value() -> None:
    error = InvalidValueError("subject", "rule", got="a" * 500, remedy="remedy")
    assert str(error) == f"subject: rule, got '{'a' * 199}…; remedy"


def test_a_refusal_shows_a_value_of_200_characters_whole() -> None:
    error = InvalidValueError("subject", "rule", got="a" * 198, remedy="remedy")
    assert str(error) == f"subject: rule, got '{'a' * 198}'; remedy"


def test_a_problem_is_one_line() -> None:
    assert str(Problem(path="auth/users", text="must be known")) == "auth/users: must be known"


@pytest.mark.parametrize(
    ("paths", "text"),
    [
        (["a"], "1 problem found, nothing was written:\n  a: wrong"),
        (["b", "a"], "2 problems found, nothing was written:\n  b: wrong\n  a: wrong"),
    ],
)
def test_all_problems_come_in_one_error(paths: list[str], text: str) -> None:
    problems = [Problem(path=path, text="wrong") for path in paths]
    error = SynthesisError(problems)
    assert str(error) == text
    assert error.problems == tuple(problems)
    assert isinstance(error, ConstructsAuthError)
