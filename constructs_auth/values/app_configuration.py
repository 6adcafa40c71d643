"""The formats of the configuration that an application reads at build time or at start."""

from dataclasses import dataclass
from typing import TypeAlias

from constructs_auth import _checks
from constructs_auth.facts.words import AmplifyVersion, FirstAuthFactor


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifyOutputs:
    """`amplify_outputs.json` of Amplify Gen 2, for browsers and phones.

    `Amplify.configure(outputs)` of aws-amplify 6, and the libraries for Swift, Android and Flutter
    read it (aws-amplify/amplify-backend, client-config-schema).

    Args:
        version: The version of the format. By default 1.4.
        preferred_challenge: The first factor that the sign-in screens of Amplify offer first. By
            default none, because no construct knows it.

    Raises:
        InvalidValueError: A value that the format does not have.
    """

    version: AmplifyVersion = AmplifyVersion.V1_4
    preferred_challenge: FirstAuthFactor | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        kept = _checks.known_member("AmplifyOutputs.version", self.version, AmplifyVersion)
        object.__setattr__(self, "version", kept)
        if self.preferred_challenge is not None:
            challenge = _checks.known_member(
                "AmplifyOutputs.preferred_challenge", self.preferred_challenge, FirstAuthFactor
            )
            object.__setattr__(self, "preferred_challenge", challenge)


@dataclass(frozen=True, slots=True)
class AmplifyGen1:
    """`amplifyconfiguration.json` of Amplify Gen 1, which aws-amplify 6 also reads.

    It is the same as `aws-exports.js` without its JavaScript.
    """


@dataclass(frozen=True, slots=True)
class OidcClient:
    """The settings of oidc-client-ts (`UserManagerSettings`), for a browser.

    openid-client and other libraries for OpenID Connect use the same names in other forms:
    `authority` is the issuer.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthJs:
    """The `.env` of Auth.js with its provider Cognito, for a server.

    Args:
        with_client_secret: Whether it contains `AUTH_COGNITO_SECRET`. The output is then sensitive,
            and everybody who can read the state has the secret, as with the client itself. By
            default `False`: the application reads the secret where `AppSettings` stores it.

    Raises:
        InvalidValueError: A value that is not a bool.
    """

    with_client_secret: bool = False

    def __post_init__(self) -> None:
        """Check the value."""
        _checks.known_flag("AuthJs.with_client_secret", self.with_client_secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpringProperties:
    """`application.properties` of Spring Boot: resource server, and client for sign-in.

    Args:
        with_client_secret: Whether it contains the client secret, as in `AuthJs`. By default
            `False`.

    Raises:
        InvalidValueError: A value that is not a bool.
    """

    with_client_secret: bool = False

    def __post_init__(self) -> None:
        """Check the value."""
        _checks.known_flag("SpringProperties.with_client_secret", self.with_client_secret)


@dataclass(frozen=True, slots=True)
class PlainJson:
    """A JSON object with plain names, for anything else; it contains no secret."""


AppConfigurationFormat: TypeAlias = (
    AmplifyOutputs | AmplifyGen1 | OidcClient | AuthJs | SpringProperties | PlainJson
)
"""What an `AppConfiguration` can write."""

FORMATS = (AmplifyOutputs, AmplifyGen1, OidcClient, AuthJs, SpringProperties, PlainJson)

FOR_BROWSERS = (AmplifyOutputs, AmplifyGen1, OidcClient)
"""The formats that everybody who opens the application can read."""
