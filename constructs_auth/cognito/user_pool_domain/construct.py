"""The domain of a user pool, its certificate, and its records in a Route 53 zone."""

from collections.abc import Collection, Iterator, Sequence

from constructs_auth import _checks
from constructs_auth._bindings import check_bindings
from constructs_auth._construct import AuthConstruct, name_after
from constructs_auth._place import stack_around
from constructs_auth._registry import add_member, for_each_member, members_of
from constructs_auth._tokens import is_concrete
from constructs_auth.cognito.managed_login_branding import has_any_branding, make_default_branding
from constructs_auth.cognito.user_pool.reference import (
    UserPoolRef,
    check_pool,
    is_judged_with,
    passwordless_of,
    region_of,
    tier_of,
)
from constructs_auth.cognito.user_pool_client.blocks import oauth_of
from constructs_auth.cognito.user_pool_client.construct import UserPoolClient
from constructs_auth.engine import (
    AcmCertificate,
    AcmCertificateValidation,
    CognitoUserPoolDomain,
    Construct,
    Route53Record,
    Route53RecordAlias,
    TerraformResource,
    TerraformResourceLifecycle,
)
from constructs_auth.errors import InvalidValueError
from constructs_auth.facts import limits, versions
from constructs_auth.facts.words import UserPoolTier
from constructs_auth.stack import add_outputs_of, auth_stack_of
from constructs_auth.values.as_it_is import AS_IT_IS
from constructs_auth.values.first_factors import Passkey
from constructs_auth.values.user_pool_domain import (
    CustomDomain,
    Domain,
    ImportedCertificate,
    PrefixDomain,
    certificate_arn,
)

CLASSIC = 1

MANAGED_LOGIN = 2

"""The two versions of the sign-in pages (API: ManagedLoginVersion)."""

_IN_US_EAST_1 = "set certificate of CustomDomain to one in us-east-1"


