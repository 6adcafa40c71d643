"""The place of a construct, which is remembered in Python, is the one that Node knows."""

from constructs import Construct

from constructs_auth import AuthApp, AuthStack, UserPool
from constructs_auth._construct import AuthConstruct
from constructs_auth._place import place_of, root_of


def test_a_place_is_that_of_the_tree(app: AuthApp, stack: AuthStack) -> None:
    around = Construct(stack, "company")
    inner = AuthConstruct(AuthConstruct(around, "a/b"), "c")
    pool = UserPool(around, "users")
    for construct in (app, stack, around, inner, pool, pool.resource):
        place = place_of(construct)
        assert place.path == construct.node.path
        assert place.construct_id == construct.node.id
        assert place.scope is construct.node.scope
        assert root_of(construct) is app
