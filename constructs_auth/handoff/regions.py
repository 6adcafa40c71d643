"""Makes the values that depend on the region and the partition of a stack follow its provider.

A value follows if it names something that this Terraform creates or reads with its main provider,
or if its name shows that it is the region. Every other value that contains the region stays
unchanged: the ARN of an identity in somebody's account, a pool that exists, the certificate of
CloudFront.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from constructs_auth.facts import resource_types as types
from constructs_auth.facts.templates import holds_template, unescaped
from constructs_auth.handoff.hcl.bodies import labelled
from constructs_auth.handoff.hcl.templates import write
from constructs_auth.handoff.reading import resources
from constructs_auth.handoff.rewriting import (
    Piece,
    Tokens,
    each_string,
    parts_of,
    sequence,
    traversal,
    with_pieces,
    with_tokens,
)
from constructs_auth.terraform.references import traversals

Document = dict[str, Any]

_NAMES: Final = frozenset({"region", "aws_region", "cognito_region", "user_pool_region"})
"""Names that mean the region of this Terraform, if their value is that region."""
_ACCOUNT: Final = re.compile(r"(?<![\w-])\d{12}(?![\w-])")
_ARN: Final = re.compile(r"(?<![\w-])arn:(aws[\w-]*):")
_MANAGED_POLICY: Final = re.compile(r"arn:aws[\w-]*:iam::aws:policy/")
_HOST: Final = re.compile(r"(?:^|//)([^/]*)\.auth(?:-fips)?\.$")
"""The part before the region in the URL of a Cognito domain."""
_BEFORE_IN_ARN: Final = re.compile(r"(?<![\w-])arn:[^:/]+:[^:/]+:$")
_BEFORE_IN_HOST: Final = re.compile(r"(?:^|(?<=//))([^/?#&=:@%]*\.)?([a-z0-9-]+)\.$")
"""The labels before the region in a host of AWS: the resource and the service."""
_AFTER_IN_HOST: Final = re.compile(
    r"\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|api\.aws|on\.aws)(?::\d+)?(?=[/?#]|$)([^?#]*)"
)
_PART_OF_SERVICE: Final = "dkr"
_STORES: Final = ("s3", "s3-fips")
"""Services whose paths begin with the name of a bucket."""
_LONGEST_WORD: Final = 2_048
"""The length of the longest URL and ARN; a longer word is neither."""
_WORD: Final = re.compile(r"[^\s\"'<>,;()|\\{}\[\]]+")
_MARK: Final = re.compile("[\U000f0000-\U000ffffd]")
_FIRST_MARK: Final = 0xF0000
_NOT_OF_A_REGION: Final = ("data.aws_caller_identity", "data.aws_partition", "data.aws_region")
_CURRENT: Final = "current"
_OF_A_PARTITION: Final = re.compile(
    r"\bcognito-identity[\w.-]*\.amazonaws\.com|\.amazoncognito\.com|\.amazonaws\.(?:com\.cn|eu)\b"
)
"""The issuer of identity pools and the domain of the sign-in pages differ in GovCloud and China,
and hosts of AWS in China and in the European Sovereign Cloud."""
_PARTITIONS: Final = r"^(cn|eusc|us-gov|us-iso[a-z]*|eu-iso[a-z]*)-"
_GUARD: Final = f'!can(regex("{_PARTITIONS}", {{}}))'
_OUTSIDE: Final = (
    "The issuers and domains of this Terraform belong to another partition than this region."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regional:
    """The values that depend on the region of a stack.

    Attributes:
        document: The Terraform, with the values that follow.
        source: Where the region comes from: `var.region` or a data source; empty if it is fixed.
        region: The region that the program names, as text or as an expression.
        following: The places of the values that follow the region or its partition.
        fixed: The places that contain the region as text and stay as they are.
        is_fixed_by_name: Whether the region of a root module stays, because a variable of the
            program has the name `region` and another meaning.
        guard: The condition on a region that is needed because the Terraform has texts of one
            partition, with `{}` for the region; empty if it has none.
    """

    document: Document
    source: str = ""
    region: str = ""
    following: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    guard: str = ""
    is_fixed_by_name: bool = False


def follow_region(document: Mapping[str, Any], *, as_module: bool) -> Regional:
    """Make values follow the region: of the variable, or of the provider that the caller passes.

    Args:
        document: The Terraform, with its provider.
        as_module: Whether it is a module.
    """
    found = dict(document)
    main = _main_provider(found)
    region = main.get("region") if main is not None else None
    if not isinstance(region, str) or not region:
        return Regional(document=found)
    return _of_module(found, region) if as_module else _of_root(found, region)


def _of_root(found: Document, region: str) -> Regional:
    variables = found.get("variable", {})
    if holds_template(region) or not isinstance(variables, dict):
        return Regional(document=found)
    if "region" in variables:
        return Regional(document=found, region=unescaped(region), is_fixed_by_name=True)
    return _Follower(found, unescaped(region), "var.region").result()


def _of_module(found: Document, region: str) -> Regional:
    data = _data_source(found, "aws_region")
    # Provider 5 has no `region` here, and provider 6 warns of `name`.
    source = f"data.aws_region.{data}.id"
    reference = _only_reference(region)
    if reference is not None:
        return _of_provider(found, reference, source)
    if holds_template(region):
        return Regional(document=found)
    return _Follower(found, unescaped(region), source).result()


def guard_region(document: Document, regional: Regional) -> None:
    """Add a check that refuses a region of another partition, if *document* has texts of one."""
    if not regional.guard:
        return
    if regional.source.startswith("var."):
        condition = f"${{{regional.guard.format(regional.source)}}}"
        document["variable"]["region"]["validation"] = {
            "condition": condition,
            "error_message": _OUTSIDE,
        }
        return
    _add_data_source(document, regional.source)
    _, kind, name, _ = regional.source.split(".")
    for labels, body, _ in labelled(document.get("data"), 2, "data"):
        if labels == (kind, name) and isinstance(body, dict):
            body["lifecycle"] = {
                "postcondition": {
                    "condition": f"${{{regional.guard.format('self.id')}}}",
                    "error_message": _OUTSIDE,
                }
            }


def _guard(region: str) -> str:
    prefix = re.match(_PARTITIONS, region)
    return _GUARD if prefix is None else f'startswith({{}}, "{prefix[0]}")'


def _main_provider(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    blocks = [
        content
        for labels, content, _ in labelled(document.get("provider"), 1, "provider")
        if labels == ("aws",) and "alias" not in content
    ]
    return blocks[0] if len(blocks) == 1 else None


def _only_reference(region: str) -> str | None:
    match = re.fullmatch(r"\$\{\s*((?:var|local)\.[\w-]+)\s*\}", region)
    return match[1] if match else None


def _of_provider(document: Document, reference: str, source: str) -> Regional:
    """Replace a variable or local that is the region of the provider, which the caller sets."""
    places: list[str] = []

    def change(text: str, path: tuple[str, ...]) -> str:
        changed = with_tokens(text, lambda tokens: _replaced(tokens, reference, source))
        if changed != text and path[0] != "provider":
            places.append(".".join(path))
        return changed

    changed = each_string(document, change)
    _drop_variable(changed, reference)
    if places:
        _add_data_source(changed, source)
    return Regional(
        document=changed,
        source=source if places else "",
        region=reference,
        following=tuple(sorted(set(places))),
    )


def _drop_variable(document: Document, reference: str) -> None:
    """Remove the variable of *reference*, unless the validation of another one needs it."""
    kind, _, name = reference.partition(".")
    variables = document.get("variable")
    if kind != "var" or not isinstance(variables, dict):
        return
    others = {other: body for other, body in variables.items() if other != name}
    if reference not in str(others):
        document["variable"] = others
        if not others:
            del document["variable"]


def _replaced(tokens: Tokens, old: str, new: str) -> Tokens:
    before, after = traversal(old), traversal(new)
    result: Tokens = ()
    index = 0
    while index < len(tokens):
        is_found = tokens[index : index + len(before)] == before
        if is_found and not (result and result[-1].text == "."):
            result += after
            index += len(before)
        else:
            result += (tokens[index],)
            index += 1
    return result


def _data_source(document: Mapping[str, Any], kind: str) -> str:
    """Return the name of the data source for the main provider: an existing one or a new one."""
    existing = {
        name: body
        for (type_, name), body, _ in labelled(document.get("data"), 2, "data")
        if type_ == kind
    }
    for name, body in existing.items():
        if not set(body) - {"//"}:
            return name
    name, number = _CURRENT, 2
    while name in existing:
        name, number = f"{_CURRENT}_{number}", number + 1
    return name


def _add_data_source(document: Document, source: str) -> None:
    """Add the data source of the reference *source*, if it is one and is not there."""
    if not source.startswith("data."):
        return
    _, kind, name, _ = source.split(".")
    if any(labels == (kind, name) for labels, _, _ in labelled(document.get("data"), 2, "data")):
        return
    data = document.get("data")
    if isinstance(data, list):
        document["data"] = [*data, {kind: {name: {}}}]
        return
    kinds = data or {}
    known = kinds.get(kind, {})
    new: Document = {name: {}}
    document["data"] = kinds | {kind: [*known, new] if isinstance(known, list) else known | new}


@dataclass(slots=True, kw_only=True)
class _Found:
    """The findings in one string."""

    follows: bool = False
    uses_partition: bool = False
    is_fixed: bool = False


class _Follower:
    """Makes the values of one document follow the region."""

    def __init__(self, document: Document, region: str, source: str) -> None:
        self._document = document
        self._region = region
        self._source = source
        self._partition = f"data.aws_partition.{_data_source(document, 'aws_partition')}.partition"
        self._delimited = re.compile(rf"(?<![\w-]){re.escape(region)}(?![\w-])")
        self._anywhere = re.compile(rf"(?<![a-z0-9]){re.escape(region)}(?!\d)")
        self._domains = dict(_domains(document))
        self._own = _of_main_provider(document)
        self._following: list[str] = []
        self._fixed: list[str] = []
        self._uses_partition = False
        self._has_partition = False

    def result(self) -> Regional:
        """Return the changed document."""
        changed = each_string(self._document, self._change)
        for name, body in _named(self._document, "variable"):
            if self._anywhere.search(str(body.get("default", ""))):
                self._fixed.append(f"variable.{name}.default")
        if self._following:
            _add_data_source(changed, self._source)
        if self._uses_partition:
            _add_data_source(changed, self._partition)
        return Regional(
            document=changed,
            source=self._source,
            region=self._region,
            following=tuple(sorted(set(self._following))),
            fixed=tuple(sorted(set(self._fixed))),
            guard=_guard(self._region) if self._has_partition else "",
        )

    def _change(self, text: str, path: tuple[str, ...]) -> str:
        if path[0] in ("provider", "import"):
            return text
        if text == self._region and self._is_named(path):
            self._following.append(".".join(path))
            return f"${{{self._source}}}"
        self._has_partition |= _OF_A_PARTITION.search(text) is not None
        if self._region not in text and "arn:aws" not in text:
            return text
        found = _Found()
        changed = with_pieces(text, lambda pieces: self._follow(pieces, found))
        if found.follows:
            self._following.append(".".join(path))
        if found.is_fixed:
            self._fixed.append(".".join(path))
        self._uses_partition |= found.uses_partition
        return changed

    def _is_named(self, path: tuple[str, ...]) -> bool:
        """Return whether the name of a value shows that it is the region."""
        match path:
            case ("output", name, "value") | ("locals", name):
                return name.lower() in _NAMES
            case ("resource", "aws_lambda_function", _, "environment", "variables", name):
                return name.lower() in _NAMES
            case ("resource", "aws_ssm_parameter", label, "value" | "insecure_value"):
                name = self._parameters.get(label, "")
                return name.rpartition("/")[2].lower() in _NAMES
        return False

    @property
    def _parameters(self) -> Mapping[str, str]:
        return {
            address.rpartition(".")[2]: str(body.get("name", ""))
            for address, body in resources(self._document)
            if address.startswith("aws_ssm_parameter.")
        }

    def _follow(self, pieces: list[Piece], found: _Found) -> list[Piece]:
        marks: dict[str, Tokens] = {}
        text = ""
        for piece in pieces:
            if isinstance(piece, str):
                if _MARK.search(piece):
                    return pieces
                text += piece
            else:
                mark = chr(_FIRST_MARK + len(marks))
                marks[mark] = piece
                text += mark
        new = _WORD.sub(lambda word: self._word(word[0], marks, found), text)
        return pieces if new == text else list(_without_marks(new, marks))

    def _word(self, word: str, marks: dict[str, Tokens], found: _Found) -> str:
        """Return a word of a text, with marks for its sequences and for the values that follow."""
        if len(word) > _LONGEST_WORD:
            found.is_fixed = found.is_fixed or self._anywhere.search(word) is not None
            return word
        new = word
        if self._is_own(word, word, marks) or _MANAGED_POLICY.match(word):
            mark = chr(_FIRST_MARK + len(marks))
            new = _ARN.sub(f"arn:{mark}:", word)
            if new != word:
                marks[mark] = sequence(traversal(self._partition))
                found.follows = found.uses_partition = True
        mark = chr(_FIRST_MARK + len(marks))
        following = [
            match for match in self._delimited.finditer(new) if self._follows(new, match, marks)
        ]
        for match in reversed(following):
            new = f"{new[: match.start()]}{mark}{new[match.end() :]}"
        if following:
            marks[mark] = sequence(traversal(self._source))
            found.follows = True
        if self._anywhere.search(new):
            found.is_fixed = True
        return new

    def _follows(self, word: str, region: re.Match[str], marks: Mapping[str, Tokens]) -> bool:
        """Return whether *region* is the region of something that this Terraform creates.

        In other parts of a URL, such as a parameter, the text belongs to something else.
        """
        before = word[: region.start()]
        if _BEFORE_IN_ARN.search(before) and word.startswith(":", region.end()):
            return self._is_own(word, word, marks)
        return self._is_domain(word, region, marks) or self._is_endpoint(word, region, marks)

    def _is_endpoint(self, word: str, region: re.Match[str], marks: Mapping[str, Tokens]) -> bool:
        """Return whether *region* is in the host of AWS for something of this Terraform."""
        before = _BEFORE_IN_HOST.search(word[: region.start()])
        after = _AFTER_IN_HOST.match(word, region.end())
        if before is None or after is None:
            return False
        labels = [label for label in (before[1] or "").split(".") if label]
        of_others = [label for label in labels if not _MARK.search(label)]
        if of_others not in ([], [_PART_OF_SERVICE]):
            return False
        path = after[1]
        if before[2] in _STORES and not labels:
            path = path.removeprefix("/").partition("/")[0]
        return self._is_own(word, f"{before[1] or ''}{path}", marks)

    def _is_domain(self, word: str, region: re.Match[str], marks: Mapping[str, Tokens]) -> bool:
        """Return whether *word* is the URL of a domain of this Terraform, around *region*."""
        before = _HOST.search(word[: region.start()])
        if before is None or not word.startswith(".amazoncognito.com", region.end()):
            return False
        return _canonical(before[1], marks) in self._domains.values()

    def _is_own(self, word: str, part: str, marks: Mapping[str, Tokens]) -> bool:
        """Return whether *part* of a word names something that the main provider creates."""
        if _ACCOUNT.search(word) or ":global/" in word or f"{self._region}_" in word:
            return False
        references = [
            reference
            for mark in _MARK.findall(part)
            for reference in traversals(f"${{{write(marks[mark][1:-1])}}}")
        ]
        return any(_address(reference) in self._own for reference in references)


def _without_marks(text: str, marks: Mapping[str, Tokens]) -> Iterator[Piece]:
    position = 0
    for match in _MARK.finditer(text):
        if text[position : match.start()]:
            yield text[position : match.start()]
        yield marks[match[0]]
        position = match.end()
    if text[position:]:
        yield text[position:]


def _canonical(text: str, marks: Mapping[str, Tokens]) -> str:
    return _MARK.sub(lambda match: f"${{{write(marks[match[0]][1:-1])}}}", text)


def _domains(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Walk through the domains that the main provider creates: address, prefix."""
    own = _of_main_provider(document)
    for address, body in resources(document):
        parts = parts_of(str(body.get("domain", "")))
        if address.startswith(f"{types.USER_POOL_DOMAIN}.") and address in own and parts:
            yield (
                address,
                "".join(
                    part if isinstance(part, str) else f"${{{write(part.tokens)}}}"
                    for part in parts
                ),
            )


def _of_main_provider(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the addresses of what the main provider creates or reads in its own region."""
    return frozenset(
        address
        for address, body in resources(document)
        if body.get("provider", "aws") == "aws"
        and "region" not in body
        and not address.startswith(_NOT_OF_A_REGION)
        and address.removeprefix("data.").startswith("aws_")
    )


def _address(reference: str) -> str:
    names = reference.replace("[", ".").split(".")
    return ".".join(names[: 3 if names[0] == "data" else 2])


def _named(document: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for (name,), body, _ in labelled(document.get(kind), 1, kind):
        yield name, body
