"""The domain of the sign-in pages: what it becomes, what it makes, and what is refused."""

from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    CustomDomain,
    ImportedCertificate,
    InvalidValueError,
    OAuth,
    Passkey,
    PasswordPolicy,
    PrefixDomain,
    S3Backend,
    SynthesisError,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    UserPoolTier,
    Variable,
    WebApplication,
)
from constructs_auth.engine import (
    AcmCertificate,
    AwsProvider,
    Construct,
    Route53Record,
    TerraformOutput,
    TerraformStack,
)
from tests.synth.conftest import Synthesize
from tests.synth.reading import rules_broken_in

CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d"
PREFIX = PrefixDomain(prefix="acme")
CUSTOM = CustomDomain(domain="auth.acme.example", certificate=CERTIFICATE)
IN_ZONE = CustomDomain(domain="auth.acme.example", hosted_zone_id="Z0123456789")


@pytest.fixture
def pool(stack: AuthStack) -> UserPool:
    """A pool with the default plan."""
    return UserPool(stack, "users")


def resources(document: dict[str, Any], kind: str) -> dict[str, Any]:
    """The resources of one type, by name, without what CDKTF notes of them."""
    return {
        name: {key: value for key, value in resource.items() if key != "//"}
        for name, resource in document["resource"].get(kind, {}).items()
    }


def problems_of(app: AuthApp) -> list[str]:
    """What is found when *app* is synthesized."""
    with pytest.raises(SynthesisError) as caught:
        app.synth()
    return [str(problem) for problem in caught.value.problems]


