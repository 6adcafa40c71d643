"""The files of a long program: each type has one, and none of them hides another module."""

import pytest

import constructs_auth
from constructs_auth.adopt.subjects import RESERVED, SUBJECTS, VARIABLES, Subject, subject_of
from constructs_auth.facts import resource_types

ALL = sorted({*SUBJECTS.values(), VARIABLES}, key=lambda subject: subject.module)


@pytest.mark.parametrize("subject", ALL, ids=lambda subject: subject.module)
def test_no_file_hides_a_module_and_no_class_hides_a_construct(subject: Subject) -> None:
    assert subject.module not in {*RESERVED, "main", "constructs", "constructs_auth"}
    assert subject.result not in dir(constructs_auth)


def test_each_subject_has_a_file_of_its_own() -> None:
    assert len({one.module for one in ALL}) == len({one.title for one in ALL}) == len(ALL)


def test_each_type_of_cognito_has_a_subject() -> None:
    known = {
        one
        for one in vars(resource_types).values()
        if isinstance(one, str)
        and one.startswith(resource_types.COGNITO_PREFIX)
        and one != resource_types.COGNITO_PREFIX
    }
    assert known <= set(SUBJECTS)


@pytest.mark.parametrize(
    ("kind", "module", "title", "result"),
    [
        ("aws_cognito_user_pool", "user_pools", "user pools", "UserPools"),
        (
            "aws_cognito_user_pool_replica",
            "user_pool_replicas",
            "user pool replicas",
            "UserPoolReplicas",
        ),
        ("aws_cognito_terms", "terms", "terms", "Terms"),
        ("aws_cognito_policy", "policies", "policies", "Policies"),
        ("aws_cognito_token", "tokens", "tokens", "Tokens"),
        ("aws_cognito_type", "cognito_types", "types", "CognitoTypes"),
        ("aws_cognito_class", "cognito_class", "class", "CognitoClass"),
        ("aws_kms_key", "kms_keys", "kms keys", "KmsKeys"),
        ("aws_iam_role", "iam_roles", "iam roles", "IamRoles"),
    ],
)
def test_another_type_is_a_subject_of_its_own(
    kind: str, module: str, title: str, result: str
) -> None:
    subject = subject_of(kind)
    assert (subject.module, subject.title) == (module, title)
    assert subject.result == result
