"""How an OpenID Connect provider is found and asked."""

from dataclasses import dataclass

from constructs_auth.values._https import check_https


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcEndpoints:
    """The endpoints of a provider that has no discovery document; all four, or none.

    Args:
        authorize_url: Where users sign in.
        token_url: Where codes are exchanged for tokens.
        attributes_url: Where attributes are asked for: the provider's userinfo endpoint.
        jwks_uri: Where the keys are that its tokens are checked with.

    Raises:
        InvalidValueError: Something else than an `https` URL.
    """

    authorize_url: str
    token_url: str
    attributes_url: str
    jwks_uri: str

    def __post_init__(self) -> None:
        """Check the URLs."""
        check_https("OidcEndpoints.authorize_url", self.authorize_url)
        check_https("OidcEndpoints.token_url", self.token_url)
        check_https("OidcEndpoints.attributes_url", self.attributes_url)
        check_https("OidcEndpoints.jwks_uri", self.jwks_uri)
