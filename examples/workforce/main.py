"""Workforce sign-in to an application with IAM Identity Center."""

from constructs_auth import (
    AuthApp,
    AuthStack,
    IdentityCenterApplicationAssignment,
    IdentityCenterIdentityProvider,
    IdentityStore,
    IdentityStoreGroup,
    IdentityStoreUsers,
    OAuth,
    OAuthScope,
    PrefixDomain,
    S3Backend,
    SamlMetadataUrl,
    StandardAttributeName,
    StringAttribute,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    WebApplication,
    WorkforceUser,
)

# From the page of the application in Identity Center, which you create by hand.
APPLICATION = "arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-0123456789abcdef"
METADATA = "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MTExMTIyMjIzMzMz"


def define(app: AuthApp) -> AuthStack:
    """Define the stack `workforce` in *app*."""
    stack = AuthStack(
        app,
        "workforce",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="workforce/terraform.tfstate", region="eu-west-1"
        ),
    )

    # Identity Center has one region for the organization, here another one than the application.
    directory = IdentityStore(stack, "directory", region="us-east-1")
    engineers = IdentityStoreGroup(stack, "engineers", identity_store=directory)
    support = IdentityStoreGroup(stack, "support", identity_store=directory)
    IdentityStoreUsers(
        stack,
        "people",
        identity_store=directory,
        users=[
            WorkforceUser(
                user_name="ann",
                given_name="Ann",
                family_name="Archer",
                email="ann@acme.example",
                title="Engineer",
                groups=[engineers, support],
            ),
            WorkforceUser(
                user_name="bob",
                given_name="Bob",
                family_name="Baker",
                email="bob@acme.example",
                groups=[support],
            ),
        ],
    )

    # A list of the groups that the provider sends, which each sign-in writes again.
    users = UserPool(stack, "users", attributes=[StringAttribute(name="groups")])
    domain = UserPoolDomain(
        stack,
        "domain",
        user_pool=users,
        domain=PrefixDomain(prefix="acme-workforce"),
        managed_login_version=1,
    )
    domain.add_saml_outputs()  # values for Identity Center
    identity_center = IdentityCenterIdentityProvider(
        stack,
        "identity-center",
        user_pool=users,
        metadata=SamlMetadataUrl(url=METADATA),
        attribute_mapping={
            StandardAttributeName.EMAIL: "email",
            "custom:groups": "groups",
        },
        idp_identifiers=["acme.example"],
    )
    stack.accept_finding(
        "CG304", identity_center, reason="Identity Center alone decides who is in which group."
    )
    UserPoolClient(
        stack,
        "web",
        user_pool=users,
        application=WebApplication(
            oauth=OAuth(
                callback_urls=["https://tools.acme.example/callback"],
                logout_urls=["https://tools.acme.example/"],
                # With `profile`, the ID token contains the groups. Users could change them
                # with `aws.cognito.signin.user.admin`, so no client has that scope.
                allowed_oauth_scopes=[OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
            )
        ),
        # Nobody signs in with a password of the pool.
        supported_identity_providers=[identity_center],
    )
    for group in (engineers, support):
        # The provider sends ids of groups, not their names.
        stack.add_output(
            f"{group.node.id}_group_id",
            group.group_id,
            description=f"The id of the group {group.node.id} in `custom:groups` of an ID token.",
        )
        IdentityCenterApplicationAssignment(
            stack, f"{group.node.id}_use_it", application_arn=APPLICATION, principal=group
        )
    return stack


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
