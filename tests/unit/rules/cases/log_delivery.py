"""Which logs go where."""

from collections.abc import Mapping

from tests.unit.rules.cases import (
    FEDERATED,
    OWN,
    POOL,
    UNCLEAR,
    UNKNOWN,
    Case,
    Resources,
    alone,
    both,
    client_of_pool,
    in_pool,
    pool,
)

LOGS = "aws_cognito_log_delivery_configuration"
TO_LOGS = {"cloud_watch_logs_configuration": {"log_group_arn": UNKNOWN}}
TO_BUCKET = {"s3_configuration": {"bucket_arn": UNKNOWN}}
MESSAGES = {"event_source": "userNotification", "log_level": "ERROR", **TO_LOGS}
ERRORS = {"event_source": "userNotification", "log_level": "ERROR"}
ACTIVITY = {"event_source": "userAuthEvents", "log_level": "INFO", **TO_LOGS}


def logs(*configurations: Mapping[str, object]) -> Resources:
    """Make the log delivery of the pool `users`."""
    return logs_of(list(configurations))


def logs_of(configurations: object) -> Resources:
    """Make it of *configurations* as they are."""
    return {
        LOGS: {
            "logs": {
                "log_configurations": configurations,
                "user_pool_id": "${aws_cognito_user_pool.users.id}",
            }
        }
    }


OTHERS_ID = "${aws_cognito_user_pool.others.id}"


def pools(*names: str) -> Resources:
    """Make pools of no values."""
    return {POOL: {name: {} for name in names}}


def with_group(**values: object) -> Resources:
    """Make a delivery to a log group."""
    group = {"log_group_arn": "${aws_cloudwatch_log_group.users.arn}"}
    return {
        **logs({**MESSAGES, "cloud_watch_logs_configuration": group}),
        "aws_cloudwatch_log_group": {"users": values},
    }


