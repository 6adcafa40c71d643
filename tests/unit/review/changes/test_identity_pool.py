"""Who gets credentials of AWS, where no recorded plan shows it."""

from tests.unit.review.plans import change, plan, reviewed

FILES = "aws_cognito_identity_pool"


def test_a_provider_that_is_not_known_is_named_once_and_hides_nothing_else() -> None:
    def pool(**provider: object) -> dict[str, object]:
        return {
            "identity_pool_name": "files",
            "cognito_identity_providers": [{"client_id": "a", **provider}],
        }

    files = change(
        FILES,
        "files",
        {**pool(provider_name="b"), "saml_provider_arns": ["arn:one"]},
        {**pool(), "saml_provider_arns": [], "allow_unauthenticated_identities": True},
        after_unknown={"cognito_identity_providers": [{"provider_name": True}]},
    )
    result = reviewed(plan(files))
    assert [(one.rule.id, one.at) for one in result.findings] == [
        ("CH40", "allow_unauthenticated_identities"),
        ("CH41", "saml_provider_arns"),
    ]
    assert [(one.rule.id, one.at) for one in result.undecided] == [
        ("CH41", "cognito_identity_providers[0].provider_name"),
    ]


def test_a_rule_of_a_role_mapping_that_is_not_known_is_named() -> None:
    def roles(**mapping: object) -> dict[str, object]:
        return {"role_mapping": [{"identity_provider": "a", "type": "Token", **mapping}]}

    attachment = change(
        "aws_cognito_identity_pool_roles_attachment",
        "files",
        roles(ambiguous_role_resolution="Deny"),
        roles(type="Rules"),
        after_unknown={"role_mapping": [{"ambiguous_role_resolution": True}]},
    )
    result = reviewed(plan(attachment))
    assert [(one.rule.id, one.at) for one in result.findings] == [("CH42", 'role_mapping["a"]')]
    assert [(one.rule.id, one.at, one.why) for one in result.undecided] == [
        ("CH42", 'role_mapping["a"].ambiguous_role_resolution', "known after apply"),
    ]
