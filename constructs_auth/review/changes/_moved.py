"""Whether something that is deleted is made again at another address."""

from constructs_auth.review.change import Action, Change
from constructs_auth.review.rule import Surroundings


def moved_block(change: Change, surroundings: Surroundings, *arguments: str) -> str:
    """Give the `moved` block that would keep what is deleted here and created elsewhere.

    Args:
        change: What is deleted.
        surroundings: Where to look.
        arguments: What has to be equal for it to be the same thing.
    """
    if change.action is not Action.DELETE or change.is_deposed:
        return ""
    own = tuple(change.resource.body.peek_text(name) for name in arguments)
    same = [
        other.address
        for other in surroundings.changes.values()
        if other.action is Action.CREATE
        and other.type == change.type
        and tuple(other.resource.body.peek_text(name) for name in arguments) == own
    ]
    if len(same) != 1:
        return ""
    return (
        f"it looks like {same[0]}, which is new: keep it with "
        f"moved {{ from = {change.address}, to = {same[0]} }}"
    )
