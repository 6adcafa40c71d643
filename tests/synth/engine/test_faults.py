"""Whatever is wrong with the cache or the bindings, a program ends in the same Terraform."""

import signal
from dataclasses import replace

import pytest

from constructs_auth.engine._framework import CDKTF, framework_in_use
from tests.synth.engine.programs import Home, Program, Run
from tests.synth.engine.small_bindings import SmallBindings, pack, unpack


@pytest.mark.thorough
def test_a_damaged_assembly_is_made_again(warm_home: Home, as_shipped: Run) -> None:
    """Cut short by half."""
    whole = warm_home.assembly().read_bytes()
    warm_home.assembly().write_bytes(whole[: len(whole) // 2])
    run = warm_home.start().finish()
    assert run.terraform == as_shipped.terraform
    assert not run.shipped_assembly
    assert warm_home.assembly().read_bytes() == whole


@pytest.mark.thorough
def test_a_home_that_cannot_be_written_is_left_alone(home: Home, as_shipped: Run) -> None:
    """Neither our cache nor jsii's can be made in it, for here the home is a file."""
    file = home.folder / "home"
    file.touch()
    run, printed = Program(home.folder / "run", home.bindings, HOME=str(file)).finish_slow()
    assert printed.startswith("constructs-auth: this start takes up to ")
    assert printed.endswith("or set CONSTRUCTS_AUTH_FAST_START=0 to accept it\n")
    assert run.terraform == as_shipped.terraform
    assert run.shipped_assembly


@pytest.mark.thorough  # test_cache.py has it without Node
def test_a_disk_that_is_full_changes_nothing(home: Home, as_shipped: Run) -> None:
    """It fills up while the assembly is made, and nothing of it is left behind."""
    run, printed = home.start(DISK_IS_FULL="1").finish_slow()
    assert "No space left on device" in printed
    assert run.terraform == as_shipped.terraform
    assert run.shipped_assembly
    assert [name for name in home.names() if not name.startswith("seen-")] == ["lock"]


@pytest.mark.thorough
def test_two_programs_may_make_it_at_once(home: Home, as_shipped: Run) -> None:
    """Both start with an empty cache; one assembly is there in the end."""
    for program in [home.start("one"), home.start("two")]:
        run = program.finish()
        assert run.terraform == as_shipped.terraform
        assert not run.shipped_assembly
    assert home.assembly().is_file()


@pytest.mark.thorough  # test_cache.py has it without Node
def test_a_program_killed_while_making_it_does_not_disturb_the_next(
    home: Home, as_shipped: Run
) -> None:
    """The lock ends with its process, and what was half written is not used."""
    assert home.start("killed", KILLED_WHILE_MAKING="1").wait() == -signal.SIGKILL
    assert [name for name in home.names() if name.startswith("making-")]
    run = home.start().finish()
    assert run.terraform == as_shipped.terraform
    assert not run.shipped_assembly


@pytest.mark.thorough  # test_cache.py has it without Node
def test_an_assembly_of_a_layout_to_come_is_used_as_shipped(
    home: Home, own_bindings: SmallBindings, as_shipped: Run
) -> None:
    """Its index says something that we cannot read, though Node can."""
    files = unpack(own_bindings.tarball)
    for usual in (b" = require", b" = __importStar"):
        files["lib/index.js"] = files["lib/index.js"].replace(usual, usual.replace(b"=", b"= "))
    pack(own_bindings.tarball, files)
    run, printed = replace(home, bindings=own_bindings).start().finish_slow()
    assert "update constructs-auth" in printed
    assert run.terraform == as_shipped.terraform
    assert run.shipped_assembly


@pytest.mark.thorough
def test_a_root_of_a_layout_to_come_is_used_as_shipped(
    home: Home, own_bindings: SmallBindings, as_shipped: Run
) -> None:
    """It defines a name of its own, so it is imported as it is; the assembly is as we know it."""
    root = own_bindings.root / "__init__.py"
    root.write_text(f"{root.read_text(encoding='utf-8')}\nANSWER = 42\n", encoding="utf-8")
    submodules = [path for path in own_bindings.root.iterdir() if not path.name.startswith("_")]
    run = replace(home, bindings=own_bindings).start().finish()
    assert run.terraform == as_shipped.terraform
    assert not run.shipped_assembly
    if framework_in_use() is CDKTF:  # the root of CDK Terrain's bindings is lazy itself
        assert run.imported_by_us >= len(submodules)
