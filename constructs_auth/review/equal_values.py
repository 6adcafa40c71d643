"""Values that only look different, because AWS fills them in or writes them in another way."""

import json
from collections.abc import Collection, Sequence
from urllib.parse import unquote

from constructs_auth.facts.secret_names import PROVIDER_DETAILS
from constructs_auth.facts.words import DETAILS_FILLED_BY_COGNITO, USERNAME_FILLED_BY_COGNITO

_USERNAME = "attribute_mapping.username"
_SCOPES = f"{PROVIDER_DETAILS}.authorize_scopes"
_METADATA = f"{PROVIDER_DETAILS}.MetadataFile"
_POLICIES = ("policy", "policies", "policy_document")
_SETTINGS = ".settings"


def is_same_connection(
    path: str, before: object, after: object, *, kind: str, details: Collection[str]
) -> bool:
    """Return whether the difference at *path* changes nothing for users of an identity provider.

    Args:
        path: The path of the difference.
        before: The old value, `None` if it is hidden.
        after: The new value, `None` if it is hidden.
        kind: The type of the provider.
        details: The names of the details that have a new value.
    """
    argument, _, name = path.partition(".")
    filled = DETAILS_FILLED_BY_COGNITO.get(kind, frozenset())
    if argument == PROVIDER_DETAILS and name in filled - set(details):
        return True
    if path == _USERNAME:
        return not after and before == USERNAME_FILLED_BY_COGNITO.get(kind)
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    if path == _SCOPES:
        return _words(before) == _words(after)
    return path == _METADATA and "".join(before.split()) == "".join(after.split())


def is_same_policy(path: str, before: object, after: object) -> bool:
    """Return whether two texts at *path* are the same JSON policy, or the same settings.

    The order of keys, spaces, URL encoding and, in a policy, the order of a list and a list of one
    item do not count.
    """
    name = path.rpartition(".")[2]
    is_policy = name.endswith(_POLICIES)
    if not is_policy and not f".{name}".endswith(_SETTINGS):
        return False
    if not isinstance(before, str) or not isinstance(after, str):
        return False
    old, new = _parsed(before), _parsed(after)
    if old is None or new is None:
        return False
    return _written(_policy(old) if is_policy else old) == _written(
        _policy(new) if is_policy else new
    )


def _written(value: object) -> str:
    """Return *value* as JSON, in which `true` is not 1."""
    return json.dumps(value, sort_keys=True)


def _words(scopes: str) -> frozenset[str]:
    return frozenset(scopes.replace(",", " ").split())


def _parsed(text: str) -> object:
    """Return the JSON object or list in *text*, perhaps encoded for a URL; or `None`.

    It returns `None` too if a key occurs twice, because readers may use either value.
    """
    written = unquote(text) if text.lstrip().startswith(("%7B", "%5B", "%7b", "%5b")) else text
    try:
        found: object = json.loads(written, object_pairs_hook=_with_each_key_once)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _with_each_key_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(pairs)
    return found


def _policy(value: object) -> object:
    """Bring a policy into one form: a list has no order, and a list of one item is the item."""
    if isinstance(value, dict):
        return {name: _policy(inner) for name, inner in value.items()}
    if isinstance(value, list):
        items = sorted((_policy(item) for item in value), key=repr)
        return items[0] if len(items) == 1 else items
    return value
