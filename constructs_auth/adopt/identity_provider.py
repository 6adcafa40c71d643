"""Identity providers of a state, each type as its construct.

A construct accepts only values that work. An override keeps all other settings of a provider.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from constructs_auth.adopt.parts import Override, blocks, member, texts
from constructs_auth.adopt.python import Argument, Call, Expression, Items, Table
from constructs_auth.facts.provider_details import (
    DETAILS,
    FACEBOOK_VERSION,
    SCOPE_SEPARATOR,
    facebook_details,
)
from constructs_auth.facts.secret_names import PROVIDER_DETAILS_SECRETS
from constructs_auth.facts.words import (
    DETAILS_FILLED_BY_COGNITO,
    FILLED_BY_COGNITO,
    USERNAME_FILLED_BY_COGNITO,
    AttributesRequestMethod,
    StandardAttributeName,
)

SOCIAL = {
    "Facebook": "FacebookIdentityProvider",
    "Google": "GoogleIdentityProvider",
    "LoginWithAmazon": "LoginWithAmazonIdentityProvider",
    "SignInWithApple": "SignInWithAppleIdentityProvider",
}
"""The construct of each type of social provider."""

_SCOPES = {
    "Facebook": ("public_profile", "email"),
    "Google": ("openid", "email", "profile"),
    "LoginWithAmazon": ("profile",),
    "OIDC": ("openid", "email"),
    "SignInWithApple": ("email", "name"),
}
"""The scopes that each construct requests by default."""

_MAPPING = {"email": "email"}
_SAML_FLAGS = ("EncryptedResponses", "IDPInit", "IDPSignout")
_ENDPOINTS = ("authorize_url", "token_url", "attributes_url", "jwks_uri")
_METHOD = "attributes_request_method"
_DOCUMENT = "<EntityDescriptor/>"


class Provider:
    """An identity provider of a state.

    Attributes:
        kind: Its type.
        name: Its name.
        details: Its details, as texts.
        mapping: Its attribute mapping.
        offered: The mapping that its construct accepts.
    """

    def __init__(self, values: Mapping[str, Any], pool: Mapping[str, Any]) -> None:
        self.kind = str(values["provider_type"])
        self.name = str(values["provider_name"])
        self.details = _texts(values.get("provider_details"))
        self.mapping = _texts(values.get("attribute_mapping"))
        self.offered = _offered(self.mapping, blocks(pool, "schema"))
        self._identifiers = texts(values, "idp_identifiers")

    @property
    def secret(self) -> str:
        """The name of the secret that it has, or an empty text."""
        if self.kind == "SignInWithApple":
            return "private_key"
        return "client_secret" if self.details.get("client_secret") else ""

    @property
    def written_attributes(self) -> tuple[str, ...]:
        """The attributes that Cognito writes at each sign-in, according to its construct."""
        return tuple(name for name in self.offered if name not in FILLED_BY_COGNITO)

    def call(self, *, construct_id: str, pool: Expression, secret: Expression) -> Call | None:
        """Return the call of its construct, or `None` for an unknown type.

        Args:
            construct_id: The id of the construct.
            pool: The pool.
            secret: The variable that holds the secret.
        """
        if self.kind == "SAML":
            own, function = self._saml(construct_id), "SamlIdentityProvider"
        elif self.kind in _SCOPES:
            own = [*self._oauth(construct_id, secret)]
            function = SOCIAL.get(self.kind, "OidcIdentityProvider")
        else:
            return None
        found = [Argument(name="user_pool", value=pool), *own, *self._mapping()]
        if self._identifiers and self.kind not in SOCIAL:
            found.append(Argument(name="idp_identifiers", value=Items([*self._identifiers])))
        return Call(function, (), found)

    def overrides(self, secret: Expression) -> Iterator[Override]:
        """Walk through the settings that the construct does not offer.

        Args:
            secret: The variable that holds the secret.
        """
        ignored = DETAILS_FILLED_BY_COGNITO["SAML"] if self.kind == "SAML" else frozenset()
        emitted = self._emitted()
        kept = {
            k: v for k, v in self.details.items() if k not in {*PROVIDER_DETAILS_SECRETS, *ignored}
        }
        if emitted.keys() - kept.keys():
            own = {self.secret: secret} if self.secret else {}
            yield Override(argument="provider_details", value={**kept, **own})
        else:
            for name in sorted(kept):
                if kept[name] != emitted.get(name):
                    yield Override(argument=f"provider_details.{name}", value=kept[name])
        if self._emitted_mapping() != self.mapping:
            yield Override(argument="attribute_mapping", value=self.mapping)
        if self._identifiers and self.kind in SOCIAL:
            yield Override(argument="idp_identifiers", value=[*self._identifiers])

    def _emitted(self) -> dict[str, str]:
        """Return the details that the construct writes, without secrets."""
        if self.kind == "SAML":
            flags = {name: str(self._is_set(name)).lower() for name in _SAML_FLAGS}
            signed = self._is_set("RequestSigningAlgorithm")
            signs = {"RequestSigningAlgorithm": "rsa-sha256"} if signed else {}
            url = self.details.get("MetadataURL")
            where = {"MetadataURL": _https(url)} if url else {"MetadataFile": self._document}
            return {**where, **flags, **signs}
        separator = SCOPE_SEPARATOR.get(self.kind, " ")
        found = {
            **(facebook_details(self._version) if self.kind == "Facebook" else DETAILS[self.kind]),
            "authorize_scopes": separator.join(self._scopes),
            "client_id": self.details.get("client_id", ""),
        }
        if self.kind == "SignInWithApple":
            found |= {name: self.details.get(name, "") for name in ("key_id", "team_id")}
        if self.kind == "OIDC":
            found |= {_METHOD: self._method, "oidc_issuer": self._issuer, **self._endpoints}
        return found

    @property
    def _version(self) -> str:
        return self.details.get("api_version") or FACEBOOK_VERSION

    @property
    def _scopes(self) -> list[str]:
        found = self.details.get("authorize_scopes", "").replace(",", " ").split()
        if self.kind == "OIDC" and "openid" not in found:
            return ["openid", *found]
        return found or [*_SCOPES[self.kind]]

    @property
    def _method(self) -> str:
        return self.details.get(_METHOD) or AttributesRequestMethod.GET.value

    @property
    def _issuer(self) -> str:
        return _https(self.details.get("oidc_issuer", "")).rstrip("/")

    @property
    def _endpoints(self) -> dict[str, str]:
        """The endpoints, if there are all of them."""
        found = {name: self.details.get(name, "") for name in _ENDPOINTS}
        return {k: _https(v) for k, v in found.items()} if all(found.values()) else {}

    @property
    def _document(self) -> str:
        found = self.details.get("MetadataFile", "")
        return found if found.lstrip("\ufeff \t\r\n").startswith("<") else _DOCUMENT

    def _is_set(self, name: str) -> bool:
        return self.details.get(name, "").lower() not in {"", "false"}

    def _oauth(self, construct_id: str, secret: Expression) -> Iterator[Argument]:
        yield Argument(name="client_id", value=self.details.get("client_id", ""))
        if self.kind == "SignInWithApple":
            yield Argument(name="team_id", value=self.details.get("team_id", ""))
            yield Argument(name="key_id", value=self.details.get("key_id", ""))
        if self.secret:
            yield Argument(name=self.secret, value=secret)
        if self.kind == "OIDC":
            yield Argument(name="oidc_issuer", value=self._issuer)
            if self._endpoints:
                given = [Argument(name=name, value=self._endpoints[name]) for name in _ENDPOINTS]
                yield Argument(name="endpoints", value=Call("OidcEndpoints", (), given))
            yield from self._own_name(construct_id)
        if self.kind == "Facebook" and self._version != FACEBOOK_VERSION:
            yield Argument(name="api_version", value=self._version)
        if self._scopes != [*_SCOPES[self.kind]]:
            yield Argument(name="authorize_scopes", value=Items(self._scopes))
        if self.kind == "OIDC" and self._method != AttributesRequestMethod.GET:
            method = member(AttributesRequestMethod, self._method)
            yield Argument(name=_METHOD, value=method)

    def _saml(self, construct_id: str) -> Sequence[Argument]:
        url = self.details.get("MetadataURL")
        metadata = (
            Call("SamlMetadataUrl", (), (Argument(name="url", value=_https(url)),))
            if url
            else Call("SamlMetadataFile", (), (Argument(name="content", value=self._document),))
        )
        return [
            Argument(name="metadata", value=metadata),
            *self._own_name(construct_id),
            *(
                Argument(name=name, value=True)
                for name, key in (
                    ("idp_signout", "IDPSignout"),
                    ("encrypted_responses", "EncryptedResponses"),
                    ("sign_requests", "RequestSigningAlgorithm"),
                    ("idp_initiated", "IDPInit"),
                )
                if self._is_set(key)
            ),
        ]

    def _own_name(self, construct_id: str) -> Iterator[Argument]:
        if self.name != construct_id:
            yield Argument(name="provider_name", value=self.name)

    def _mapping(self) -> Iterator[Argument]:
        found = dict(self.offered)
        subject = USERNAME_FILLED_BY_COGNITO.get(self.kind)
        if subject is not None and found.get("username") == subject:
            del found["username"]
        if found != _MAPPING or self.kind == "SAML":
            table: list[tuple[Expression, Expression]] = [
                (member(StandardAttributeName, name) or name, source)
                for name, source in sorted(found.items())
            ]
            yield Argument(name="attribute_mapping", value=Table(table))

    def _emitted_mapping(self) -> dict[str, str]:
        subject = USERNAME_FILLED_BY_COGNITO.get(self.kind)
        return {**({} if subject is None else {"username": subject}), **self.offered}


def _offered(mapping: Mapping[str, str], schema: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the mapping that a construct takes.

    It has attributes of the pool that can change, and those that the pool requires.
    """
    standard = tuple(StandardAttributeName)
    own = {
        str(one["name"]) if one["name"] in standard else f"custom:{one['name']}": one
        for one in schema
    }
    fixed = {name for name, one in own.items() if not one.get("mutable")}
    known = {*standard, *FILLED_BY_COGNITO, *own} - fixed
    kept = {name: source for name, source in mapping.items() if name in known and source}
    needed = {name for name, one in own.items() if one.get("required") and name in standard} - fixed
    return {**{name: name for name in sorted(needed)}, **kept}


def _https(url: str) -> str:
    """Return the URL if a construct accepts it, otherwise the most similar one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or "idp.invalid"
    except ValueError:
        return "https://idp.invalid"
    if (
        parts.scheme == "https"
        and parts.hostname
        and "#" not in url
        and not any(map(str.isspace, url))
    ):
        return url
    path = "".join(parts.path.split())
    return f"https://{host}{path}"


def _texts(found: object) -> dict[str, str]:
    items = found.items() if isinstance(found, Mapping) else ()
    return {str(key): str(value) for key, value in items if value is not None}
