"""Builds the files of a hand-off from a stack, with the changes since the last one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from constructs_auth._version import installed_version
from constructs_auth.errors import HandoffError, UnreadableError
from constructs_auth.facts import resource_types as types
from constructs_auth.facts.secret_names import names_secret_file
from constructs_auth.handoff import adaptation, assets, companions
from constructs_auth.handoff.archives import names_in
from constructs_auth.handoff.assets import Asset, Assets
from constructs_auth.handoff.files import Format, module_files
from constructs_auth.handoff.folder import (
    REFERENCE,
    Content,
    Manifest,
    Resource,
    digest,
    resources_of,
)
from constructs_auth.handoff.hcl.bodies import COMMENT
from constructs_auth.handoff.inside import LOCK, MANIFEST
from constructs_auth.handoff.literal_secrets import refuse_literal_secrets
from constructs_auth.handoff.mock_tests import test_file
from constructs_auth.handoff.reading import Stack, resources
from constructs_auth.handoff.readme import asset_sections, readme, region_sections
from constructs_auth.handoff.regions import Regional, follow_region, guard_region
from constructs_auth.handoff.schema import ProviderSchema, aws_schema
from constructs_auth.handoff.security import (
    security_assertions,
    security_report,
    security_sections,
)
from constructs_auth.report.counts import counted
from constructs_auth.rules.profile import STANDARD
from constructs_auth.rules.synthesized import FILE, Synthesized

_OF_AN_ACCOUNT: Final = re.compile(r"\barn:aws[\w-]*:[\w-]+:[\w-]*:\d{12}:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a hand-off.

    Attributes:
        written_as: The language of the Terraform. By default HCL.
        as_module: Whether another root module calls it: no provider, no state. By default `False`.
        partial_backend: Whether bucket, key and region of the state are arguments of
            `terraform init`. By default `False`.
        imports: The addresses to import, and the id of each. By default none.
        moves: The new address of each former one. By default only those that this tool detects.
        source_commit: The commit of the program. By default unknown.
        schema: Which arguments are blocks. By default the AWS provider's shipped table.
    """

    written_as: Format = Format.HCL
    as_module: bool = False
    partial_backend: bool = False
    imports: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    source_commit: str | None = None
    schema: Callable[[], ProviderSchema] = aws_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """The content of a hand-off.

    Attributes:
        files: The text of each file.
        assets: The files that the Terraform reads.
        warnings: Messages for the person who runs the hand-off.
    """

    files: Mapping[str, str]
    assets: Mapping[str, Asset]
    warnings: tuple[str, ...]

    @property
    def contents(self) -> dict[str, Content]:
        """The content of every file, by its path in the folder."""
        return {**self.files, **self.assets}


def build(
    stack: Stack,
    options: Options,
    *,
    before: Manifest | None = None,
    changelog: str = "",
    folder: Path | None = None,
) -> Handoff:
    """Build a hand-off.

    Args:
        stack: The stack.
        options: The options.
        before: The manifest of the last hand-off in the folder, if there is one.
        changelog: The changelog of the last hand-off.
        folder: The folder of the last hand-off.

    Raises:
        NotTerraformError: The stack contains something that Terraform rejects.
        LiteralSecretError: The stack contains a literal secret.
        UnreadableError: A file that the stack reads cannot be part of the hand-off.
        HandoffError: An address to import or to move to is not in the stack.
    """
    refuse_literal_secrets(stack.document)
    now = resources_of(stack.document)
    _check_known("--import", options.imports, now)
    _check_known("--moved", options.moves.values(), now)
    _check_gone(options.moves, now)
    read = assets.collect(stack.document, stack.folder, as_module=options.as_module, earlier=folder)
    moves = {**adaptation.moves_of(stack.document), **options.moves}
    moved = moved_addresses(before, now, moves)
    news = first_entry(now) if before is None else None
    number = 1 if before is None else before.number
    if before is not None:
        news = entry(number + 1, before, now, moved, _digests(read.files))
        number += news is not None
    regional = follow_region(read.document, as_module=options.as_module)
    document, examples = adaptation.adapt(
        regional.document,
        as_module=options.as_module,
        partial_backend=options.partial_backend,
        moved=moved,
        imports=options.imports,
    )
    guard_region(document, regional)
    arns = [*_literal_arns(stack.document)]
    files = module_files(document, options.schema(), options.written_as)
    files |= companions.companions(document, examples)
    files |= _for_check(stack.synthesized)
    report = security_report(stack)
    assertions = security_assertions(stack, report)
    tests = {} if options.as_module else test_file(document, assertions)
    files |= tests
    files |= {
        "README.md": readme(
            stack.name,
            document,
            how_to=companions.how_to(
                document,
                as_module=options.as_module,
                has_tests=bool(tests),
                examples=examples,
            ),
            as_module=options.as_module,
            sections=(
                *asset_sections(read, as_module=options.as_module),
                *region_sections(regional, document, arns),
                *security_sections(stack, report),
            ),
        ),
        "CHANGELOG.md": _changelog(news, changelog),
    }
    _refuse_collisions(read, files)
    manifest = Manifest(
        stack=stack.name,
        number=number,
        versions=_versions(options.schema()),
        source_commit=options.source_commit,
        files=_digests(files) | _digests(read.files),
        resources=now,
        moved=moved,
    )
    lost = lost_pools(before, now, moved)
    return Handoff(
        files=files | {MANIFEST: manifest.text()},
        assets=read.files,
        warnings=(
            *map(_lost, lost),
            *_imports(document, options.imports),
            *map(_literal_arn, arns),
            *(_literal_region(place, regional) for place in regional.fixed if place not in arns),
            *([_region_by_name(regional.region)] if regional.is_fixed_by_name else []),
            *map(_found_only_here, read.unchanged),
            *map(_unknown_file, read.unknown),
            *_secret_files(read.files),
        ),
    )