class UserPoolDomain(AuthConstruct):
    """The domain of a pool's sign-in pages. A pool may have one domain of each kind.

    **Changing** *domain* or *user_pool* replaces the domain. A new *domain* changes every URL of
    the pages, and identity providers need the new URLs.

    Args:
        scope: The parent. If it is a stack, *construct_id* is the resource's Terraform name.
        construct_id: The id.
        user_pool: The pool: a `UserPool` or an `ExistingUserPool`.
        domain: A prefix of Cognito's domain, or your own domain.
        managed_login_version: 2 for managed login, 1 for the classic pages. By default 2, or 1 on
            the tier LITE, which has only the classic pages.
        default_branding: Whether this library creates Cognito's own branding for each client with
            sign-in pages, of this pool and in this stack, that has no `ManagedLoginBranding`.
            Without a branding, managed login shows an error. It needs AWS provider 6.13. By default
            `True`; it does not apply to the classic pages.
        depends_on: Resources that must exist first, such as the A record of a custom domain's
            parent. By default none.

    Attributes:
        user_pool: The pool.
        domain: The given domain.
        managed_login_version: 1 or 2.
        resource: The CDKTF resource, for settings that this construct does not offer.

    Raises:
        InvalidValueError: A value that Cognito does not accept, or a new certificate in a stack
            that is not an `AuthStack`. Synthesis reports combinations that cannot work.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: UserPoolRef,
        domain: Domain,
        managed_login_version: int | None = None,
        default_branding: bool = True,
        depends_on: Collection[TerraformResource] = (),
    ) -> None:
        check_pool("UserPoolDomain.user_pool", user_pool)
        _checks.kind("UserPoolDomain.domain", domain, PrefixDomain, CustomDomain)
        _checks.known_flag("UserPoolDomain.default_branding", default_branding)
        version = _checked_version(managed_login_version, user_pool)
        needed = _checks.items(
            "UserPoolDomain.depends_on",
            depends_on,
            lambda label, value: _checks.kind(label, value, TerraformResource),
            remedy="name resources",
        )

        super().__init__(scope, construct_id)
        self.user_pool = user_pool
        self.domain = domain
        self.managed_login_version = version
        self.resource = CognitoUserPoolDomain(
            self,
            "Default",
            certificate_arn=_certificate(self, domain),
            depends_on=list(needed) or None,
            domain=domain.domain if isinstance(domain, CustomDomain) else domain.prefix,
            managed_login_version=version,
            user_pool_id=user_pool.user_pool_id,
        )
        if isinstance(domain, CustomDomain) and domain.hosted_zone_id is not None:
            make_alias_records(
                self, self.resource, domain=domain.domain, zone_id=domain.hosted_zone_id
            )
        add_member(user_pool, self)
        if default_branding and version == MANAGED_LOGIN:
            for_each_member(user_pool, UserPoolClient, self._brand, near=self)

    @property
    def base_url(self) -> str:
        """The URL of the pages, without a slash at the end."""
        if isinstance(self.domain, CustomDomain):
            return f"https://{self.domain.domain}"
        return f"https://{self.domain.prefix}.auth.{region_of(self.user_pool)}.amazoncognito.com"

    @property
    def cloudfront_distribution(self) -> str:
        """The target host of a custom domain; known after the apply."""
        return self.resource.cloudfront_distribution

    @property
    def saml_acs_url(self) -> str:
        """The URL for SAML responses: the assertion consumer service (ACS) URL."""
        return f"{self.base_url}/saml2/idpresponse"

    @property
    def saml_entity_id(self) -> str:
        """The pool's name at a SAML provider: the entity id of the service provider, or audience.

        It contains the id of the pool, which is known after the apply.
        """
        return f"urn:amazon:cognito:sp:{self.user_pool.user_pool_id}"

    def add_saml_outputs(self, prefix: str | None = None) -> None:
        """Define the outputs `<prefix>_acs_url` and `<prefix>_entity_id`, for a SAML provider.

        The administrator of the provider needs both before you can add it to the pool.

        Args:
            prefix: The prefix of the names. By default `saml` for the first domain of the stack,
                and the Terraform name of every other domain.

        Raises:
            InvalidValueError: An output has the name of another.
        """
        outputs = {
            "acs_url": (self.saml_acs_url, "Where a SAML provider sends its answers (ACS URL)."),
            "entity_id": (
                self.saml_entity_id,
                "What a SAML provider calls the user pool (audience).",
            ),
        }
        add_outputs_of(self, outputs, prefix=prefix, default_prefix="saml")

    def find_problems(self) -> Sequence[str]:
        """Return errors for settings that Cognito rejects together."""
        return tuple(self._problems())

    def find_warnings(self) -> Sequence[str]:
        """Return warnings about passkeys, and about clients without a branding."""
        version = self.managed_login_version
        return (*_domain_warnings(self.user_pool, self.domain, version), *self._without_branding())

    def _problems(self) -> Iterator[str]:
        domains = members_of(self.user_pool, UserPoolDomain, near=self)
        hosts = [each.base_url.removeprefix("https://") for each in domains]
        yield from _domain_problems(
            self, self.user_pool, self.domain, self.managed_login_version, hosts
        )
        first = next(each for each in domains if isinstance(each.domain, type(self.domain)))
        if first is not self and not is_judged_with(self.user_pool, self, first):
            yield (
                f"domain: must be the only {type(self.domain).__name__} of its pool, got a second "
                f"one after {first.node.path}; remove one of the two, because a pool has at most "
                "one prefix and one custom domain"
            )

    def _without_branding(self) -> Iterator[str]:
        """Yield a warning for each client of another stack; a rule reports those of this stack."""
        domains = members_of(self.user_pool, UserPoolDomain, near=self)
        managed = [each for each in domains if each.managed_login_version == MANAGED_LOGIN]
        if managed[:1] != [self]:  # warn once for a pool, not for each domain
            return
        for client in members_of(self.user_pool, UserPoolClient, near=self):
            if stack_around(client) is stack_around(self):
                continue
            if oauth_of(client.application) is not None and not has_any_branding(client):
                yield (
                    f"{client.node.path} has no branding, and without one managed login shows an "
                    "error to its users; add a ManagedLoginBranding in the stack of the client"
                )

    def _brand(self, client: UserPoolClient) -> None:
        if stack_around(client) is stack_around(self):
            make_default_branding(client)


def _domain_problems(
    owner: Construct,
    user_pool: UserPoolRef,
    domain: Domain,
    version: int,
    hosts: Collection[str],
) -> Iterator[str]:
    """Yield errors for settings that the pool does not allow; *hosts* are all of its hosts."""
    lite = tier_of(user_pool) is UserPoolTier.LITE
    if version == MANAGED_LOGIN and lite and not is_judged_with(user_pool, owner):
        yield (
            "managed_login_version: must be 1 on the tier LITE, got 2; leave it out, or set "
            "UserPoolTier.ESSENTIALS in the pool"
        )
    for party in _relying_parties(user_pool, domain, version):
        # One of two domains may work without passkeys (API: CreateUserPoolDomain).
        if is_concrete(tuple(hosts)) and not any(_is_in(host, party) for host in hosts):
            yield (
                "domain: must be the relying party of the pool's passkeys or below it, because "
                f"browsers offer them nowhere else, got {_name(domain)!r} where "
                f"Passkey.relying_party_id is {party!r}; choose another domain, or another relying "
                "party while nobody has a passkey"
            )


def _domain_warnings(user_pool: UserPoolRef, domain: Domain, version: int) -> Iterator[str]:
    """Yield a warning about a relying party that may not work (API: RelyingPartyIdType)."""
    for party in _relying_parties(user_pool, domain, version):
        if party != _name(domain) and _is_in(_name(domain), party):
            yield (
                f"domain is {_name(domain)!r}, and AWS says that Passkey.relying_party_id must be "
                f"the same, not {party!r}; try a passkey on the pages before users register theirs"
            )


def _relying_parties(user_pool: UserPoolRef, domain: Domain, version: int) -> Iterator[str]:
    """Yield the relying party if a custom domain has pages that offer passkeys."""
    if version != MANAGED_LOGIN or not isinstance(domain, CustomDomain):
        return
    for factor in passwordless_of(user_pool):
        party = factor.relying_party_id if isinstance(factor, Passkey) else AS_IT_IS
        if party is not AS_IT_IS and is_concrete((party, domain.domain)):
            yield party


def _is_in(host: str, party: str) -> bool:
    return f".{host}".endswith(f".{party}")


def _name(domain: Domain) -> str:
    return domain.domain if isinstance(domain, CustomDomain) else domain.prefix


def _checked_version(version: int | None, user_pool: UserPoolRef) -> int:
    if version is None:
        return CLASSIC if tier_of(user_pool) is UserPoolTier.LITE else MANAGED_LOGIN
    subject = "UserPoolDomain.managed_login_version"
    remedy = "write 2 for managed login, or 1 for the classic pages"
    if isinstance(version, float):
        raise InvalidValueError(
            subject, "must be a number and not a token", got=version, remedy=remedy
        )
    _checks.whole_number(subject, version, limits.MANAGED_LOGIN_VERSION, remedy=remedy)
    return version


def _certificate(owner: UserPoolDomain, domain: Domain) -> str | None:
    """Return the given certificate, else a new one; a prefix uses Cognito's own."""
    if not isinstance(domain, CustomDomain):
        return None
    if isinstance(domain.certificate, ImportedCertificate):
        return _import_certificate(owner, domain.certificate)
    if domain.certificate is not None:
        return certificate_arn(domain.certificate)
    # CustomDomain requires one of the two.
    return make_certificate(owner, domain=domain.domain, zone_id=domain.hosted_zone_id or "")


