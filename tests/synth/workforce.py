"""One stack with everything about the workforce: directory, groups, people, an assignment."""

from constructs_auth import (
    AuthApp,
    AuthStack,
    IdentityCenterApplicationAssignment,
    IdentityStore,
    IdentityStoreGroup,
    IdentityStoreMembership,
    IdentityStoreUser,
    IdentityStoreUsers,
    PostalAddress,
    S3Backend,
    WorkforceUser,
)

APPLICATION = "arn:aws:sso::123456789012:application/ssoins-0123456789abcdef/apl-0123456789abcdef"


def define(app: AuthApp) -> AuthStack:
    """Define the stack `workforce` in *app*; Identity Center is in another region."""
    stack = AuthStack(
        app,
        "workforce",
        region="eu-west-1",
        backend=S3Backend(bucket="acme-state", key="workforce/terraform.tfstate"),
    )
    directory = IdentityStore(stack, "directory", region="us-east-1")
    engineers = IdentityStoreGroup(
        stack,
        "engineers",
        identity_store=directory,
        display_name="Engineers",
        description="Who builds",
    )
    support = IdentityStoreGroup(stack, "support", identity_store=directory)
    IdentityStoreUsers(
        stack,
        "people",
        identity_store=directory,
        users=[
            WorkforceUser(
                user_name="ann@acme.example",
                given_name="Ann",
                family_name="Archer",
                email="ann@acme.example",
                groups=[support, engineers],
            ),
            WorkforceUser(user_name="zoë", given_name="Zoë", family_name="Zander"),
        ],
    )
    bob = IdentityStoreUser(
        stack,
        "bob",
        identity_store=directory,
        user=WorkforceUser(
            user_name="bob",
            given_name="Robert",
            family_name="Baker",
            display_name="Bob",
            email="bob@acme.example",
            phone_number="+353 1 5550100",
            address=PostalAddress(
                street_address="1 Main Street",
                locality="Dublin",
                region="Leinster",
                postal_code="D01",
                country="Ireland",
                formatted="1 Main Street, Dublin",
            ),
            groups=[engineers],
            middle_name="B.",
            honorific_prefix="Dr.",
            honorific_suffix="III",
            formatted_name="Dr. Robert B. Baker III",
            nickname="Bobby",
            title="Baker",
            user_type="Contractor",
            preferred_language="en-IE",
            locale="en-IE",
            timezone="Europe/Dublin",
            profile_url="https://acme.example/bob",
        ),
    )
    IdentityStoreMembership(stack, "bob_helps", user=bob, group=support)
    for principal in (engineers, bob):
        IdentityCenterApplicationAssignment(
            stack,
            f"{principal.node.id}_use_it",
            application_arn=APPLICATION,
            principal=principal,
        )
    return stack