def _secret_files(files: Mapping[str, Asset]) -> Iterator[str]:
    """Yield a warning for each file that usually holds secrets, alone or in an archive."""
    for path, asset in files.items():
        inner = [name for name in names_in(asset.content) if names_secret_file(name)]
        if names_secret_file(path):
            yield f"{path} usually holds secrets, and everybody who reads the hand-off reads it"
        elif inner:
            yield (
                f"{path} contains {inner[0]}, which usually holds secrets, and everybody who reads "
                "the hand-off reads it"
            )


def _check_known(option: str, addresses: Iterable[str], known: Mapping[str, object]) -> None:
    for address in addresses:
        if address not in known:
            raise HandoffError(
                f"{option} {address}",
                "must be the address of a resource in the stack",
                remedy=f"choose from {', '.join(sorted(known))}",
            )


def _check_gone(moves: Iterable[str], known: Mapping[str, object]) -> None:
    """Reject a move from a text that is not an address, or that a resource still has."""
    for address in moves:
        if not REFERENCE.fullmatch(address):
            raise HandoffError(
                f"--moved {address}",
                "must begin with the address of a resource",
                remedy="give the former address first, then the new one",
            )
        if address in known:
            raise HandoffError(
                f"--moved {address}",
                "must be an address that the stack no longer has",
                remedy="give the former address first, then the new one",
            )


def _digests(files: Mapping[str, Content]) -> dict[str, str]:
    return {name: digest(content) for name, content in files.items()}


def _for_check(synthesized: Synthesized) -> dict[str, str]:
    """Return the settings that `check` of the hand-off needs: profile and accepted findings."""
    is_usual = synthesized.profile in {None, STANDARD.name}
    if is_usual and not synthesized.accepted and not synthesized.accepted_changes:
        return {}
    return {FILE: replace(synthesized, made={}).dumps()}


def _refuse_collisions(read: Assets, files: Iterable[str]) -> None:
    """Reject a file of the stack with the path of a file of the hand-off."""
    own = {name.casefold() for name in (*files, MANIFEST, LOCK)}
    for name in read.files:
        paths = (PurePosixPath(name), *PurePosixPath(name).parents)
        if any(path.as_posix().casefold() in own for path in paths):
            place = next(
                place
                for place, names in read.uses.items()
                if any(f"{name}/".startswith(f"{used.rstrip('/')}/") for used in names)
            )
            raise UnreadableError(
                place,
                f"must not name {name!r}, which is also a file of the hand-off",
                remedy="put it into another folder",
            )


def _versions(schema: ProviderSchema) -> dict[str, str]:
    own = installed_version() or "from a clone"
    tables = {f"aws schema, {name}": number for name, number in schema.versions.items()}
    return {"constructs-auth": own, **tables}


def _changelog(news: str | None, text: str) -> str:
    if news is None:
        return text
    entries = text.removeprefix(HEAD).strip()
    return f"{HEAD}\n{news}" + (f"\n{entries}\n" if entries else "")


def _lost(address: str) -> str:
    return (
        f"{address}: is not in this hand-off, and an apply would delete it with its users; "
        f"if it has a new name, use --moved {address}=NEW_ADDRESS"
    )


def _literal_arn(path: str) -> str:
    return f"{path}: contains the ARN of one account; use a variable or a reference instead"