def _import_certificate(owner: Construct, imported: ImportedCertificate) -> str:
    """Import a certificate into us-east-1, and return its ARN."""
    check_bindings("CustomDomain.certificate", AcmCertificate, "private_key_wo")
    stack = auth_stack_of(owner, remedy=_IN_US_EAST_1)
    stack.require_provider(versions.PROVIDER_FOR_WRITE_ONLY_KEYS)
    stack.add_override(
        "terraform.required_version", f">= {versions.WRITE_ONLY}, < {versions.NEXT_TERRAFORM}"
    )
    certificate = AcmCertificate(
        owner,
        "certificate",
        certificate_body=imported.certificate_body,
        certificate_chain=imported.certificate_chain,
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        provider=stack.provider_in_us_east_1(),
    )
    # As overrides, because older bindings do not have these arguments.
    certificate.add_override("private_key_wo", imported.private_key)
    certificate.add_override("private_key_wo_version", imported.private_key_version)
    name_after(owner, certificate, "certificate")
    return certificate.arn


def make_certificate(owner: Construct, *, domain: str, zone_id: str) -> str:
    """Create a validated certificate for *domain* in us-east-1, and return its ARN.

    One name needs one validation record, so there is no `for_each` over unknown values. Terraform
    creates a new certificate before it deletes the old one, because the domain uses it.
    """
    provider = auth_stack_of(owner, remedy=_IN_US_EAST_1).provider_in_us_east_1()
    certificate = AcmCertificate(
        owner,
        "certificate",
        domain_name=domain,
        key_algorithm="RSA_2048",
        lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        provider=provider,
        validation_method="DNS",
    )
    name_after(owner, certificate, "certificate")
    option = certificate.domain_validation_options.get(0)
    record = Route53Record(
        owner,
        "validation_record",
        # All certificates of one name have the same record, also the next certificate.
        allow_overwrite=True,
        name=option.resource_record_name,
        records=[option.resource_record_value],
        ttl=300,
        type=option.resource_record_type,
        zone_id=zone_id,
    )
    name_after(owner, record, "validation")
    validation = AcmCertificateValidation(
        owner,
        "certificate_validation",
        certificate_arn=certificate.arn,
        provider=provider,
        validation_record_fqdns=[record.fqdn],
    )
    name_after(owner, validation, "certificate")
    return validation.certificate_arn


def make_alias_records(
    owner: Construct, resource: CognitoUserPoolDomain, *, domain: str, zone_id: str
) -> None:
    """Point *domain* to the CloudFront distribution of Cognito, for IPv4 and IPv6."""
    for kind, suffix in (("A", "ipv4"), ("AAAA", "ipv6")):
        record = Route53Record(
            owner,
            f"{suffix}_record",
            alias=Route53RecordAlias(
                evaluate_target_health=False,
                name=resource.cloudfront_distribution,
                zone_id=resource.cloudfront_distribution_zone_id,
            ),
            name=domain,
            type=kind,
            zone_id=zone_id,
        )
        name_after(owner, record, suffix)
