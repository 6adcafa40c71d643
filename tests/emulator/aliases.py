"""Completes the names of users: sign-in by an alias, and who has it where two users claim it."""

from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, UserStatus
from moto.core.exceptions import JsonRESTError

from tests.emulator.completing import Original, completes
from tests.emulator.federated_users import EXTERNAL

_FLAG_OF = {"email": "email_verified", "phone_number": "phone_number_verified"}


class AliasExistsError(JsonRESTError):
    """Another user has the alias."""

    def __init__(self, attribute: str) -> None:
        super().__init__(
            "AliasExistsException", f"An account with the given {attribute} already exists."
        )


@completes(CognitoIdpUserPool, "_get_user")
def get_user(_original: Original, pool: CognitoIdpUserPool, username: str) -> CognitoIdpUser | None:
    """Find a user by the own name, by an address that is the user name, or by an alias."""
    wanted = _comparable(pool, username)
    for user in pool.users.values():
        if _comparable(pool, str(user.username)) == wanted:
            return user
    for user in pool.users.values():
        if wanted in {_comparable(pool, name) for name in _other_names(pool, user)}:
            return user
    return None


def check_username(pool: CognitoIdpUserPool, username: str) -> None:
    """Refuse a user name that looks like an alias of somebody.

    Raises:
        InvalidParameterException: It has the form of an address that is an alias in the pool.
    """
    aliases = _aliases(pool)
    if "email" in aliases and "@" in username:
        raise InvalidParameterException(
            "Username cannot be of email format, since user pool is configured for email alias."
        )
    if "phone_number" in aliases and username.startswith("+") and username[1:].isdigit():
        raise InvalidParameterException(
            "Username cannot be of phone number format, since user pool is configured for phone "
            "number alias."
        )


def take_alias(
    pool: CognitoIdpUserPool, user: CognitoIdpUser, attribute: str, *, value: str, force: bool
) -> None:
    """Give an alias to a user, before the attribute is written.

    Raises:
        AliasExistsError: Another user has it, and *force* does not take it away.
    """
    if attribute not in _aliases(pool):
        return
    for other in pool.users.values():
        names = _other_names(pool, other)
        if other is user or _comparable(pool, value) not in {_comparable(pool, n) for n in names}:
            continue
        flag = _FLAG_OF.get(attribute)
        if not force or flag is None:
            raise AliasExistsError(attribute)
        other.update_attributes([{"Name": flag, "Value": "false"}])


def _other_names(pool: CognitoIdpUserPool, user: CognitoIdpUser) -> list[str]:
    """What a user may type in the place of the own name; nothing for one of another provider."""
    if user.status == EXTERNAL:
        return []
    has = user.attribute_lookup
    names = [has.get(name) for name in pool.extended_config.get("UsernameAttributes") or []]
    for alias in _aliases(pool):
        flag = _FLAG_OF.get(alias)
        is_good = has.get(flag) == "true" if flag else user.status != UserStatus.UNCONFIRMED
        names.append(has.get(alias) if is_good else None)
    return [name for name in names if name]


def _aliases(pool: CognitoIdpUserPool) -> list[str]:
    return pool.extended_config.get("AliasAttributes") or []


def _comparable(pool: CognitoIdpUserPool, name: str) -> str:
    """A name as the pool compares it: without regard to case, where the pool has none."""
    settings = pool.extended_config.get("UsernameConfiguration") or {}
    return name.lower() if settings.get("CaseSensitive") is False else name
