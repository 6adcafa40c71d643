"""The directory of IAM Identity Center, its people, and their addresses."""

from typing import Any

import pytest

from constructs_auth import (
    AuthApp,
    AuthStack,
    ExistingIdentityStore,
    IdentityCenterApplicationAssignment,
    IdentityStore,
    IdentityStoreGroup,
    IdentityStoreMembership,
    IdentityStoreUser,
    IdentityStoreUsers,
    InvalidValueError,
    S3Backend,
    SynthesisError,
    WorkforceUser,
)
from constructs_auth.engine import Construct, IdentitystoreUser, TerraformStack
from tests.synth import workforce
from tests.synth.conftest import Synthesize

STORE = ExistingIdentityStore(identity_store_id="d-0123456789")


def person(user_name: str, **settings: Any) -> WorkforceUser:
    """A person with a user name."""
    return WorkforceUser(
        **{"user_name": user_name, "given_name": "Ann", "family_name": "Archer", **settings}
    )


def people(stack: AuthStack, *users: WorkforceUser) -> IdentityStoreUsers:
    """A list of people in the stack."""
    return IdentityStoreUsers(stack, "people", identity_store=STORE, users=users)


def of_kind(document: dict[str, Any], kind: str) -> Any:
    """What there is of one resource type, by name, without CDKTF's metadata."""
    found = document["resource"][kind]
    for resource in found.values():
        del resource["//"]
    return found


def test_the_status_of_a_person_is_read_where_the_bindings_have_it(
    stack: AuthStack, synthesize: Synthesize
) -> None:
    """Bindings of AWS provider 6.69 have it, those of 6.25 do not."""
    ann = IdentityStoreUser(stack, "ann", identity_store=STORE, user=person("ann"))
    if not hasattr(IdentitystoreUser, "user_status"):
        with pytest.raises(InvalidValueError) as error:
            _ = ann.user_status
        assert str(error.value).startswith(
            "IdentityStoreUser.user_status: needs AWS bindings in which IdentitystoreUser has "
            "user_status, got 'cdktf-cdktf-provider-aws "
        )
        assert str(error.value).endswith(
            "; install newer ones: pip install 'constructs-auth[cdktn]'"
        )
        return
    stack.add_output("status", ann.user_status, description="Whether Ann may sign in.")
    document = synthesize(stack)
    assert document["output"]["status"]["value"] == "${aws_identitystore_user.ann.user_status}"
    assert document["terraform"]["required_providers"]["aws"]["version"] == ">= 6.69.0, < 7.0.0"


