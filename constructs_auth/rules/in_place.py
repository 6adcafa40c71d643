"""Reads findings that a comment in the Terraform accepts."""

import re
from collections.abc import Iterable
from datetime import date

from constructs_auth.errors import UnreadableError
from constructs_auth.rules.accepted import Accepted, is_reason
from constructs_auth.terraform.hcl.written import Comment

_FORM = re.compile(
    r"accept\s+(?P<rule>[\w-]+)\s*,\s*(?P<reason>.*?)(?:\s*,\s*until\s+(?P<until>\S+))?\s*"
)
_SPACES = re.compile(r"[^\S\n]+")
_DAY_IN_REASON = re.compile(r"\buntil:?\s+\d{4}", re.IGNORECASE)
"""A last day in the wrong form, with which the finding would be accepted forever."""

_REMEDY = "write `# constructs-auth: accept CG201, the reason, until 2027-06-30`"


def read_comments(comments: Iterable[Comment]) -> tuple[list[Accepted], list[str]]:
    """Return the findings that *comments* accept, and the errors in the other comments."""
    accepted, wrong = [], []
    for comment in comments:
        try:
            accepted.append(accepted_by(comment))
        except UnreadableError as error:
            wrong.append(str(error))
    return accepted, wrong


def accepted_by(comment: Comment) -> Accepted:
    """Return the finding that *comment* accepts.

    Raises:
        UnreadableError: It has another form, or belongs to no block.
    """
    place = f"{comment.file}:{comment.line}"
    # With many spaces in a row, the pattern would take quadratic time.
    form = _FORM.fullmatch(_SPACES.sub(" ", comment.text))
    if form is None or not is_reason(form["reason"]):
        raise UnreadableError(
            place, "a comment must name a rule and a reason to accept it", remedy=_REMEDY
        )
    if _DAY_IN_REASON.search(form["reason"]):
        raise UnreadableError(place, "a comment must end with one last day", remedy=_REMEDY)
    if not comment.subject:
        raise UnreadableError(
            place,
            "a comment that accepts a finding must belong to a block",
            remedy="write it in the resource, output or variable, or directly above it",
        )
    return Accepted(
        rule=form["rule"],
        address=comment.subject,
        reason=form["reason"],
        until=None if form["until"] is None else _day(form["until"], place),
        place=place,
    )


def _day(text: str, place: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise UnreadableError(place, "until must be a date such as 2027-06-30", remedy=_REMEDY)
