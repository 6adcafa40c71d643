"""Plans of which there is nothing to say."""

from dataclasses import replace

from tests.plans import things
from tests.plans.case import PlanCase

_NEVER_READ = {
    "email_verification_message": None,
    "email_verification_subject": None,
    "sms_verification_message": None,
}
_EVERYTHING = (
    things.pool(),
    things.client(),
    things.managed_client(),
    things.domain(),
    things.identity_provider(),
    things.resource_server(),
    things.group(),
    things.user(),
    things.user_in_group(),
    things.risk_configuration(),
    things.ui_customization(),
    things.identity_pool(),
    things.roles_attachment(),
    things.principal_tag(),
    things.web_acl_association(),
)

CASES = (
    PlanCase(name="no_change", before=_EVERYTHING, after=_EVERYTHING),
    PlanCase(name="only_new", before=(), after=_EVERYTHING),
    PlanCase.of(
        "marks_only",
        replace(things.client(user_pool_id=things.POOL_ID), marked=()),
        things.client(user_pool_id=things.POOL_ID),
    ),
    PlanCase.of("tags_added", things.pool(), things.pool(tags={"team": "identity"})),
    PlanCase.of(
        "pool_never_refreshed",
        things.pool().knows(**_NEVER_READ),
        things.pool(tags={"team": "identity"}).knows(**_NEVER_READ),
    ),
)