class TestDirectory:
    """How the directory is found."""

    def test_it_is_the_one_instance_that_the_account_sees(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Never the first of several; and where there is none, the plan says what to do."""
        directory = IdentityStore(stack, "directory")
        stack.add_output("arn", directory.instance_arn, description="The instance.")
        IdentityStoreGroup(stack, "engineers", identity_store=directory)

        document = synthesize(stack)
        (found,) = document["data"]["aws_ssoadmin_instances"].values()
        del found["//"]
        assert found == {
            "lifecycle": {
                "postcondition": [
                    {
                        "condition": "${length(self.identity_store_ids) == 1}",
                        "error_message": "IAM Identity Center: must have one instance that this "
                        "account sees in this region; give IdentityStore the region that it is "
                        "in, or name the instance with ExistingIdentityStore",
                    }
                ]
            }
        }
        assert of_kind(document, "aws_identitystore_group") == {
            "engineers": {
                "display_name": "engineers",
                "identity_store_id": (
                    "${one(data.aws_ssoadmin_instances.directory.identity_store_ids)}"
                ),
            }
        }
        assert document["output"]["arn"]["value"] == (
            "${one(data.aws_ssoadmin_instances.directory.arns)}"
        )

    def test_everything_in_it_is_where_identity_center_is(
        self, app: AuthApp, synthesize: Synthesize
    ) -> None:
        """By the provider of that region."""
        document = synthesize(workforce.define(app))

        resources = [
            *document["data"]["aws_ssoadmin_instances"].values(),
            *(each for kind in document["resource"].values() for each in kind.values()),
        ]
        assert {resource.get("provider") for resource in resources} == {"aws.us_east_1"}

    def test_the_region_of_the_stack_needs_no_other_provider(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """The stack's own is the one."""
        IdentityStore(stack, "directory", region="eu-west-1")

        assert synthesize(stack)["provider"]["aws"] == [{"region": "eu-west-1"}]

    def test_another_region_needs_an_auth_stack(self, app: AuthApp) -> None:
        """Elsewhere the user's own provider does it."""
        with pytest.raises(InvalidValueError) as caught:
            IdentityStore(TerraformStack(app, "plain"), "directory", region="us-east-1")

        assert str(caught.value) == (
            "plain/directory: must be in an AuthStack, got 'TerraformStack'; leave out the "
            "region, and set it in the provider of your stack"
        )


class TestUsers:
    """People from a list."""

    def test_a_person_is_written_with_all_that_is_known(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """The name that others see is made of first and last name."""
        people(stack, person("ann@acme.example", email="ann@acme.example"))

        assert of_kind(synthesize(stack), "aws_identitystore_user") == {
            "people_ann_acme_example": {
                "display_name": "Ann Archer",
                "emails": {"primary": True, "type": "work", "value": "ann@acme.example"},
                "identity_store_id": "d-0123456789",
                "name": {"family_name": "Archer", "given_name": "Ann"},
                "user_name": "ann@acme.example",
            }
        }

    @pytest.mark.parametrize("order", [("ann", "bob", "cid"), ("cid", "bob", "ann")])
    def test_adding_in_the_middle_changes_no_address(
        self, order: tuple[str, ...], stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Addresses come from the names, never from the order."""
        group = IdentityStoreGroup(stack, "engineers", identity_store=STORE)
        people(stack, *(person(name, groups=[group]) for name in order))

        document = synthesize(stack)
        users = of_kind(document, "aws_identitystore_user")
        assert {name: user["user_name"] for name, user in users.items()} == {
            "people_ann": "ann",
            "people_bob": "bob",
            "people_cid": "cid",
        }
        assert of_kind(document, "aws_identitystore_group_membership") == {
            f"people_{name}_engineers": {
                "group_id": "${aws_identitystore_group.engineers.group_id}",
                "identity_store_id": "d-0123456789",
                "member_id": f"${{aws_identitystore_user.people_{name}.user_id}}",
            }
            for name in ("ann", "bob", "cid")
        }

    def test_what_was_made_is_found_by_the_user_name(self, stack: AuthStack) -> None:
        """For an assignment, or a membership of another stack."""
        made = people(stack, person("ann@acme.example"))

        assert made.users["ann@acme.example"].user.given_name == "Ann"

    def test_a_list_deeper_in_the_tree_has_addresses_with_a_hash(
        self, stack: AuthStack, synthesize: Synthesize
    ) -> None:
        """Pinned: other addresses would be other users."""
        IdentityStoreUsers(
            Construct(stack, "team"), "people", identity_store=STORE, users=[person("ann")]
        )

        assert list(of_kind(synthesize(stack), "aws_identitystore_user")) == [
            "team_people_users_ann_D3C262A3"
        ]

    @pytest.mark.parametrize(
        ("users", "message"),
        [
            (
                [person("ann.archer"), person("bob"), person("ann_archer")],
                "IdentityStoreUsers.users: must give each person a unique Terraform name, "
                "ann_archer would be the name of two, got ['ann.archer', 'ann_archer']; "
                "set another terraform_name for one of the two",
            ),
            (
                [person("ann"), person("ann", terraform_name="anna")],
                "IdentityStoreUsers.users: must not repeat a user name, got 'ann'; "
                "name each person once",
            ),
            (
                ["ann"],
                "IdentityStoreUsers.users[0]: must be of type WorkforceUser, got 'ann'; "
                "write WorkforceUser(…)",
            ),
        ],
    )
    def test_a_list_that_terraform_would_mix_up_is_refused(
        self, users: Any, message: str, stack: AuthStack
    ) -> None:
        """Nothing of it is made."""
        with pytest.raises(InvalidValueError) as caught:
            IdentityStoreUsers(stack, "people", identity_store=STORE, users=users)

        assert str(caught.value) == message
        assert stack.node.try_find_child("people") is None

    def test_one_user_name_in_two_places_is_found(self, app: AuthApp, stack: AuthStack) -> None:
        """AWS would refuse the second one at apply."""
        people(stack, person("ann"))
        IdentityStoreUser(stack, "ann", identity_store=STORE, user=person("ann"))

        with pytest.raises(SynthesisError) as caught:
            app.synth()
        (problem,) = caught.value.problems
        assert problem.path == "auth/ann"
        assert problem.text == (
            "user_name: must be unique in the directory, got 'ann', the name of "
            "auth/people/users/ann; choose another name or remove one"
        )


class TestGroups:
    """Groups and memberships."""

    def test_one_name_for_two_groups_is_found(self, app: AuthApp, stack: AuthStack) -> None:
        """AWS would refuse the second one at apply."""
        for name in ("one", "two"):
            IdentityStoreGroup(stack, name, identity_store=STORE, display_name="Engineers")

        with pytest.raises(SynthesisError) as caught:
            app.synth()
        (problem,) = caught.value.problems
        assert problem.path == "auth/two"
        assert problem.text == (
            "display_name: must be unique in the directory, got 'Engineers', the name "
            "of auth/one; choose another name or remove one"
        )

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            (
                {"display_name": "AWSAdministrators"},
                "IdentityStoreGroup.display_name: must not be a name that Identity Center "
                "reserves, got 'AWSAdministrators'; choose another name",
            ),
            (
                {"description": ""},
                "IdentityStoreGroup.description: must be 1 to 1024 characters, not 0, got ''; "
                "describe in a few words who it is for, or leave it out",
            ),
            (
                {"identity_store": "d-0123456789"},
                "IdentityStoreGroup.identity_store: must be of type IdentityStore or "
                "ExistingIdentityStore, got 'd-0123456789'; write IdentityStore(…) or "
                "ExistingIdentityStore(…)",
            ),
        ],
    )
    def test_a_wrong_value_is_refused(
        self, settings: dict[str, Any], message: str, stack: AuthStack
    ) -> None:
        """At its line."""
        with pytest.raises(InvalidValueError) as caught:
            IdentityStoreGroup(stack, "engineers", **{"identity_store": STORE, **settings})

        assert str(caught.value) == message

    def test_a_group_of_another_directory_is_refused(self, stack: AuthStack) -> None:
        """A membership is in one directory."""
        other = ExistingIdentityStore(identity_store_id="d-9876543210")
        group = IdentityStoreGroup(stack, "engineers", identity_store=other)
        with pytest.raises(InvalidValueError) as caught:
            people(stack, person("ann", groups=[group]))

        assert str(caught.value) == (
            "WorkforceUser.groups of ann[0]: must be a group of the user's directory, "
            "got 'auth/engineers'; use a group of that directory"
        )

    def test_what_is_no_group_is_refused(self, stack: AuthStack) -> None:
        """Constructs are passed, not names."""
        user: Any = person("ann", groups=["engineers"])
        with pytest.raises(InvalidValueError) as caught:
            IdentityStoreUser(stack, "ann", identity_store=STORE, user=user)

        assert str(caught.value) == (
            "WorkforceUser.groups[0]: must be of type IdentityStoreGroup, got 'engineers'; "
            "write IdentityStoreGroup(…)"
        )

    def test_two_groups_of_one_id_are_refused(self, stack: AuthStack) -> None:
        """One of them is joined by a membership of its own."""
        first = IdentityStoreGroup(stack, "g", identity_store=STORE, display_name="a")
        second = IdentityStoreGroup(
            Construct(stack, "team"), "g", identity_store=STORE, display_name="b"
        )
        with pytest.raises(InvalidValueError) as caught:
            people(stack, person("ann", groups=[first, second]))

        assert str(caught.value) == (
            "WorkforceUser.groups of ann: must have unique ids, which name the memberships, "
            "got ['auth/g', 'auth/team/g']; use IdentityStoreMembership(…) for one of them"
        )
        ann = people(stack, person("ann", groups=[first])).users["ann"]
        IdentityStoreMembership(stack, "ann_second", user=ann, group=second)


class TestAssignment:
    """Who may use an application."""

    def test_a_group_or_a_user_is_assigned(self, app: AuthApp, synthesize: Synthesize) -> None:
        """By the ids that the apply gives."""
        document = synthesize(workforce.define(app))

        assert of_kind(document, "aws_ssoadmin_application_assignment") == {
            "bob_use_it": {
                "application_arn": workforce.APPLICATION,
                "principal_id": "${aws_identitystore_user.bob.user_id}",
                "principal_type": "USER",
                "provider": "aws.us_east_1",
            },
            "engineers_use_it": {
                "application_arn": workforce.APPLICATION,
                "principal_id": "${aws_identitystore_group.engineers.group_id}",
                "principal_type": "GROUP",
                "provider": "aws.us_east_1",
            },
        }

    def test_refuses_what_is_no_application(self, stack: AuthStack) -> None:
        """The ARN of the instance looks alike."""
        group = IdentityStoreGroup(stack, "engineers", identity_store=STORE)
        with pytest.raises(InvalidValueError) as caught:
            IdentityCenterApplicationAssignment(
                stack,
                "use",
                application_arn="arn:aws:sso:::instance/ssoins-0123456789abcdef",
                principal=group,
            )

        assert str(caught.value) == (
            "IdentityCenterApplicationAssignment.application_arn: must be 10 to 1224 characters, "
            "arn:aws:sso::<account>:application/ssoins-<id>/apl-<id>, got "
            "'arn:aws:sso:::instance/ssoins-0123456789abcdef'; copy it from the application's "
            "page in Identity Center"
        )


def test_another_region_of_the_stack_is_known_now(app: AuthApp) -> None:
    """For it makes a provider."""
    stack = AuthStack(app, "auth", region="eu-west-1", backend=S3Backend())
    with pytest.raises(InvalidValueError) as caught:
        stack.provider_in("${var.region}")

    assert str(caught.value) == (
        "AuthStack.provider_in: must not be a token, because it selects a provider, got "
        "'${var.region}'; write one such as 'eu-west-1'"
    )
