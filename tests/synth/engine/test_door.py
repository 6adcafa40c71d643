"""The door to the AWS bindings: each name is there, and is loaded when it is first used."""

from importlib import import_module
from pathlib import Path

import pytest

from constructs_auth import engine
from constructs_auth._lazy_names import homes_in_stub
from constructs_auth.engine._framework import CDKTF

HOMES = {
    name: home
    for name, home in homes_in_stub(Path(engine.__file__).with_suffix(".pyi")).items()
    if home[0].startswith(f"{CDKTF.bindings}.")
}


def test_all_names_what_the_stub_names() -> None:
    assert len(HOMES) > 100
    assert HOMES.keys() < set(vars(engine)["__getattr__"]("__all__"))


def test_each_name_is_the_class_of_the_bindings() -> None:
    in_use = vars(engine)["module_in_framework"]
    for name, (module, _) in HOMES.items():
        assert getattr(engine, name) is getattr(import_module(in_use(module)), name)


def test_a_name_that_is_not_there_is_named() -> None:
    with pytest.raises(AttributeError, match=r"engine' has no attribute 'CognitoUserPol'"):
        _ = engine.CognitoUserPol  # type: ignore[attr-defined]