def _literal_region(path: str, regional: Regional) -> str:
    return (
        f"{path}: contains {regional.region} as text, which does not follow {regional.source}; "
        "use a reference if it depends on the region of this stack"
    )


def _region_by_name(region: str) -> str:
    return (
        f"provider.aws.region: stays {region}, because the variable region of the program has "
        "another meaning; use that variable as the region of the stack, or rename it"
    )


def _found_only_here(path: str) -> str:
    return (
        f"{path}: contains the path of a file, which only Terraform in the folder of the hand-off "
        "finds"
    )


def _unknown_file(path: str) -> str:
    return (
        f"{path}: reads a file whose path is an expression, so the hand-off may lack it; "
        'write "${path.module}/…" in the program'
    )


def _imports(document: Mapping[str, Any], imports: Mapping[str, str]) -> list[str]:
    return [
        f"{address}: remove generate_secret to import a client, or its plan replaces the client; "
        "add it to lifecycle.ignore_changes"
        for address, body in sorted(resources(document), key=lambda found: found[0])
        if address in imports
        and address.startswith(f"{types.USER_POOL_CLIENT}.")
        and "generate_secret" in body
    ]


def _literal_arns(value: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 - what JSON can hold
    """Walk through the paths of ARNs that contain an account id."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name not in (COMMENT, "terraform", "variable"):
                yield from _literal_arns(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _literal_arns(item, f"{path}[{index}]")
    elif isinstance(value, str) and _OF_AN_ACCOUNT.search(value):
        yield path


HEAD: Final = "# Changelog\n\nWhat each hand-off changed, newest first.\n"


def moved_addresses(
    before: Manifest | None, after: Mapping[str, Resource], asked: Mapping[str, str]
) -> dict[str, str]:
    """Return the new address of each former one.

    A resource counts as moved if the same construct defines a resource of the same type, whose path
    is in the manifest. If both path and address are new, only the author can state the move.

    Args:
        before: The last hand-off; `None` for the first.
        after: The resources of this one.
        asked: The moves that the user or the program requests.
    """
    moved = dict(before.moved) if before else {}
    gone = {a: r for a, r in before.resources.items() if a not in after} if before else {}
    for address, resource in after.items():
        if before and address not in before.resources and resource.construct:
            for former, gone_resource in gone.items():
                same_type = former.partition(".")[0] == address.partition(".")[0]
                if same_type and gone_resource.construct == resource.construct:
                    moved[former] = address
    moved.update(asked)
    return {former: now for former, now in sorted(moved.items()) if former not in after}


def lost_pools(
    before: Manifest | None, after: Mapping[str, Resource], moved: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the addresses of user pools that are no longer in the stack and were not moved."""
    if before is None:
        return ()
    return tuple(
        address
        for address in sorted(before.resources)
        if address.startswith("aws_cognito_user_pool.")
        and address not in after
        and address not in moved
    )


def entry(
    number: int,
    before: Manifest,
    after: Mapping[str, Resource],
    moved: Mapping[str, str],
    files: Mapping[str, str],
) -> str | None:
    """Return the changelog entry, or `None` if no resource and no file that they read changes.

    Args:
        number: The number of the hand-off.
        before: The last one.
        after: The resources of this one.
        moved: The new address of each former one.
        files: The digests of the files that the resources read. A file that is added or removed
            comes with a changed argument.
    """
    lines = [*_lines(before, after, moved)]
    lines += [
        f"- Changed the file `{name}`."
        for name, found in sorted(files.items())
        if before.files.get(name, found) != found
    ]
    return "\n".join([f"## Hand-off {number}", "", *lines]) + "\n" if lines else None


def first_entry(after: Mapping[str, Resource]) -> str:
    """Return the entry of the first hand-off."""
    return f"## Hand-off 1\n\n- The first one, with {counted(len(after), 'resource')}.\n"


def _lines(
    before: Manifest, after: Mapping[str, Resource], moved: Mapping[str, str]
) -> Iterator[str]:
    new_moves = {old: new for old, new in moved.items() if before.moved.get(old) != new}
    yield from (f"- Moved `{old}` to `{new}`." for old, new in new_moves.items())
    former = {new: old for old, new in new_moves.items()}
    for address in sorted(after):
        known = before.resources.get(former.get(address, address))
        if known is None:
            yield f"- Added `{address}`."
            continue
        names = sorted({*known.arguments, *after[address].arguments})
        changed = [
            f"`{name}`"
            for name in names
            if known.arguments.get(name) != after[address].arguments.get(name)
        ]
        if changed:
            yield f"- Changed `{address}`: {', '.join(changed)}."
    for address in sorted(before.resources):
        if address not in after and address not in new_moves:
            yield f"- Removed `{address}`."
