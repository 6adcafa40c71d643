"""Python goes on while Node creates the resource of a construct, and notices no difference."""

import copy
import os
from typing import Any

import attr
import jsii
import pytest
from cdktf import Aspects, IAspect, ITerraformResource, ResourceTerraformIterator, TerraformIterator
from jsii._kernel.types import CreateResponse
from jsii.errors import JSIIError

from constructs_auth import (
    STRICT,
    AdminBackend,
    AuthStack,
    InvalidValueError,
    Judge,
    Mfa,
    SmsMfa,
    UserPool,
    UserPoolClient,
)
from constructs_auth.engine import (
    App,
    CognitoUserPool,
    Construct,
    TerraformOutput,
    TerraformStack,
    Token,
    without_waiting,
)
from constructs_auth.engine._ahead import can_go_ahead

CLASS_OF_POOLS: str = CognitoUserPool.__jsii_type__  # type: ignore[attr-defined] # of jsii


def is_answered(created: Any) -> bool:
    """Return whether Node's answer to the creation of an object was read, without reading it."""
    reference = created.__jsii_ref__
    return type(reference) is CreateResponse and "@" in reference.ref


@jsii.implements(ITerraformResource)
class Element:
    """What an iterator is made of: Node reads its properties, which are Python's.

    Attributes:
        is_asked: Whether Node has read them.
    """

    is_asked = False

    @property
    def count(self) -> None:
        """No count."""
        self.is_asked = True

    @property
    def for_each(self) -> TerraformIterator:
        """What it repeats; Python sends another message before it answers."""
        return TerraformIterator.from_list(["first", "second"])


@pytest.fixture
def scope() -> Construct:
    """A new construct in a stack."""
    return Construct(TerraformStack(App(), "stack"), "scope")


def test_the_answer_is_read_with_the_next_message(scope: Construct) -> None:
    with without_waiting(scope):
        pool = CognitoUserPool(scope, "Default", name="users")
    assert not is_answered(pool)
    assert pool.friendly_unique_id.startswith("scope")
    assert is_answered(pool)


def test_node_and_python_mean_the_same_object_afterwards(scope: Construct) -> None:
    with without_waiting(scope):
        pool = CognitoUserPool(scope, "Default", name="users")
    assert scope.node.children == [pool]
    assert pool.to_terraform()["resource"]["aws_cognito_user_pool"]


def test_only_the_first_resource_in_the_scope_is_not_waited_for(scope: Construct) -> None:
    other = Construct(scope, "other")
    with without_waiting(scope):
        elsewhere = CognitoUserPool(other, "Default", name="users")
        assert is_answered(elsewhere)
        first = CognitoUserPool(scope, "first", name="users")
        assert not is_answered(first)
        second = CognitoUserPool(scope, "second", name="users")
    assert is_answered(first)
    assert is_answered(second)
    assert is_answered(CognitoUserPool(scope, "third", name="users"))


def test_nothing_is_left_open_where_no_resource_follows(scope: Construct) -> None:
    with pytest.raises(TypeError), without_waiting(scope):
        CognitoUserPool(scope, "Default", name=7)  # type: ignore[arg-type]
    assert is_answered(CognitoUserPool(scope, "Default", name="users"))


def test_node_may_call_python_while_it_creates_an_object() -> None:
    element: Any = Element()  # the parts of an ITerraformResource that Node reads
    with without_waiting(element):
        iterator = ResourceTerraformIterator(element)
    assert not element.is_asked
    assert Token.is_unresolved(iterator.key)
    assert element.is_asked
    assert is_answered(iterator)


def test_an_error_of_node_names_the_class_and_leaves_the_rest_whole(scope: Construct) -> None:
    CognitoUserPool(scope, "taken", name="users")
    with without_waiting(scope):
        CognitoUserPool(scope, "taken", name="users")
    with pytest.raises(RuntimeError, match=r"There is already a Construct") as caught:
        _ = scope.node.path
    assert caught.value.__notes__ == [f"in the creation of a {CLASS_OF_POOLS}"]
    assert scope.node.path == "stack/scope"
    assert len(scope.node.children) == 1


def test_an_error_of_jsii_is_one_of_jsii(scope: Construct) -> None:
    class Missing:
        __jsii_type__ = f"{CLASS_OF_POOLS}s"

    with without_waiting(scope):
        jsii.create(Missing, Missing(), [scope, "Default"])
    with pytest.raises(JSIIError, match=r"not found") as caught:
        _ = scope.node.path
    assert caught.value.__notes__ == [f"in the creation of a {Missing.__jsii_type__}"]
    assert scope.node.children == []