CASES = (
    Case(
        rule="CVG03",
        bad=logs(
            {"event_source": "userNotification", "log_level": "INFO", **TO_LOGS},
            {"event_source": "userAuthEvents", "log_level": "ERROR", **TO_LOGS},
        ),
        says=(
            (
                "aws_cognito_log_delivery_configuration.logs: "
                "log_configurations[0].log_level: must be ERROR for userNotification, got "
                "INFO"
            ),
            (
                "aws_cognito_log_delivery_configuration.logs: "
                "log_configurations[1].log_level: must be INFO for userAuthEvents, got ERROR"
            ),
        ),
        good=logs(MESSAGES, ACTIVITY),
        unknown=logs({"event_source": UNKNOWN, "log_level": "INFO", **TO_LOGS}),
    ),
    Case(
        rule="CVG03",
        bad=logs({"event_source": "signIn", "log_level": "INFO", **TO_LOGS}),
        says=(
            "aws_cognito_log_delivery_configuration.logs: "
            "log_configurations[0].event_source: must be one of userAuthEvents, "
            "userNotification, got 'signIn'",
        ),
        good=logs(MESSAGES),
        unknown=logs({"event_source": "userAuthEvents", "log_level": UNKNOWN, **TO_LOGS}),
    ),
    Case(
        rule="CVG03B",
        bad=logs({**MESSAGES, **TO_BUCKET}, {**ERRORS, **TO_BUCKET}),
        says=(
            (
                "aws_cognito_log_delivery_configuration.logs: log_configurations[0]: must "
                "have one destination, got cloud_watch_logs_configuration and "
                "s3_configuration"
            ),
            (
                "aws_cognito_log_delivery_configuration.logs: "
                "log_configurations[1].s3_configuration: must be cloud_watch_logs_configuration "
                "for userNotification, got s3_configuration"
            ),
        ),
        good=logs({"event_source": "userAuthEvents", **TO_BUCKET}, MESSAGES),
        unknown=logs({"event_source": UNKNOWN, **TO_BUCKET}),
        mended=logs(MESSAGES, {"event_source": "userAuthEvents", "log_level": "INFO", **TO_BUCKET}),
    ),
    Case(
        rule="CVG03B",
        bad=logs({"event_source": "userAuthEvents"}),
        says=(
            "aws_cognito_log_delivery_configuration.logs: log_configurations[0]: must have "
            "one destination, got none",
        ),
        good=logs(ACTIVITY),
        unknown=logs({"event_source": "userAuthEvents", "s3_configuration": UNKNOWN}),
    ),
    Case(
        rule="CVG03D",
        bad=logs(MESSAGES, ACTIVITY, ACTIVITY),
        says=(
            "aws_cognito_log_delivery_configuration.logs: log_configurations: must be at "
            "most 2, got 3",
        ),
        good=logs(MESSAGES, ACTIVITY),
        unknown=logs_of(UNKNOWN),
    ),
    Case(
        rule="CVG03F",
        bad=logs(MESSAGES, MESSAGES),
        says=(
            "aws_cognito_log_delivery_configuration.logs: log_configurations[1].event_source: "
            "must not repeat, got userNotification",
        ),
        good=logs(MESSAGES),
        unknown=logs(MESSAGES, {**ACTIVITY, "event_source": UNKNOWN}),
    ),
    Case(
        rule="CVG04",
        bad=with_group(kms_key_id=UNKNOWN),
        says=(
            "aws_cognito_log_delivery_configuration.logs: log_configurations: must name a "
            "log group without a KMS key, got aws_cloudwatch_log_group.users",
        ),
        good=with_group(),
        unknown=logs_of(UNKNOWN),
    ),
    Case(
        rule="CG602",
        bad=pool(),
        says=(
            "aws_cognito_user_pool.users: : must have a log delivery of userNotification, got none",
        ),
        good={**pool(), **logs(MESSAGES)},
        unknown={**pool(), **logs({"event_source": UNKNOWN})},
    ),
    Case(
        rule="CG602",
        bad={**pool(), **logs(ACTIVITY)},
        says=(
            "aws_cognito_user_pool.users: : must have a log delivery of userNotification, got none",
        ),
        good={**pool(), **logs(ACTIVITY, MESSAGES)},
        unknown={**pool(), LOGS: {"logs": {"user_pool_id": UNCLEAR}}},
    ),
    Case(
        rule="CG602B",
        bad={**pool(), **logs(MESSAGES)},
        says=(
            "aws_cognito_user_pool.users: : must have a log delivery of userAuthEvents, got none",
        ),
        good={**pool(), **logs(ACTIVITY)},
        unknown={**pool(), **logs_of(UNKNOWN)},
        mended={**pool(), **logs(MESSAGES, ACTIVITY)},
    ),
    Case(
        rule="CVG03E",
        bad=in_pool(
            LOGS, {}, a={"log_configurations": [MESSAGES]}, b={"log_configurations": [ACTIVITY]}
        ),
        says=(
            f"{LOGS}.b: user_pool_id: must have one log delivery, got a second one after {LOGS}.a",
        ),
        good=both(
            logs(MESSAGES),
            pools("users", "others"),
            {LOGS: {"others": {"user_pool_id": OTHERS_ID}}},
        ),
        unknown=in_pool(LOGS, {}, a={}, b={"user_pool_id": UNCLEAR}),
        mended=in_pool(LOGS, {}, a={"log_configurations": [MESSAGES, ACTIVITY]}),
    ),
    Case(
        rule="CVG03E",
        bad=in_pool(LOGS, {}, a={"user_pool_id": UNCLEAR}, b={}, c={}),
        says=(
            f"{LOGS}.c: user_pool_id: must have one log delivery, got a second one after {LOGS}.b",
        ),
        good=alone(LOGS, user_pool_id=UNCLEAR),
        unknown=both(
            in_pool(LOGS, {"for_each": UNKNOWN}),
            {
                LOGS: {
                    key: {"user_pool_id": f'${{aws_cognito_user_pool.users["{key}"].id}}'}
                    for key in ("a", "b")
                }
            },
        ),
    ),
    Case(
        rule="CG602",
        bad=client_of_pool({}, **OWN),
        says=(
            "aws_cognito_user_pool.users: : must have a log delivery of userNotification, got none",
        ),
        good=client_of_pool({}, **FEDERATED),
        unknown=None,
    ),
    Case(
        rule="CG602B",
        bad=pool(user_pool_tier="PLUS"),
        says=(
            "aws_cognito_user_pool.users: : must have a log delivery of userAuthEvents, got none",
        ),
        good=pool(user_pool_tier="ESSENTIALS"),
        unknown=None,
    ),
)