def test_a_prefix_has_managed_login(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """The version is always written."""
    UserPoolDomain(stack, "domain", user_pool=pool, domain=PREFIX)
    document = synthesize(stack)

    assert resources(document, "aws_cognito_user_pool_domain") == {
        "domain": {
            "domain": "acme",
            "managed_login_version": 2,
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        }
    }
    assert document["terraform"]["required_providers"]["aws"]["version"] == ">= 5.100.0, < 7.0.0"


def test_a_custom_domain_takes_a_certificate(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """And makes nothing else without a zone."""
    UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM, managed_login_version=1)
    document = synthesize(stack)

    assert resources(document, "aws_cognito_user_pool_domain") == {
        "domain": {
            "certificate_arn": CERTIFICATE,
            "domain": "auth.acme.example",
            "managed_login_version": 1,
            "user_pool_id": "${aws_cognito_user_pool.users.id}",
        }
    }
    assert set(document["resource"]) == {"aws_cognito_user_pool", "aws_cognito_user_pool_domain"}


def test_a_zone_is_enough_for_everything_else(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Certificate in us-east-1, its validation, and both alias records; no `for_each`."""
    UserPoolDomain(stack, "domain", user_pool=pool, domain=IN_ZONE)
    document = synthesize(stack)
    option = "tolist(aws_acm_certificate.domain_certificate.domain_validation_options).0"
    alias = {
        "evaluate_target_health": False,
        "name": "${aws_cognito_user_pool_domain.domain.cloudfront_distribution}",
        "zone_id": "${aws_cognito_user_pool_domain.domain.cloudfront_distribution_zone_id}",
    }

    assert resources(document, "aws_acm_certificate") == {
        "domain_certificate": {
            "domain_name": "auth.acme.example",
            "key_algorithm": "RSA_2048",
            "lifecycle": {"create_before_destroy": True},
            "provider": "aws.us_east_1",
            "validation_method": "DNS",
        }
    }
    assert resources(document, "aws_acm_certificate_validation") == {
        "domain_certificate": {
            "certificate_arn": "${aws_acm_certificate.domain_certificate.arn}",
            "provider": "aws.us_east_1",
            "validation_record_fqdns": ["${aws_route53_record.domain_validation.fqdn}"],
        }
    }
    assert resources(document, "aws_route53_record") == {
        "domain_ipv4": {
            "alias": alias,
            "name": "auth.acme.example",
            "type": "A",
            "zone_id": "Z0123456789",
        },
        "domain_ipv6": {
            "alias": alias,
            "name": "auth.acme.example",
            "type": "AAAA",
            "zone_id": "Z0123456789",
        },
        "domain_validation": {
            "allow_overwrite": True,
            "name": f"${{{option}.resource_record_name}}",
            "records": [f"${{{option}.resource_record_value}}"],
            "ttl": 300,
            "type": f"${{{option}.resource_record_type}}",
            "zone_id": "Z0123456789",
        },
    }
    (domain,) = resources(document, "aws_cognito_user_pool_domain").values()
    validation = "aws_acm_certificate_validation.domain_certificate"
    assert domain["certificate_arn"] == f"${{{validation}.certificate_arn}}"


def test_a_given_certificate_and_a_zone_make_only_the_alias_records(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """The certificate may be a construct."""
    certificate = AcmCertificate(stack, "given", provider=stack.provider_in_us_east_1())
    UserPoolDomain(
        stack,
        "domain",
        user_pool=pool,
        domain=CustomDomain(
            domain="auth.acme.example", certificate=certificate, hosted_zone_id="Z0123456789"
        ),
    )
    document = synthesize(stack)

    assert set(resources(document, "aws_route53_record")) == {"domain_ipv4", "domain_ipv6"}
    (domain,) = resources(document, "aws_cognito_user_pool_domain").values()
    assert domain["certificate_arn"] == "${aws_acm_certificate.given.arn}"


def test_two_custom_domains_share_one_provider(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Their records do not meet."""
    other = UserPool(stack, "partners")
    UserPoolDomain(stack, "domain", user_pool=pool, domain=IN_ZONE)
    UserPoolDomain(
        stack,
        "partner_domain",
        user_pool=other,
        domain=CustomDomain(domain="partners.acme.example", hosted_zone_id="Z0123456789"),
    )
    document = synthesize(stack)

    assert len(document["provider"]["aws"]) == 2
    assert len(resources(document, "aws_route53_record")) == 6


def test_the_plan_lite_has_the_classic_pages(stack: AuthStack, synthesize: Synthesize) -> None:
    """Managed login needs Essentials."""
    pool = UserPool(
        stack,
        "users",
        user_pool_tier=UserPoolTier.LITE,
        password_policy=PasswordPolicy(password_history_size=0),
    )
    UserPoolDomain(stack, "domain", user_pool=pool, domain=PREFIX)

    (domain,) = resources(synthesize(stack), "aws_cognito_user_pool_domain").values()
    assert domain["managed_login_version"] == 1


def test_managed_login_is_refused_on_the_plan_lite(app: AuthApp, stack: AuthStack) -> None:
    """Where somebody asks for it."""
    pool = UserPool(
        stack,
        "users",
        user_pool_tier=UserPoolTier.LITE,
        password_policy=PasswordPolicy(password_history_size=0),
    )
    UserPoolDomain(stack, "domain", user_pool=pool, domain=PREFIX, managed_login_version=2)

    assert rules_broken_in(app) == ["auth/domain: CVG02 user_pool_id"]


def test_a_pool_may_have_a_prefix_and_a_custom_domain(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """One may be the way out of the other."""
    UserPoolDomain(stack, "prefix", user_pool=pool, domain=PREFIX)
    UserPoolDomain(stack, "custom", user_pool=pool, domain=CUSTOM)

    assert set(resources(synthesize(stack), "aws_cognito_user_pool_domain")) == {
        "prefix",
        "custom",
    }


def test_a_second_domain_of_one_kind_is_refused(
    app: AuthApp, stack: AuthStack, pool: UserPool
) -> None:
    """Cognito has a place for one of each."""
    UserPoolDomain(stack, "prefix", user_pool=pool, domain=PREFIX)
    UserPoolDomain(stack, "custom", user_pool=pool, domain=CUSTOM)
    UserPoolDomain(stack, "other", user_pool=pool, domain=PrefixDomain(prefix="acme-2"))

    assert problems_of(app) == [
        "auth/other: CVI06 domain: must be the only prefix of its pool, got another one: "
        "aws_cognito_user_pool_domain.prefix; remove one of the two"
    ]


def test_a_second_domain_in_another_stack_is_refused(
    app: AuthApp, stack: AuthStack, pool: UserPool
) -> None:
    """The rules see one stack at a time."""
    UserPoolDomain(stack, "prefix", user_pool=pool, domain=PREFIX)
    pages = AuthStack(
        app, "pages", region="eu-west-1", backend=S3Backend(bucket="acme-state", key="pages")
    )
    UserPoolDomain(pages, "other", user_pool=pool, domain=PrefixDomain(prefix="acme-2"))

    assert problems_of(app) == [
        "pages/other: domain: must be the only PrefixDomain of its pool, got a second one after "
        "auth/prefix; remove one of the two, because a pool has at most one prefix and one custom "
        "domain"
    ]


class TestPasskeys:
    """Passkeys are bound to a domain."""

    @pytest.mark.parametrize("party", ["auth.acme.example", "${var.party}"])
    def test_the_relying_party_is_the_domain(
        self,
        stack: AuthStack,
        party: str,
        synthesize: Synthesize,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """What only Terraform will know passes."""
        pool = UserPool(stack, "users", passwordless=[Passkey(relying_party_id=party)])
        UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM)

        assert resources(synthesize(stack), "aws_cognito_user_pool_domain")
        assert capsys.readouterr().err == ""

    def test_a_relying_party_above_the_domain_is_said_aloud(
        self, app: AuthApp, stack: AuthStack, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Browsers allow it; AWS's documentation does not."""
        pool = UserPool(stack, "users", passwordless=[Passkey(relying_party_id="acme.example")])
        UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM)
        app.synth()

        assert capsys.readouterr().err.startswith(
            "warning: auth/domain: domain is 'auth.acme.example', and AWS says that "
            "Passkey.relying_party_id must be the same, not 'acme.example'; try a passkey on the "
            "pages before users register theirs\n"
        )

    @pytest.mark.parametrize("first", ["prefix", "custom"])
    def test_passkeys_may_stay_with_the_prefix(
        self, stack: AuthStack, first: str, synthesize: Synthesize
    ) -> None:
        """That was there before the custom domain."""
        party = "acme.auth.eu-west-1.amazoncognito.com"
        pool = UserPool(stack, "users", passwordless=[Passkey(relying_party_id=party)])
        order = ("prefix", "custom") if first == "prefix" else ("custom", "prefix")
        for name in order:
            domain = PREFIX if name == "prefix" else CUSTOM
            UserPoolDomain(stack, name, user_pool=pool, domain=domain)

        assert len(resources(synthesize(stack), "aws_cognito_user_pool_domain")) == 2

    @pytest.mark.parametrize("party", ["other.example", "app.acme.example", "me.example"])
    def test_another_relying_party_is_refused(
        self, app: AuthApp, stack: AuthStack, party: str
    ) -> None:
        """A browser would offer no passkey."""
        pool = UserPool(stack, "users", passwordless=[Passkey(relying_party_id=party)])
        UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM)

        assert problems_of(app) == [
            "auth/domain: domain: must be the relying party of the pool's passkeys or below it, "
            "because browsers offer them nowhere else, got 'auth.acme.example' where "
            f"Passkey.relying_party_id is {party!r}; choose another domain, or another relying "
            "party while nobody has a passkey"
        ]

    def test_the_classic_pages_know_no_passkeys(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """So there is nothing to fit."""
        pool = UserPool(stack, "users", passwordless=[Passkey(relying_party_id="other.example")])
        UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM, managed_login_version=1)

        assert resources(synthesize(stack), "aws_cognito_user_pool_domain")


class TestUrls:
    """Where the pages are."""

    def test_of_a_prefix(self, stack: AuthStack, pool: UserPool) -> None:
        """In the region of the pool."""
        domain = UserPoolDomain(stack, "domain", user_pool=pool, domain=PREFIX)
        assert domain.base_url == "https://acme.auth.eu-west-1.amazoncognito.com"

    def test_of_a_custom_domain(self, stack: AuthStack, pool: UserPool) -> None:
        """The domain itself."""
        domain = UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM)
        assert domain.base_url == "https://auth.acme.example"

    def test_of_a_prefix_in_a_stack_of_another_kind(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """The ARN of the pool tells the region."""
        stack = TerraformStack(app, "plain")
        AwsProvider(stack, "aws", region="eu-west-1")
        pool = UserPool(stack, "users")
        domain = UserPoolDomain(stack, "domain", user_pool=pool, domain=PREFIX)
        TerraformOutput(stack, "url", value=domain.base_url, static_id=True)
        document = synthesize(stack)  # type: ignore[arg-type]  # any stack will do
        assert document["output"]["url"]["value"] == (
            'https://acme.auth.${element(split(":", aws_cognito_user_pool.users.arn), 3)}'
            ".amazoncognito.com"
        )

    def test_a_client_takes_it(self, stack: AuthStack, pool: UserPool) -> None:
        """For its own URLs."""
        domain = UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM)
        web = UserPoolClient(
            stack,
            "web",
            user_pool=pool,
            application=WebApplication(oauth=OAuth(callback_urls=["https://acme.example/cb"])),
        )
        assert web.token_url(domain.base_url) == "https://auth.acme.example/oauth2/token"

    def test_the_distribution_is_for_records_of_your_own(
        self, stack: AuthStack, pool: UserPool, synthesize: Synthesize
    ) -> None:
        """Known after the apply."""
        domain = UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM)
        stack.add_output("target", domain.cloudfront_distribution, description="The target.")

        assert synthesize(stack)["output"]["target"]["value"] == (
            "${aws_cognito_user_pool_domain.domain.cloudfront_distribution}"
        )


