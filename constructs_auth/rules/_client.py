"""What several rules ask of an app client: who it is, what it holds, and how long tokens last."""

from dataclasses import dataclass
from functools import lru_cache

from constructs_auth.facts.units import SECONDS_IN
from constructs_auth.rules._pool import first_unknown
from constructs_auth.rules.rule import Undecided
from constructs_auth.terraform.block import LEFT_OUT, Block, Texts, Unknown
from constructs_auth.terraform.resource import Resource

CLIENT = "aws_cognito_user_pool_client"
CLIENT_CREDENTIALS = "client_credentials"
REFRESH_FLOW = "ALLOW_REFRESH_TOKEN_AUTH"
_SECONDS = dict(SECONDS_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list or set of texts holds.

    Attributes:
        known: The texts that are known.
        unknown: Why there may be others, or `None` where these are all.
    """

    known: tuple[str, ...]
    unknown: Unknown | None

    @property
    def open(self) -> Unknown | None:
        """Why there may be others, but for a list that is left out: it is as good as empty."""
        return None if self.unknown is LEFT_OUT else self.unknown


def listed(body: Block, name: str) -> Listed:
    """Read the list *name*; one that is left out is unknown."""
    return _listed(body.peek_texts(name))


@lru_cache(maxsize=1024)
def _listed(values: Texts) -> Listed:
    """Sort *values* out; many rules ask for the same list, and many clients write the same."""
    if isinstance(values, Unknown):
        return Listed(known=(), unknown=values)
    known = tuple(value for value in values if isinstance(value, str))
    unknown = None if len(known) == len(values) else first_unknown(*values)
    return Listed(known=known, unknown=unknown)


def is_public(client: Resource) -> bool | Unknown:
    """Say whether the client has no secret, as in a browser or on a phone."""
    secret = client.body.peek_flag("generate_secret")
    return secret if isinstance(secret, Unknown) else secret is not True


def is_machine(client: Resource) -> bool | Unknown:
    """Say whether the client is a program with no user, by `client_credentials` alone."""
    flows = listed(client.body, "allowed_oauth_flows")
    if flows.open is not None:
        return flows.open
    return flows.known == (CLIENT_CREDENTIALS,)


def has_sign_in_pages(client: Resource) -> bool | Unknown:
    """Say whether users of the client sign in at Cognito's pages."""
    flows = listed(client.body, "allowed_oauth_flows")
    if "code" in flows.known or "implicit" in flows.known:
        return True
    return False if flows.open is None else flows.open


def seconds_of(body: Block, name: str, unit_name: str, default: str) -> float | Unknown | None:
    """Count a validity in seconds, or `None` where there is none.

    Args:
        body: The client's arguments.
        name: `access_token_validity`.
        unit_name: Its unit in `token_validity_units`: `access_token`.
        default: The unit where that block is not there.
    """
    value = body.peek_number(name)
    if value is None or isinstance(value, Unknown):
        return None if value is LEFT_OUT else value
    units = body.peek_block("token_validity_units")
    if isinstance(units, Unknown):
        return units
    unit = default if units is None else units.peek_text(unit_name)
    if isinstance(unit, Unknown):
        return unit
    # A word that is no unit is a finding of its own.
    return None if unit not in _SECONDS else value * _SECONDS[unit]


def undecided_at(name: str, unknown: Unknown) -> Undecided:
    """Say that *name* cannot be judged."""
    return Undecided(why=unknown.why, at=name)
