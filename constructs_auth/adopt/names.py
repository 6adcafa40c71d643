"""The names of a program: the ids of its constructs, and its variables."""

import builtins
import keyword
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from constructs_auth.adopt.parts import free_name
from constructs_auth.facts import resource_types as types
from constructs_auth.terraform.resource import Resource

_RESERVED = frozenset({"app", "define", "stack", "timedelta", "json", "Path"})
"""The names that the program uses itself."""

_NAME = re.compile(r"[a-z_A-Z][\w-]*", re.ASCII)
_MODULE = re.compile(r'module\.(?P<name>[\w-]+)(?:\[(?P<key>\d+|".*")\])?\Z', re.ASCII)
_SAYS_NOTHING = frozenset({"default", "main", "this"})
"""The general names that modules give to their resources."""


def ids_of(resources: Sequence[Resource]) -> Iterator[tuple[Resource, str]]:
    """Return the id of each resource: its name in Terraform, with the key of an instance.

    Where modules call everything `this`, it is the name of the module.
    """
    taken: set[str] = set()
    instances = Counter((one.module, one.static_address) for one in resources)
    for one in resources:
        name, module = one.static_address.rpartition(".")[2], _module_name(one.module)
        if module and name in _SAYS_NOTHING:
            name, module = module, ""
        is_only = one.key == "0" and instances[one.module, one.static_address] == 1
        if one.key is not None and not is_only:
            name = _joined(name, one.key)
        if module and name in taken:
            name = _joined(module, name)
        if not _NAME.fullmatch(name):
            name = f"r_{re.sub(r'[^0-9A-Za-z_]+', '_', name)}"
        # One id for each construct of the stack, whatever its type.
        yield one, free(name, one.type.removeprefix(types.COGNITO_PREFIX), taken)


def _module_name(module: str) -> str:
    """Return the name of the innermost module with its key; empty for the root module."""
    found = _MODULE.search(module)
    return "" if found is None else _joined(found["name"], found["key"] or "")


def _joined(name: str, key: str) -> str:
    return f"{name}_{re.sub(r'[^0-9A-Za-z]+', '_', key).strip('_')}".rstrip("_")


def natural(name: str) -> list[str | int]:
    """Return the sort key of names: `client_10` comes after `client_2`."""
    parts: list[str | int] = [*re.split(r"(\d{1,18})", name)]
    parts[1::2] = [int(number) for number in parts[1::2]]
    return parts


def identifier(name: str) -> str:
    """Return a name for a Python variable."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace("-", "_")).lower()
    is_reserved = keyword.iskeyword(snake) or snake in _RESERVED or hasattr(builtins, snake)
    return f"{snake}_" if is_reserved else snake


def free(name: str, kind: str, taken: set[str]) -> str:
    """Return *name*, or one with its *kind* if it is taken."""
    return free_name(f"{name}_{kind}" if name in taken else name, taken)
