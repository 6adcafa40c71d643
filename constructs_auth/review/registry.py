"""The catalogue of change rules, in the order in which it is read."""

from constructs_auth.review.changes.attribute_permissions import ATTRIBUTE_PERMISSIONS_CHANGED
from constructs_auth.review.changes.beside_the_plan import (
    PREVENT_DESTROY_REMOVED,
    PROVIDER_VERSION_CHANGED,
)
from constructs_auth.review.changes.deletion_protection import DELETION_PROTECTION_OFF
from constructs_auth.review.changes.domain import (
    CERTIFICATE_CHANGED,
    DOMAIN_GOES,
    LOGIN_VERSION_CHANGED,
)
from constructs_auth.review.changes.edge import LOGS_REMOVED, WEB_ACL_REMOVED, WEB_ACL_REPLACED
from constructs_auth.review.changes.first_factors import (
    FIRST_FACTORS_CHANGED,
    RELYING_PARTY_CHANGED,
)
from constructs_auth.review.changes.flows import (
    AUTH_FLOW_REMOVED,
    OAUTH_FLOWS_CHANGED,
    PASSWORD_FLOW_ADDED,
)
from constructs_auth.review.changes.forgotten import FORGOTTEN
from constructs_auth.review.changes.identity_pool import (
    IDENTITY_POOL_GOES,
    IDENTITY_POOL_OPENED,
    IDENTITY_POOL_PROVIDER_REMOVED,
)
from constructs_auth.review.changes.identity_providers import (
    PROVIDER_CHANGED,
    PROVIDER_GOES,
    PROVIDER_REMOVED_FROM_CLIENT,
)
from constructs_auth.review.changes.lambda_triggers import (
    CUSTOM_SENDER_CHANGED,
    TOKEN_TRIGGER_VERSION,
    TRIGGER_CHANGED,
)
from constructs_auth.review.changes.members_go import (
    BRANDING_GOES,
    CLIENT_GOES,
    GROUP_GOES,
    MEMBER_GOES,
    REPLICA_GOES,
    RESOURCE_SERVER_GOES,
    STYLE_DELETED,
    STYLE_MOVED,
    USER_GOES,
)
from constructs_auth.review.changes.mfa import MFA_FACTOR_REMOVED, MFA_LOWERED, MFA_RAISED
from constructs_auth.review.changes.password_policy import PASSWORDS_TIGHTENED, PASSWORDS_WEAKENED
from constructs_auth.review.changes.pool_goes import POOL_GOES
from constructs_auth.review.changes.revocation import REVOCATION_OFF, USER_EXISTENCE_SHOWN
from constructs_auth.review.changes.risk_configuration import (
    RISK_REACTIONS_DELETED,
    RISK_REACTIONS_LOWERED,
    RISK_REACTIONS_REPLACED,
)
from constructs_auth.review.changes.roles import (
    GROUP_ROLE_CHANGED,
    ROLE_MAPPING_CHANGED,
    ROLES_GO,
    TAGS_GO,
)
from constructs_auth.review.changes.rotation import ROTATION_OFF, ROTATION_ON
from constructs_auth.review.changes.schema import SCHEMA_CHANGED
from constructs_auth.review.changes.scopes import SCOPES_CHANGED, SERVER_SCOPES_REMOVED
from constructs_auth.review.changes.senders import SENDER_CHANGED
from constructs_auth.review.changes.sign_up import SIGN_UP_CLOSED, SIGN_UP_OPENED
from constructs_auth.review.changes.threat_protection import (
    THREAT_PROTECTION_ENFORCED,
    THREAT_PROTECTION_LOWERED,
)
from constructs_auth.review.changes.token_lifetimes import (
    TOKEN_UNITS_CHANGED,
    TOKENS_CUT,
    TOKENS_RAISED,
)
from constructs_auth.review.changes.urls import (
    CALLBACK_URL_REMOVED,
    LOGOUT_URL_REMOVED,
    URL_ADDED,
)
from constructs_auth.review.changes.verification import RECOVERY_CHANGED, VERIFICATION_CHANGED
from constructs_auth.review.rule import ChangeRule

CHANGE_RULES: tuple[ChangeRule, ...] = (
    # What goes
    POOL_GOES,
    CLIENT_GOES,
    DOMAIN_GOES,
    PROVIDER_GOES,
    RESOURCE_SERVER_GOES,
    GROUP_GOES,
    USER_GOES,
    MEMBER_GOES,
    RISK_REACTIONS_REPLACED,
    RISK_REACTIONS_DELETED,
    STYLE_DELETED,
    STYLE_MOVED,
    BRANDING_GOES,
    REPLICA_GOES,
    IDENTITY_POOL_GOES,
    ROLES_GO,
    TAGS_GO,
    WEB_ACL_REMOVED,
    WEB_ACL_REPLACED,
    LOGS_REMOVED,
    FORGOTTEN,
    # A pool that stays
    DELETION_PROTECTION_OFF,
    MFA_LOWERED,
    MFA_RAISED,
    MFA_FACTOR_REMOVED,
    THREAT_PROTECTION_LOWERED,
    THREAT_PROTECTION_ENFORCED,
    RISK_REACTIONS_LOWERED,
    PASSWORDS_WEAKENED,
    PASSWORDS_TIGHTENED,
    SIGN_UP_OPENED,
    SIGN_UP_CLOSED,
    TRIGGER_CHANGED,
    TOKEN_TRIGGER_VERSION,
    CUSTOM_SENDER_CHANGED,
    SENDER_CHANGED,
    VERIFICATION_CHANGED,
    RECOVERY_CHANGED,
    FIRST_FACTORS_CHANGED,
    RELYING_PARTY_CHANGED,
    SCHEMA_CHANGED,
    # A client that stays
    CALLBACK_URL_REMOVED,
    URL_ADDED,
    LOGOUT_URL_REMOVED,
    OAUTH_FLOWS_CHANGED,
    AUTH_FLOW_REMOVED,
    PASSWORD_FLOW_ADDED,
    PROVIDER_REMOVED_FROM_CLIENT,
    SCOPES_CHANGED,
    SERVER_SCOPES_REMOVED,
    TOKENS_CUT,
    TOKENS_RAISED,
    TOKEN_UNITS_CHANGED,
    REVOCATION_OFF,
    USER_EXISTENCE_SHOWN,
    ROTATION_ON,
    ROTATION_OFF,
    ATTRIBUTE_PERMISSIONS_CHANGED,
    PROVIDER_CHANGED,
    CERTIFICATE_CHANGED,
    LOGIN_VERSION_CHANGED,
    # Access to AWS
    IDENTITY_POOL_OPENED,
    IDENTITY_POOL_PROVIDER_REMOVED,
    ROLE_MAPPING_CHANGED,
    GROUP_ROLE_CHANGED,
    # Beside the plan
    PROVIDER_VERSION_CHANGED,
    PREVENT_DESTROY_REMOVED,
)
