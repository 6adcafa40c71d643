"""The formats of an application's configuration."""

import pytest

from constructs_auth import (
    AmplifyOutputs,
    AmplifyVersion,
    AuthJs,
    FirstAuthFactor,
    InvalidValueError,
    SpringProperties,
)


def test_a_text_with_the_value_of_a_member_is_that_member() -> None:
    outputs = AmplifyOutputs(
        version="1.5",  # type: ignore[arg-type]
        preferred_challenge="EMAIL_OTP",  # type: ignore[arg-type]
    )
    assert outputs.version is AmplifyVersion.V1_5
    assert outputs.preferred_challenge is FirstAuthFactor.EMAIL_OTP


@pytest.mark.parametrize("version", ["1", "2.0", None])
def test_another_version_is_refused(version: str) -> None:
    with pytest.raises(InvalidValueError, match=r"AmplifyOutputs\.version: must be"):
        AmplifyOutputs(version=version)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [AuthJs, SpringProperties])
def test_a_secret_is_asked_for_with_a_bool(kind: type[AuthJs] | type[SpringProperties]) -> None:
    assert not kind().with_client_secret
    with pytest.raises(InvalidValueError, match="with_client_secret: must be"):
        kind(with_client_secret="yes")  # type: ignore[arg-type]
