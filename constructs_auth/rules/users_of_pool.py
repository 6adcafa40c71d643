"""Whom the clients of a pool sign in: the pool's own users, those of other providers, or nobody."""

from collections.abc import Callable
from functools import partial

from constructs_auth.facts.resource_types import IDENTITY_PROVIDER, USER_POOL_CLIENT
from constructs_auth.facts.words import AUTH_FLOWS, REFRESH_FLOW, FirstAuthFactor
from constructs_auth.rules.first_factors import first_factors
from constructs_auth.rules.rule import Context, surely
from constructs_auth.rules.user_pool_client import POOL_ITSELF, PROVIDERS, is_machine
from constructs_auth.terraform.resource import Reference, Resource

_FLOWS = "explicit_auth_flows"
_OF_OWN_USERS = frozenset(AUTH_FLOWS) - {REFRESH_FLOW}
"""The flows of the API that sign in users of the pool itself."""


def has_no_own_users(pool: Resource, context: Context) -> bool:
    """Return whether nobody is known to sign in as a user of *pool* itself.

    Each client is for a program, or names identity providers other than the pool and no flow that
    signs in the pool's own users. Cognito asks users of other providers for no password and no
    second factor. If the profile judges every pool, the answer is no.
    """
    return _all_clients(pool, context, _has_no_own_users)


def has_no_users(pool: Resource, context: Context) -> bool:
    """Return whether all clients of *pool* are known to be for programs.

    Nobody can sign up then, because a request needs the secret of a client. If the profile judges
    every pool, the answer is no.
    """
    return _all_clients(pool, context, is_machine)


def has_no_passwords(pool: Resource, context: Context) -> bool:
    """Return whether no user of *pool* is known to have a password.

    If the profile judges every pool, the answer is no.
    """
    if context.profile.judge_every_pool:
        return False
    return has_no_own_users(pool, context) or surely(partial(_starts_without_password, pool))


def answers_about_users(pool: Resource, context: Context) -> tuple[bool, ...]:
    """Return all that the clients of *pool* decide in the questions above."""
    return tuple(_all_clients(pool, context, holds) for holds in _QUESTIONS)


def remembering(pool: Resource, answers: tuple[bool, ...]) -> dict[object, object]:
    """Return what a context remembers that knows these *answers* and no client of *pool*."""
    return {(pool, holds): answer for holds, answer in zip(_QUESTIONS, answers, strict=True)}


def _starts_without_password(pool: Resource) -> bool:
    factors = first_factors(pool)
    return bool(factors) and FirstAuthFactor.PASSWORD not in factors


def _all_clients(pool: Resource, context: Context, holds: Callable[[Resource], bool]) -> bool:
    if context.profile.judge_every_pool:
        return False
    question = (pool, holds)
    known = context.remembered.get(question)
    if known is None:  # many rules ask
        clients = context.configuration.members(pool, USER_POOL_CLIENT)
        known = context.remembered[question] = (
            bool(clients.resources)
            and clients.complete
            and all(surely(partial(holds, client)) for client in clients.resources)
        )
    return known is True


def _has_no_own_users(client: Resource) -> bool:
    return is_machine(client) or _has_only_users_of_others(client)


_QUESTIONS: tuple[Callable[[Resource], bool], ...] = (is_machine, _has_no_own_users)


def _has_only_users_of_others(client: Resource) -> bool:
    providers = client.body.given.texts(PROVIDERS)
    if POOL_ITSELF in providers.known or not (providers.items or providers.unknown):
        return False
    if providers.unknown is not None and not _references_providers_alone(client):
        return False
    return _OF_OWN_USERS.isdisjoint(client.body.given.texts(_FLOWS).all())


def _references_providers_alone(client: Resource) -> bool:
    """Return whether the unknown names reference identity providers and nothing else."""
    named = client.references.get(PROVIDERS, ())
    return bool(named) and all(
        isinstance(each, Reference) and f".{IDENTITY_PROVIDER}." in f".{each.address}"
        for each in named
    )
