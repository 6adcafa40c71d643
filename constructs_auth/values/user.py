"""How a user who is made by an administrator hears of it."""

from enum import StrEnum


class DeliveryMedium(StrEnum):
    """By what an invitation is sent."""

    EMAIL = "EMAIL"
    SMS = "SMS"


class MessageAction(StrEnum):
    """What happens with the invitation instead of sending it once."""

    RESEND = "RESEND"
    SUPPRESS = "SUPPRESS"
