"""Threat protection."""

from typing import Any

import pytest

from constructs_auth import AdvancedSecurityMode, CustomAuthMode, UserPoolAddOns
from tests.unit.samples import TEXTS, refusal


@pytest.mark.parametrize("mode", [*AdvancedSecurityMode, *map(str, AdvancedSecurityMode)])
def test_accepts_a_mode_or_its_text(mode: Any) -> None:
    add_ons = UserPoolAddOns(advanced_security_mode=mode)
    assert add_ons.advanced_security_mode is AdvancedSecurityMode(mode)
    assert add_ons.custom_auth_mode is None


@pytest.mark.parametrize("mode", [*CustomAuthMode, *map(str, CustomAuthMode)])
def test_accepts_a_mode_of_custom_authentication(mode: Any) -> None:
    off = AdvancedSecurityMode.OFF
    add_ons = UserPoolAddOns(advanced_security_mode=off, custom_auth_mode=mode)
    assert add_ons.custom_auth_mode is CustomAuthMode(mode)


@pytest.mark.parametrize("mode", ["ON", "audit", None, True, 1, []])
def test_refuses_an_unknown_mode(mode: Any) -> None:
    assert refusal(lambda: UserPoolAddOns(advanced_security_mode=mode)) == (
        "UserPoolAddOns.advanced_security_mode: must be a member of AdvancedSecurityMode, "
        f"got {mode!r}; choose from AdvancedSecurityMode.OFF, AdvancedSecurityMode.AUDIT, "
        "AdvancedSecurityMode.ENFORCED"
    )


@pytest.mark.parametrize("mode", ["OFF", False, {}])
def test_custom_authentication_cannot_be_told_off(mode: Any) -> None:
    make = {"advanced_security_mode": AdvancedSecurityMode.AUDIT, "custom_auth_mode": mode}
    assert refusal(lambda: UserPoolAddOns(**make)) == (
        f"UserPoolAddOns.custom_auth_mode: must be a member of CustomAuthMode, got {mode!r}; "
        "choose from CustomAuthMode.AUDIT, CustomAuthMode.ENFORCED"
    )


@pytest.mark.parametrize("token", TEXTS)
def test_tokens_pass(token: Any) -> None:
    add_ons = UserPoolAddOns(advanced_security_mode=token, custom_auth_mode=token)
    assert (add_ons.advanced_security_mode, add_ons.custom_auth_mode) == (token, token)
