"""The names of pools, clients and users in sentences."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from constructs_auth.report.counts import counted
from constructs_auth.review.compare import known
from constructs_auth.terraform.resource import Resource
from constructs_auth.terraform.sensitive import is_marked

NUMBER_OF_USERS = "estimated_number_of_users"


def pool(resource: Resource) -> str:
    """Name a pool: `the pool "acme-users"`."""
    return f'the pool "{_name(resource, "name")}"'


@lru_cache(maxsize=256)  # each of its URLs may be a finding that names it
def client(resource: Resource) -> str:
    """Name a client with its origins: `"web" (https://app.acme.example)`."""
    urls = known_texts(resource, "callback_urls")
    origins = dict.fromkeys(origin for url in urls if (origin := _origin(url)))
    where = f" ({listed(tuple(origins), most=2)})" if origins else ""
    return f'"{_name(resource, "name", "name_prefix", "name_pattern")}"{where}'


def named(resource: Resource, *arguments: str) -> str:
    """Name any resource in quotes, by the first of *arguments* that is set."""
    return f'"{_name(resource, *arguments)}"'


def users(resource: Resource) -> str:
    """Return the number of users of a pool in words, as far as the plan shows it."""
    count = number_of_users(resource)
    if count is None:
        return "all its users"
    if count == 0:
        return "0 users (as of the last refresh)"
    return counted(count, "user") if count == 1 else f"about {counted(count, 'user')}"


def number_of_users(resource: Resource) -> int | None:
    """Return Cognito's own estimate, from the last refresh."""
    count = known(resource.body.number, NUMBER_OF_USERS)
    return count if isinstance(count, int) else None


def known_texts(resource: Resource, argument: str) -> tuple[str, ...]:
    """List the texts of *argument* that are known, and not sensitive."""
    if is_marked(resource.body.sensitive.get(argument)):
        return ()
    return resource.body.texts(argument).known


def listed(items: Iterable[str], *, most: int = 5) -> str:
    """Join *items* with commas; a long list ends with the number of items that are left out."""
    found = tuple(items)
    shown = ", ".join(found[:most])
    return f"{shown} and {len(found) - most} more" if len(found) > most else shown


def host(url: str) -> str:
    """Return the host of *url*, or its scheme if it has no host, as in `com.acme.app:/cb`."""
    try:
        parts = urlsplit(url)
        found = parts.hostname or parts.scheme
    except ValueError:
        return ""
    return found


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme in {"http", "https"} and parts.netloc:
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    return f"{parts.scheme}:" if parts.scheme else ""


def _name(resource: Resource, *arguments: str) -> str:
    for argument in arguments:
        if not is_marked(resource.body.sensitive.get(argument)):
            found = known(resource.body.text, argument)
            if found:
                return found
    return resource.address
