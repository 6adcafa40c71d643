"""The certificate of a custom domain, and the records that lead to it, in a Route 53 zone."""

from constructs_auth._construct import name_after
from constructs_auth.engine import (
    AcmCertificate,
    AcmCertificateValidation,
    CognitoUserPoolDomain,
    Construct,
    Route53Record,
    Route53RecordAlias,
    TerraformResourceLifecycle,
)
from constructs_auth.stack import auth_stack_of


def make_certificate(owner: Construct, *, domain: str, zone_id: str) -> str:
    """Make a certificate for *domain* in us-east-1, and give its ARN once it is validated.

    One name needs one validation record, so there is no `for_each` over what only the apply
    knows. A new certificate comes before the old one goes, for the domain uses it.
    """
    provider = auth_stack_of(
        owner, remedy="give CustomDomain a certificate of us-east-1"
    ).provider_in_us_east_1()
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
        # The record of one name is the same for each of its certificates, also the next one.
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
    """Point *domain* at the CloudFront distribution that Cognito made, for IPv4 and IPv6."""
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
