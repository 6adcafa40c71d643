"""Every attribute whose change replaces its resource."""

from tests.plans import things
from tests.plans.case import PlanCase, Thing
from tests.plans.things import CLIENT, IDENTITY_POOL_ID, POOL_ARN, POOL_ID

OTHER_POOL = "eu-west-1_zZzZzZzZ9"
_POOL = things.pool()
_CLIENT = things.client(user_pool_id=POOL_ID)
_MANAGED = things.managed_client(user_pool_id=POOL_ID)
_DOMAIN = things.domain(user_pool_id=POOL_ID)
_CUSTOM = things.custom_domain(user_pool_id=POOL_ID)
_PROVIDER = things.identity_provider(user_pool_id=POOL_ID)
_SERVER = things.resource_server(user_pool_id=POOL_ID)
_GROUP = things.group(user_pool_id=POOL_ID)
_USER = things.user(user_pool_id=POOL_ID)
_MEMBER = things.user_in_group(user_pool_id=POOL_ID)
_RISK = things.risk_configuration(user_pool_id=POOL_ID)
_STYLE = things.ui_customization(user_pool_id=POOL_ID, client_id=things.CLIENT_ID)
_FILES = things.identity_pool()
_ROLES = things.roles_attachment(identity_pool_id=IDENTITY_POOL_ID)
_TAGS = things.principal_tag(identity_pool_id=IDENTITY_POOL_ID)
_WEB_ACL = things.web_acl_association(resource_arn=POOL_ARN)


def _aliased(**arguments: object) -> Thing:
    return things.pool(username_attributes=None, **arguments)


