"""Whether a pool says whose it is and what it holds."""

from collections.abc import Mapping

from constructs_auth.rules._pool import POOL
from constructs_auth.rules.rule import (
    Answers,
    Context,
    Family,
    Rule,
    Severity,
    Undecided,
    Violation,
)
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown
from constructs_auth.terraform.resource import Resource

_WANTED = ("owner", "environment", "data-classification")


def _are_there(pool: Resource, context: Context) -> Answers:
    everything = pool.body.peek_entries("tags_all")
    if not isinstance(everything, Unknown) and everything:
        tags = [everything]
    else:
        own, default = pool.body.peek_entries("tags"), _default_tags(pool, context)
        unknown = next(
            (one for one in (own, default) if isinstance(one, Unknown) and one is not LEFT_OUT),
            None,
        )
        if unknown is not None:
            yield Undecided(why=unknown.why, at="tags")
            return
        tags = [one for one in (own, default) if isinstance(one, Mapping)]
    names = {_plain(key) for one in tags for key in one}
    missing = [name for name in _WANTED if _plain(name) not in names]
    if missing:
        yield Violation(text=f"must have {', '.join(missing)}, got none", at="tags")


def _default_tags(pool: Resource, context: Context) -> Mapping[str, object] | Unknown:
    """Give the tags that the pool's provider adds."""
    named = pool.body.values.get("provider")
    alias = named.strip("${}").partition(".")[2] if isinstance(named, str) else ""
    for provider in context.configuration.providers:
        if (provider.peek_text("alias") or "") != alias:
            continue
        default = provider.peek_block("default_tags")
        if isinstance(default, Unknown):
            return default
        if isinstance(default, Block):
            return default.peek_entries("tags")
    return {}


def _plain(key: str) -> str:
    """Give *key* without the differences between DataClassification and data_classification."""
    return "".join(character for character in key.lower() if character.isalnum())


TAGS = Rule(
    id="CG603",
    title="Tags name the owner, the environment and the kind of data",
    family=Family.SECURITY,
    severity=Severity.INFO,
    resource_type=POOL,
    why="In an incident somebody must find out whose the pool is and what it holds.",
    remedy="set the tags owner, environment and data-classification in the provider's "
    "default_tags, or on the pool",
    source="AWS whitepaper, best practices for tagging",
    check=_are_there,
)