def test_a_record_of_the_parent_can_come_first(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """Cognito wants an A record of the parent before it makes the domain."""
    parent = Route53Record(
        stack, "parent", name="acme.example", type="A", zone_id="Z0123456789", records=["192.0.2.1"]
    )
    UserPoolDomain(stack, "domain", user_pool=pool, domain=CUSTOM, depends_on=[parent])

    (resource,) = resources(synthesize(stack), "aws_cognito_user_pool_domain").values()
    assert resource["depends_on"] == ["aws_route53_record.parent"]


def test_deeper_in_the_tree_names_have_a_hash(
    stack: AuthStack, pool: UserPool, synthesize: Synthesize
) -> None:
    """As everywhere in CDKTF."""
    UserPoolDomain(Construct(stack, "team"), "domain", user_pool=pool, domain=IN_ZONE)
    document = synthesize(stack)

    assert list(document["resource"]["aws_cognito_user_pool_domain"]) == ["team_domain_9C875592"]
    assert list(document["resource"]["aws_acm_certificate"]) == ["team_domain_certificate_54AD3AAC"]


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        (
            "user_pool",
            "eu-west-1_AbCdEf123",
            "UserPoolDomain.user_pool: must be of type UserPool or ExistingUserPool, got "
            "'eu-west-1_AbCdEf123'; write UserPool(…) or ExistingUserPool(…)",
        ),
        (
            "domain",
            "acme",
            "UserPoolDomain.domain: must be of type PrefixDomain or CustomDomain, got 'acme'; "
            "write PrefixDomain(…) or CustomDomain(…)",
        ),
        (
            "managed_login_version",
            3,
            "UserPoolDomain.managed_login_version: must be from 1 to 2, got 3; "
            "write 2 for managed login, or 1 for the classic pages",
        ),
        (
            "managed_login_version",
            -8.109562212591379e298,
            "UserPoolDomain.managed_login_version: must be a number and not a token, "
            "got -8.109562212591379e+298; write 2 for managed login, or 1 for the classic pages",
        ),
        (
            "depends_on",
            ["aws_route53_record.parent"],
            "UserPoolDomain.depends_on[0]: must be of type TerraformResource, "
            "got 'aws_route53_record.parent'; write TerraformResource(…)",
        ),
        (
            "default_branding",
            "no",
            "UserPoolDomain.default_branding: must be True or False, got 'no'; write one of them",
        ),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(
    keyword: str, value: Any, message: str, stack: AuthStack, pool: UserPool
) -> None:
    """Before the construct is there."""
    given: dict[str, Any] = {"user_pool": pool, "domain": PREFIX, keyword: value}
    with pytest.raises(InvalidValueError) as caught:
        UserPoolDomain(stack, "domain", **given)

    assert str(caught.value) == message
    assert stack.node.try_find_child("domain") is None


def test_a_certificate_is_made_in_an_auth_stack_only(app: AuthApp) -> None:
    """Elsewhere nobody knows the provider of us-east-1."""
    stack = TerraformStack(app, "plain")
    pool = UserPool(stack, "users")
    with pytest.raises(InvalidValueError) as caught:
        UserPoolDomain(stack, "domain", user_pool=pool, domain=IN_ZONE)

    assert str(caught.value) == (
        "plain/domain: must be in an AuthStack, got 'TerraformStack'; "
        "set certificate of CustomDomain to one in us-east-1"
    )


def test_a_domain_may_be_in_another_stack_than_its_pool(app: AuthApp, stack: AuthStack) -> None:
    """Its URL has the region of the pool."""
    pool = UserPool(stack, "users")
    pages = AuthStack(
        app, "pages", region="us-east-1", backend=S3Backend(bucket="acme-state", key="pages")
    )
    domain = UserPoolDomain(pages, "domain", user_pool=pool, domain=PREFIX)

    assert domain.base_url == "https://acme.auth.eu-west-1.amazoncognito.com"


def test_an_imported_certificate_keeps_its_key_out_of_the_state_where_the_bindings_can(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Bindings of AWS provider 6.69 can, those of 6.25 cannot."""
    key = Variable(stack, "key", description="The key.", sensitive=True)
    imported = ImportedCertificate(
        certificate_body="-----BEGIN CERTIFICATE-----",
        private_key=key.string_value,
        private_key_version=2,
    )
    domain = CustomDomain(domain="auth.acme.example", certificate=imported)
    pool = UserPool(stack, "users")
    if not hasattr(AcmCertificate, "private_key_wo"):
        with pytest.raises(InvalidValueError, match="needs AWS bindings in which AcmCertificate"):
            UserPoolDomain(stack, "login", user_pool=pool, domain=domain)
        return
    UserPoolDomain(stack, "login", user_pool=pool, domain=domain)
    document = synthesize(stack)
    (certificate,) = document["resource"]["aws_acm_certificate"].values()
    del certificate["//"]
    assert certificate == {
        "certificate_body": "-----BEGIN CERTIFICATE-----",
        "lifecycle": {"create_before_destroy": True},
        "private_key_wo": "${var.key}",
        "private_key_wo_version": 2,
        "provider": "aws.us_east_1",
    }
    assert document["terraform"]["required_version"] == ">= 1.11.0, < 2.0.0"
    assert document["terraform"]["required_providers"]["aws"]["version"] == ">= 6.69.0, < 7.0.0"