CASES = (
    PlanCase.of("pool_name", _POOL, _POOL.set(name="acme-people")),
    PlanCase.of("pool_alias_attributes_added", _aliased(), _aliased(alias_attributes=["email"])),
    PlanCase.of("pool_alias_attributes_removed", _aliased(alias_attributes=["email"]), _aliased()),
    PlanCase.of(
        "pool_alias_attributes_changed",
        _aliased(alias_attributes=["email"]),
        _aliased(alias_attributes=["email", "preferred_username"]),
    ),
    PlanCase.of("pool_username_attributes_added", _aliased(), _POOL),
    PlanCase.of("pool_username_attributes_removed", _POOL, _aliased()),
    PlanCase.of(
        "pool_username_attributes_changed",
        _POOL,
        _POOL.set(username_attributes=["email", "phone_number"]),
    ),
    PlanCase.of(
        "pool_case_sensitive",
        _POOL,
        _POOL.inner("username_configuration", case_sensitive=True),
    ),
    PlanCase.of("pool_username_configuration_added", _POOL.set(username_configuration=None), _POOL),
    PlanCase.of(
        "pool_unprotected_name",
        _POOL.set(deletion_protection="INACTIVE"),
        _POOL.set(deletion_protection="INACTIVE", name="acme-people"),
    ),
    PlanCase.of(
        "pool_without_users_name",
        _POOL.set(deletion_protection="INACTIVE").knows(estimated_number_of_users=0),
        _POOL.set(deletion_protection="INACTIVE", name="acme-people"),
    ),
    PlanCase.of(
        "pool_name_and_protection",
        _POOL,
        _POOL.set(deletion_protection="INACTIVE", name="acme-people"),
    ),
    PlanCase.of("client_user_pool_id", _CLIENT, _CLIENT.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("client_secret_off", _CLIENT, _CLIENT.set(generate_secret=False)),
    PlanCase.of("client_secret_on", _CLIENT.set(generate_secret=False), _CLIENT),
    PlanCase.of("client_secret_left_out", _CLIENT, _CLIENT.set(generate_secret=None)),
    PlanCase.of(
        "client_imported_secret_false",
        _CLIENT.set(generate_secret=None),
        _CLIENT.set(generate_secret=False),
    ),
    PlanCase.of("client_imported_secret_true", _CLIENT.set(generate_secret=None), _CLIENT),
    PlanCase.of("managed_client_user_pool_id", _MANAGED, _MANAGED.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("domain_name", _DOMAIN, _DOMAIN.set(domain="acme-sign-in")),
    PlanCase.of("domain_user_pool_id", _DOMAIN, _DOMAIN.set(user_pool_id=OTHER_POOL)),
    PlanCase.of(
        "domain_certificate_added",
        _CUSTOM.set(certificate_arn=None),
        _CUSTOM,
    ),
    PlanCase.of("domain_certificate_removed", _CUSTOM, _CUSTOM.set(certificate_arn=None)),
    PlanCase.of("provider_user_pool_id", _PROVIDER, _PROVIDER.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("provider_name", _PROVIDER, _PROVIDER.set(provider_name="OktaNew")),
    PlanCase.of("provider_type", _PROVIDER, _PROVIDER.set(provider_type="SAML")),
    PlanCase.of("server_identifier", _SERVER, _SERVER.set(identifier="https://api.acme.example")),
    PlanCase.of("server_name", _SERVER, _SERVER.set(name="Orders")),
    PlanCase.of("server_user_pool_id", _SERVER, _SERVER.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("group_name", _GROUP, _GROUP.set(name="administrators")),
    PlanCase.of("group_user_pool_id", _GROUP, _GROUP.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("user_username", _USER, _USER.set(username="bob@acme.example")),
    PlanCase.of("user_user_pool_id", _USER, _USER.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("member_group_name", _MEMBER, _MEMBER.set(group_name="readers")),
    PlanCase.of("member_username", _MEMBER, _MEMBER.set(username="bob@acme.example")),
    PlanCase.of("member_user_pool_id", _MEMBER, _MEMBER.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("risk_user_pool_id", _RISK, _RISK.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("risk_client_id", _RISK, _RISK.set(client_id=things.CLIENT_ID)),
    PlanCase.of("style_user_pool_id", _STYLE, _STYLE.set(user_pool_id=OTHER_POOL)),
    PlanCase.of("style_client_id", _STYLE, _STYLE.set(client_id="ALL")),
    PlanCase.of("identity_pool_name", _FILES, _FILES.set(identity_pool_name="acme documents")),
    PlanCase.of(
        "identity_pool_developer_provider_name_removed",
        _FILES.set(developer_provider_name="login.acme"),
        _FILES,
    ),
    PlanCase.of(
        "identity_pool_developer_provider_name_changed",
        _FILES.set(developer_provider_name="login.acme"),
        _FILES.set(developer_provider_name="sign-in.acme"),
    ),
    PlanCase.of(
        "roles_identity_pool_id",
        _ROLES,
        _ROLES.set(identity_pool_id="eu-west-1:99999999-2222-3333-4444-555555555555"),
    ),
    PlanCase.of(
        "roles_roles", _ROLES, _ROLES.set(roles={"authenticated": things.role("documents")})
    ),
    PlanCase.of(
        "tags_identity_pool_id",
        _TAGS,
        _TAGS.set(identity_pool_id="eu-west-1:99999999-2222-3333-4444-555555555555"),
    ),
    PlanCase.of(
        "tags_identity_provider_name",
        _TAGS,
        _TAGS.set(identity_provider_name="accounts.google.com"),
    ),
    PlanCase.of(
        "web_acl_resource_arn", _WEB_ACL, _WEB_ACL.set(resource_arn=f"{POOL_ARN[:-9]}zZzZzZzZ9")
    ),
    PlanCase.of(
        "web_acl_web_acl_arn",
        _WEB_ACL,
        _WEB_ACL.set(web_acl_arn=things.WEB_ACL.replace("login", "strict")),
    ),
    PlanCase(
        name="pool_name_with_members",
        before=(
            _POOL,
            things.client(),
            things.managed_client(),
            things.domain(),
            things.identity_provider(),
            things.resource_server(),
            things.group(),
            things.user(),
            things.user_in_group(),
            things.risk_configuration(),
            things.risk_configuration(client_id=CLIENT)
            .named("risk_of_web")
            .knows(id=f"{POOL_ID}:{things.CLIENT_ID}", client_id=things.CLIENT_ID),
            things.ui_customization(),
            things.web_acl_association(),
            things.identity_pool(
                cognito_identity_providers=[
                    {
                        "client_id": CLIENT,
                        "provider_name": "${aws_cognito_user_pool.users.endpoint}",
                        "server_side_token_check": True,
                    }
                ]
            ).knows(cognito_identity_providers=_FILES.arguments["cognito_identity_providers"]),
        ),
        after=(
            _POOL.set(name="acme-people"),
            things.client(),
            things.managed_client(),
            things.domain(),
            things.identity_provider(),
            things.resource_server(),
            things.group(),
            things.user(),
            things.user_in_group(),
            things.risk_configuration(),
            things.risk_configuration(client_id=CLIENT).named("risk_of_web"),
            things.ui_customization(),
            things.web_acl_association(),
            things.identity_pool(
                cognito_identity_providers=[
                    {
                        "client_id": CLIENT,
                        "provider_name": "${aws_cognito_user_pool.users.endpoint}",
                        "server_side_token_check": True,
                    }
                ]
            ),
        ),
    ),
)
