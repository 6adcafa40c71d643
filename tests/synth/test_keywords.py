"""An unknown keyword of any public class is answered with the right one."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from typing import Any

import pytest

import constructs_auth
from constructs_auth import (
    AuthStack,
    ConstructsAuthError,
    OAuth,
    StringAttribute,
    UnknownKeywordError,
    UserPool,
)

GENERAL = (BaseException, Enum)
"""Classes that a program does not create with keywords."""


def public_classes() -> list[type]:
    """All that a program creates."""
    values = (
        getattr(constructs_auth, name) for name in vars(constructs_auth)["__getattr__"]("__all__")
    )
    return [
        value
        for value in values
        if isinstance(value, type)
        and not issubclass(value, GENERAL)
        and not getattr(value, "_is_protocol", False)
    ]


CLASSES = public_classes()


def calls_of(kind: type) -> Iterator[tuple[str, Callable[..., Any], Any]]:
    """Give the name, the door and the function of each public method of *kind*, and of itself."""
    yield kind.__name__, kind, vars(kind).get("__init__")
    for name in dir(kind):
        method = inspect.getattr_static(kind, name)
        if name.startswith("_") or not getattr(method, "__module__", "").startswith(
            "constructs_auth"
        ):
            continue
        if isinstance(method, classmethod):
            yield f"{kind.__name__}.{name}", getattr(kind, name), method.__func__
        elif inspect.isfunction(method):
            yield f"{kind.__name__}.{name}", bound(kind, name), method


def bound(kind: type, name: str) -> Callable[..., Any]:
    """Give the method of an object that nothing has initialized: the call fails before."""
    return getattr(object.__new__(kind), name)  # type: ignore[no-any-return]  # any method


def test_all_public_classes_are_tried() -> None:
    assert len(CLASSES) > 110
    assert sum(len(list(calls_of(kind))) for kind in CLASSES) > len(CLASSES) + 60


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_unknown_keyword_is_refused_by_name_and_at_the_line_of_the_program(kind: type) -> None:
    for name, door, _function in calls_of(kind):
        with pytest.raises(UnknownKeywordError) as caught:
            door(qqq=1)
        assert str(caught.value).startswith(f"{name}: must be given known arguments, got 'qqq'; ")
        assert isinstance(caught.value, TypeError)
        assert isinstance(caught.value, ConstructsAuthError)
        here = caught.traceback[0].lineno + 1
        assert caught.value.__notes__ == [f"at {__file__}:{here}"]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_misspelt_keyword_is_answered_with_the_right_one(kind: type) -> None:
    for name, door, function in calls_of(kind):
        parameters = inspect.signature(function).parameters.values() if function else ()
        for parameter in parameters:
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
                with pytest.raises(UnknownKeywordError) as caught:
                    door(**{f"{parameter.name}x": 1})
                answer = str(caught.value).partition("; did you mean ")[2].rstrip("?")
                assert parameter.name in answer.split(" or "), name


def test_a_part_of_a_keyword_is_answered_with_the_whole(stack: AuthStack) -> None:
    with pytest.raises(UnknownKeywordError) as caught:
        UserPool(stack, "users", tier=1)  # type: ignore[call-arg]  # that is the test
    assert str(caught.value) == (
        "UserPool: must be given known arguments, got 'tier'; did you mean user_pool_tier?"
    )


def test_a_keyword_that_resembles_none_is_answered_with_all() -> None:
    with pytest.raises(UnknownKeywordError) as caught:
        StringAttribute(name="tenant", required=True)  # type: ignore[call-arg]  # that is the test
    assert str(caught.value) == (
        "StringAttribute: must be given known arguments, got 'required'; "
        "choose from name, mutable, min_length, max_length"
    )


def test_the_line_is_of_the_program_and_not_of_python_itself() -> None:
    attribute = StringAttribute(name="tenant")
    with pytest.raises(UnknownKeywordError) as caught:
        replace(attribute, required=True)  # type: ignore[call-arg]  # that is the test
    here = caught.traceback[0].lineno + 1
    assert caught.value.__notes__ == [f"at {__file__}:{here}"]


def test_a_missing_keyword_stays_an_error_of_python(stack: AuthStack) -> None:
    users = UserPool(stack, "users")
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'application'"):
        users.add_client("web")  # type: ignore[call-arg]  # that is the test


def test_an_error_inside_of_a_call_stays_what_it_is() -> None:
    """Even if its text is that of an unknown keyword."""

    class Urls(list[str]):
        def __iter__(self) -> Iterator[str]:
            raise TypeError("got an unexpected keyword argument 'callback_urls'")

    with pytest.raises(TypeError, match="got an unexpected keyword argument") as caught:
        OAuth(callback_urls=Urls(["https://app.acme.example"]))
    assert not isinstance(caught.value, UnknownKeywordError)


def test_a_signature_is_that_of_the_class() -> None:
    assert list(inspect.signature(StringAttribute).parameters) == [
        "name",
        "mutable",
        "min_length",
        "max_length",
    ]
