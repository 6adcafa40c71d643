"""What stands in a message for what Cognito fills in (API, VerificationMessageTemplateType)."""

import re

CODE = "{####}"
"""Stands for the code, or for the temporary password in an invitation."""

USERNAME = "{username}"
"""Stands for the user's name, in an invitation (API, MessageTemplateType)."""

ANY_LINK = "{##words##}"
"""Stands for every link, whatever its words."""


def holds_placeholder(message: str, placeholder: str) -> bool:
    """Say whether *message* holds *placeholder*, or any link where it is `ANY_LINK`."""
    if placeholder == ANY_LINK:
        # `{####}`, the code, has the marks of a link and no words.
        return re.search(r"\{##(?!##\}).+?##\}", message, re.DOTALL) is not None
    return placeholder in message
