"""Keys keep how often they rotate."""

from tests.emulator import Emulator
from tests.emulator.tests.conftest import REGION


def test_a_key_keeps_how_often_it_rotates(emulator: Emulator) -> None:
    """A year, if nobody says otherwise."""
    kms = emulator.client("kms", REGION)
    key_id = kms.create_key()["KeyMetadata"]["KeyId"]
    assert kms.get_key_rotation_status(KeyId=key_id)["KeyRotationEnabled"] is False
    kms.enable_key_rotation(KeyId=key_id)
    assert kms.get_key_rotation_status(KeyId=key_id)["RotationPeriodInDays"] == 365
    kms.enable_key_rotation(KeyId=key_id, RotationPeriodInDays=90)
    assert kms.get_key_rotation_status(KeyId=key_id)["RotationPeriodInDays"] == 90