def test_a_pool_and_its_client_are_not_waited_for(stack: AuthStack) -> None:
    pool = UserPool(stack, "users")
    assert not is_answered(pool.resource)
    client = UserPoolClient(stack, "web", user_pool=pool, application=AdminBackend())
    assert is_answered(pool.resource)
    assert not is_answered(client.resource)


def test_jsii_in_another_form_waits_as_usual() -> None:
    assert not can_go_ahead(b"def send(self, request, response_type): ...")


@pytest.mark.parametrize("mfa", [Mfa.off(), Mfa.required(SmsMfa())], ids=["alone", "with a role"])
def test_a_taken_id_is_an_error_of_the_construct_that_wants_it(stack: AuthStack, mfa: Mfa) -> None:
    TerraformOutput(stack, "users", value="taken")
    with pytest.raises(InvalidValueError) as caught:
        UserPool(stack, "users", mfa=mfa)
    assert caught.value.subject == "UserPool.construct_id"
    pool = UserPool(stack, "others", mfa=mfa)
    assert {each for each in stack.node.children if isinstance(each, UserPool)} == {pool}


def test_an_error_between_a_construct_and_its_resource_is_the_second_one(stack: AuthStack) -> None:
    class Unfit:
        """A token object for Python's checks, and nothing for jsii."""

        creation_stack: Any = ()

        def resolve(self, _context: object) -> bool:
            return True

    TerraformOutput(stack, "users", value="taken")
    unfit: Any = Unfit()
    with pytest.raises(InvalidValueError, match=r"UserPool\.construct_id: must be unique"):
        UserPool(stack, "users", allow_admin_create_user_only=unfit)
    assert stack.node.path == "auth"


def test_a_construct_that_node_rejected_is_not_judged() -> None:
    stack = TerraformStack(App(), "stack")
    TerraformOutput(stack, "users", value="taken")
    with pytest.raises(InvalidValueError):
        UserPool(stack, "users")
    Judge.of(stack).profile = STRICT  # it must be set before the first construct


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, attr.evolve])
def test_a_copy_of_the_reference_is_complete(scope: Construct, copied: Any) -> None:
    with without_waiting(scope):
        pool: Any = CognitoUserPool(scope, "Default", name="users")
    first = copied(pool.__jsii_ref__)
    assert first.ref == pool.__jsii_ref__.ref
    assert ".CognitoUserPool@" in first.ref


def test_a_pool_can_be_copied_at_once(stack: AuthStack) -> None:
    pool = copy.deepcopy(UserPool(stack, "users"))
    assert pool.resource.friendly_unique_id == "users"


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # there are threads
@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_one_process_reads_the_answer_where_another_is_made_of_it(scope: Construct) -> None:
    with without_waiting(scope):
        pool = CognitoUserPool(scope, "Default", name="users")
    child = os.fork()
    if child == 0:
        os._exit(0 if is_answered(pool) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert scope.node.children == [pool]


def test_an_error_in_a_call_of_node_is_an_error_of_the_call() -> None:
    @jsii.implements(IAspect)
    class Creates:
        """Creates an object that Node rejects, as the last thing in its method."""

        def visit(self, node: Any) -> None:
            if isinstance(node, TerraformStack):
                with without_waiting(node):
                    CognitoUserPool(node, "taken", name="users")

    app = App()
    stack = TerraformStack(app, "stack")
    CognitoUserPool(stack, "taken", name="users")
    Aspects.of(stack).add(Creates())
    with pytest.raises(RuntimeError, match="There is already a Construct with name 'taken'"):
        app.synth()
    assert stack.node.path == "stack"


def test_an_error_is_not_taken_for_an_answer_to_another_question(scope: Construct) -> None:
    CognitoUserPool(scope, "taken", name="users")
    other = Construct(scope, "other")
    with without_waiting(scope):
        CognitoUserPool(scope, "taken", name="users")
    with pytest.raises(RuntimeError, match="There is already a Construct with name 'taken'"):
        UserPool(other, "users")
    assert isinstance(UserPool(other, "users"), UserPool)


def test_a_key_that_jsii_cannot_pass_on_is_an_error_of_its_line(stack: AuthStack) -> None:
    with pytest.raises(InvalidValueError, match="__proto__"):
        UserPool(stack, "users", tags={"__proto__": "x"})
