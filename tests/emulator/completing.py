"""Puts a function in the place of one of moto's methods, which it may call."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

Original: TypeAlias = Callable[..., Any]
"""Moto's own method."""


def completes(
    owner: type, method_name: str | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Marks what takes the place of the method of the same name, or of *method_name*.

    It gets moto's method as its first argument, or `None` if moto has none.
    """

    def put_in_place(completion: Callable[..., Any]) -> Callable[..., Any]:
        name = method_name or completion.__name__
        original = getattr(owner, name, None)

        @wraps(completion)
        def method(*arguments: Any, **named: Any) -> Any:
            return completion(original, *arguments, **named)

        setattr(owner, name, method)
        return completion

    return put_in_place
