"""What many checks ask of one argument: each answers, or says that the value is not known."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Sized

from constructs_auth.facts.limits import Range, Text
from constructs_auth.rules.rule import Undecided, Violation
from constructs_auth.terraform.block import LEFT_OUT, Block, Unknown, UnknownValueError

_LONGEST = 80


def text_within(body: Block, name: str, limit: Text) -> Iterator[Violation | Undecided]:
    """Ask that the text *name*, where it is set, has the length and the pattern of *limit*."""
    value = body.peek_text(name)
    if value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value is not None:
        yield from outside(value, limit, f"{body.path}{name}")


def texts_within(body: Block, name: str, limit: Text) -> Iterator[Violation | Undecided]:
    """Ask that each text of *name* has the length and the pattern of *limit*."""
    values = body.peek_texts(name)
    if values is LEFT_OUT:
        return
    if isinstance(values, Unknown):
        yield undecided(body, name, values)
        return
    for at, value in enumerate(values):
        if isinstance(value, Unknown):
            yield Undecided(why=value.why, at=f"{body.path}{name}[{at}]")
        else:
            yield from outside(value, limit, f"{body.path}{name}[{at}]")


def number_within(body: Block, name: str, limit: Range) -> Iterator[Violation | Undecided]:
    """Ask that the number *name*, where it is set, is in *limit*."""
    value = body.peek_number(name)
    if value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value is not None and not limit.minimum <= value <= limit.maximum:
        unit = f" {limit.unit}" if limit.unit else ""
        yield Violation(
            text=f"must be from {limit.minimum} to {limit.maximum}{unit}, got {value}",
            at=f"{body.path}{name}",
        )


def count_within(body: Block, name: str, limit: Range) -> Iterator[Violation | Undecided]:
    """Ask that the list *name*, where it is set, has as many items as *limit* allows."""
    value = body.peek(name)
    if value is None or value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif isinstance(value, Sized) and not limit.minimum <= len(value) <= limit.maximum:
        yield Violation(
            text=f"must be {limit.minimum} to {limit.maximum} {limit.unit}, got {len(value)}",
            at=f"{body.path}{name}",
        )


def one_of(body: Block, name: str, allowed: Collection[str]) -> Iterator[Violation | Undecided]:
    """Ask that the text *name*, where it is set, is one of *allowed*."""
    value = body.peek_text(name)
    if value is LEFT_OUT:
        return
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value is not None and value not in allowed:
        yield Violation(
            text=f"must be one of {', '.join(allowed)}, got {value!r}", at=f"{body.path}{name}"
        )


def is_text(body: Block, name: str, wanted: str) -> Iterator[Violation | Undecided]:
    """Ask that the text *name* is *wanted*."""
    value = body.peek_text(name)
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif value != wanted:
        yield Violation(text=f"must be {wanted}, got {shown(value)}", at=f"{body.path}{name}")


def is_flag(
    body: Block, name: str, *, wanted: bool, default: bool | None = None
) -> Iterator[Violation | Undecided]:
    """Ask that the flag *name* is *wanted*; where it is not set, it is *default*."""
    value = body.peek_flag(name)
    if isinstance(value, Unknown):
        yield undecided(body, name, value)
    elif (default if value is None else value) is not wanted:
        yield Violation(
            text=f"must be {str(wanted).lower()}, got {shown(value)}", at=f"{body.path}{name}"
        )


def undecided(body: Block, name: str, value: Unknown) -> Undecided:
    """Say that the argument *name* is not known."""
    return Undecided(why=value.why, at=f"{body.path}{name}")


def shown(value: object) -> str:
    """Write a value as Terraform does; what is not set is `null`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a map"
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(value: str) -> str:
    """Write a text in quotes, of a long one the beginning."""
    return repr(value) if len(value) <= _LONGEST else f"{value[:_LONGEST]!r}…"


def outside(value: str, limit: Text, at: str) -> Iterator[Violation]:
    """Say that *value* has not the length or the pattern of *limit*."""
    size = f"{limit.minimum} to {limit.maximum} characters"
    if not limit.minimum <= len(value) <= limit.maximum:
        yield Violation(text=f"must be {size}, got {len(value)}", at=at)
    elif not limit.accepts(value):
        yield Violation(text=f"must be {size}, {limit.allowed}, got {quoted(value)}", at=at)


def seen_blocks(body: Block, name: str) -> tuple[Block, ...]:
    """Give the blocks *name*, none where they are not known: another rule reports that."""
    found = body.peek_blocks(name)
    return () if isinstance(found, Unknown) else found


def each_once(
    blocks: Sequence[Block], name: str, *, write: Callable[[str], str] = str
) -> Iterator[Violation | Undecided]:
    """Ask that no two of *blocks* have the same *name*; *write* writes one that does."""
    seen: set[str] = set()
    for block in blocks:
        value = block.peek_text(name)
        if isinstance(value, Unknown):
            if len(blocks) > 1:
                yield undecided(block, name, value)
        elif value in seen:
            yield Violation(text=f"must not repeat, got {write(value)}", at=f"{block.path}{name}")
        elif value is not None:
            seen.add(value)


def surely(condition: Callable[[], bool]) -> bool:
    """Say whether *condition* is known to hold; an unknown value does not end the question."""
    try:
        return condition()
    except UnknownValueError:
        return False


def either(words: Sequence[str]) -> str:
    """Write *words* as a choice: `a, b or c`."""
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
