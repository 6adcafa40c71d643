"""Files that a stack reads are part of its hand-off, or there is no hand-off."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.unit.handoff.desk import Desk
from tests.unit.handoff.samples import document, files_in

ARCHIVE = "assets/code/0A1B/archive.zip"
NO_TEXT = b"PK\x03\x04\xff\x00"
REMEDY = (
    "use a TerraformAsset, which copies the file into that folder, or a variable for a path of the "
    "new owner"
)


def stack_with(resource: object, **more: object) -> dict[str, Any]:
    """The stack with other resources."""
    content = document()
    content["resource"] |= resource
    return content | more


def function(**arguments: object) -> dict[str, Any]:
    """The stack with a Lambda function."""
    return stack_with({"aws_lambda_function": {"f": {"function_name": "f", **arguments}}})


def put(desk: Desk, name: str, content: bytes = NO_TEXT) -> Path:
    """Put a file into the folder of the stack, as CDKTF does."""
    file = desk.stack / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def archive(content: str, *, year: int) -> bytes:
    """An archive with one file of that year."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr(zipfile.ZipInfo("index.mjs", (year, 1, 1, 0, 0, 0)), content)
    return packed.getvalue()


def complaint(place: str, name: str, why: str, remedy: str = REMEDY) -> str:
    """What the command says of a file that it cannot hand over."""
    return (
        f"constructs-auth handoff: {place}: must name a file in the folder of the stack, got "
        f"{name!r}, which {why}; {remedy}\n"
    )


def test_an_archive_is_part_of_the_folder(desk: Desk) -> None:
    put(desk, ARCHIVE)
    desk.put(function(filename=ARCHIVE, source_code_hash="0A1B"))

    assert desk.run() == 0
    assert desk.complained == ""
    assert desk.wrote == f"wrote {desk.out}: 13 files\n"
    assert files_in(desk.out)[ARCHIVE] == NO_TEXT
    assert f'filename         = trimprefix("${{path.module}}/{ARCHIVE}", "./")\n' in desk.text(
        "main.tf"
    )
    assert ARCHIVE in json.loads(desk.text("manifest.json"))["files"]
    assert (
        "| Used by | File |\n| --- | --- |\n"
        f"| `resource.aws_lambda_function.f.filename` | `{ARCHIVE}` |\n"
    ) in desk.text("README.md")


def test_a_module_names_its_archive_from_itself(desk: Desk) -> None:
    put(desk, ARCHIVE)
    desk.put(function(filename=f"./{ARCHIVE}"))
    assert desk.run("--module", "--format", "json") == 0
    resource = json.loads(desk.text("main.tf.json"))["resource"]
    assert resource["aws_lambda_function"]["f"]["filename"] == f"${{path.module}}/{ARCHIVE}"
    assert files_in(desk.out)[ARCHIVE] == NO_TEXT


@pytest.mark.parametrize("prefix", ["./", "${path.module}/"])
def test_a_path_from_the_module_needs_no_other_text_for_a_takeover(desk: Desk, prefix: str) -> None:
    put(desk, ARCHIVE)
    desk.put(function(filename=f"{prefix}{ARCHIVE}"))
    assert desk.run() == 0
    assert f'filename      = "${{path.module}}/{ARCHIVE}"\n' in desk.text("main.tf")


def test_functions_that_read_files_name_them_from_the_module(desk: Desk) -> None:
    put(desk, "assets/mail/1/invitation.html", b"Hello {username}, {####}")
    put(desk, "assets/mail/1/code.tftpl", b"${greeting} {####}")
    put(desk, "assets/logo/1/logo.png")
    content = document()
    content["resource"]["aws_cognito_user_pool"]["users"] |= {
        "admin_create_user_config": {
            "invite_message_template": {
                "email_message": '${file("assets/mail/1/invitation.html")}',
            }
        },
        "email_verification_message": (
            '${templatefile("${path.module}/assets/mail/1/code.tftpl", {greeting = "Hi"})}'
        ),
    }
    content["resource"]["aws_cognito_user_pool_ui_customization"] = {
        "a": {
            "image_file": (
                '${fileexists("assets/none") ? "" : filebase64("./assets/logo/1/logo.png")}'
            ),
            "css": 'file("assets/none")',
        }
    }
    desk.put(content)

    assert desk.run() == 0
    text = desk.text("main.tf")
    assert 'email_message = file("${path.module}/assets/mail/1/invitation.html")\n' in text
    assert 'templatefile("${path.module}/assets/mail/1/code.tftpl", { greeting = "Hi" })' in text
    assert (
        'fileexists("assets/none") ? "" : filebase64("${path.module}/assets/logo/1/logo.png")'
    ) in text
    assert 'css        = "file(\\"assets/none\\")"\n' in text
    assert {name for name in files_in(desk.out) if name.startswith("assets/")} == {
        "assets/logo/1/logo.png",
        "assets/mail/1/code.tftpl",
        "assets/mail/1/invitation.html",
    }


def test_of_a_path_that_depends_on_a_value_the_whole_folder_comes(desk: Desk) -> None:
    put(desk, "assets/pages/1/a.html")
    put(desk, "assets/pages/1/more/b.html")
    page = {
        "for_each": '${fileset("assets/pages/1", "**/*.html")}',
        "key": "${each.value}",
        "source": "assets/pages/1/${each.value}",
        "etag": '${filemd5("assets/pages/1/${each.value}")}',
    }
    desk.put(stack_with({"aws_s3_object": {"page": page}}))

    assert desk.run() == 0
    text = desk.text("main.tf")
    assert 'for_each = fileset("${path.module}/assets/pages/1", "**/*.html")\n' in text
    assert 'trimprefix("${path.module}/assets/pages/1/${each.value}", "./")\n' in text
    assert 'filemd5("${path.module}/assets/pages/1/${each.value}")\n' in text
    assert "assets/pages/1/more/b.html" in files_in(desk.out)
    assert "| `resource.aws_s3_object.page.source` | `assets/pages/1` (2 files) |\n" in desk.text(
        "README.md"
    )


def test_a_local_module_comes_with_the_modules_that_it_calls(desk: Desk) -> None:
    put(desk, "assets/modules/mail/main.tf", b'module "x" {\n  source = "../shared"\n}\n')
    put(desk, "assets/modules/shared/main.tf", b"")
    desk.put(
        document()
        | {
            "module": {
                "mail": {"source": "./assets/modules/mail"},
                "far": {"source": "terraform-aws-modules/sns/aws", "version": "6.0.0"},
            }
        }
    )
    assert desk.run() == 0
    assert 'source = "./assets/modules/mail"\n' in desk.text("main.tf")
    assert "assets/modules/shared/main.tf" in files_in(desk.out)


def test_a_local_module_can_call_others_in_files_of_opentofu(desk: Desk) -> None:
    put(desk, "modules/a/main.tofu", b'module "b" { source = "../b" }\n')
    put(desk, "modules/b/main.tofu.json", b'{"module": {"c": {"source": "../c"}}}')
    put(desk, "modules/c/main.tf", b"")
    desk.put(document() | {"module": {"a": {"source": "./modules/a"}}})
    assert desk.run() == 0
    assert {"modules/b/main.tofu.json", "modules/c/main.tf"} <= set(files_in(desk.out))


def test_a_local_module_can_call_others_on_one_line_and_in_json(desk: Desk) -> None:
    put(desk, "modules/a/main.tf", b'module "b" { source = "../b" }\n# source = "../none"\n')
    put(desk, "modules/b/main.tf.json", b'{"module": {"c": {"source": "../c"}, "d": {}}}')
    put(desk, "modules/b/other.tf.json", b"{")
    put(desk, "modules/c/main.tf", b"")
    desk.put(document() | {"module": {"a": {"source": "./modules/a"}}})
    assert desk.run() == 0
    assert {"modules/b/main.tf.json", "modules/c/main.tf"} <= set(files_in(desk.out))


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ({"locals": {"a": "${path.module}/assets/a 1.sh"}}, ()),
        ({"locals": {"a": "${path.module}/assets/a 1.sh"}}, ("--module",)),
        ({"locals": {"a": "${path.root}/assets/a 1.sh"}}, ()),
        ({"locals": {"a": '${concat(["sh", "-c"], ["${path.module}/assets/a 1.sh"])}'}}, ()),
        ({"locals": {"a": {"b": ["${path.module}/assets/${terraform.workspace}"]}}}, ()),
    ],
)
def test_a_path_from_the_module_brings_its_file_wherever_it_is(
    desk: Desk, content: dict[str, Any], options: tuple[str, ...]
) -> None:
    put(desk, "assets/a 1.sh")
    desk.put(document() | content)
    assert desk.run(*options) == 0
    assert desk.complained == ""
    assert "assets/a 1.sh" in files_in(desk.out)


def test_a_module_refuses_a_file_in_the_folder_of_its_caller(desk: Desk) -> None:
    put(desk, "assets/a.sh")
    desk.put(document() | {"locals": {"a": "${path.root}/assets/a.sh"}})
    assert desk.run("--module") == 3
    assert "locals.a: must name 'assets/a.sh' from the module" in desk.complained


def test_a_file_that_terraform_writes_is_no_file_of_the_handoff(desk: Desk) -> None:
    put(desk, "assets/out.zip")
    content = document()
    archive_file = {"output_path": "${path.module}/assets/out.zip", "source_content": "a"}
    content["data"] = {"archive_file": {"z": archive_file | {"type": "zip"}}}
    content["resource"]["local_file"] = {"f": {"content": "a", "filename": "assets/out.zip"}}
    desk.put(content)
    assert desk.run() == 0
    assert "assets/out.zip" not in files_in(desk.out)


@pytest.mark.parametrize(
    "path",
    [f'${{"{ARCHIVE}"}}', f'${{var.mine ? var.build : "{ARCHIVE}"}}', "${local.build}/a.zip"],
)
def test_the_file_of_an_argument_with_an_expression_comes(desk: Desk, path: str) -> None:
    put(desk, ARCHIVE)
    put(desk, "build/a.zip")
    desk.put(function(filename=path) | {"locals": {"build": "build"}})
    assert desk.run() == 0
    assert desk.complained == (
        "warning: resource.aws_lambda_function.f.filename: contains the path of a file, which only "
        "Terraform in the folder of the hand-off finds\n"
    )
    assert {ARCHIVE, "build/a.zip"} & set(files_in(desk.out))


def test_a_call_that_calculates_its_path_is_reported(desk: Desk) -> None:
    desk.put(
        function(
            description='${file(join("/", ["a", "b"]))}',
            handler='${file(each.value["path"])} ${file(var.path)} ${file("${var.a}/b")}',
        )
    )
    assert desk.run() == 0
    assert desk.complained == (
        "warning: resource.aws_lambda_function.f.description: reads a file whose path is an "
        'expression, so the hand-off may lack it; write "${path.module}/…" in the program\n'
    )


def test_a_path_of_the_new_owner_stays(desk: Desk) -> None:
    desk.put(function(filename="${var.build}/f.zip", description="${file(var.text)}"))
    assert desk.run() == 0
    assert 'filename      = "${var.build}/f.zip"\n' in desk.text("main.tf")
    assert "description   = file(var.text)\n" in desk.text("main.tf")


def test_a_file_that_may_be_executed_still_may(desk: Desk) -> None:
    put(desk, ARCHIVE).chmod(0o755)
    desk.put(function(filename=ARCHIVE))
    desk.run()
    assert (desk.out / ARCHIVE).stat().st_mode & 0o100


def test_a_mention_that_need_not_be_a_path_stays_and_its_file_comes(desk: Desk) -> None:
    """Only Terraform in the folder finds it, so a module is refused."""
    put(desk, ARCHIVE)
    desk.put(document() | {"locals": {"archive": ARCHIVE}})
    assert desk.run() == 0
    assert desk.complained == (
        "warning: locals.archive: contains the path of a file, which only Terraform in the folder "
        "of the hand-off finds\n"
    )
    assert ARCHIVE in files_in(desk.out)

    assert desk.run("--module") == 3
    assert desk.complained == (
        f"constructs-auth handoff: locals.archive: must name {ARCHIVE!r} from the module, got a "
        "path that only Terraform in its own folder can find; write "
        f'"${{path.module}}/{ARCHIVE}" in the program\n'
    )


def test_a_local_value_that_is_a_path_brings_its_file(desk: Desk) -> None:
    put(desk, "build/f.zip")
    content = function(filename="${local.archive}", source_code_hash="${filemd5(local.archive)}")
    desk.put(content | {"locals": {"archive": "build/f.zip"}})
    assert desk.run() == 0
    assert "warning: locals.archive: contains the path of a file" in desk.complained
    assert "build/f.zip" in files_in(desk.out)

    desk.put(content | {"locals": {"archive": "../f.zip"}})
    assert desk.run() == 3
    assert desk.complained == complaint("locals.archive", "../f.zip", "is outside of it")


def test_the_default_of_a_variable_brings_its_file_if_there_is_one(desk: Desk) -> None:
    content = function(filename="${var.archive}")
    content["variable"]["archive"] = {"default": "build/f.zip"}
    desk.put(content)
    assert desk.run() == 0, "the new owner may have the file"
    assert desk.complained == ""
    put(desk, "build/f.zip")
    assert desk.run() == 0
    assert "warning: variable.archive.default: contains the path of a file" in desk.complained
    assert "build/f.zip" in files_in(desk.out)


def test_a_command_and_a_key_of_an_object_name_their_files_from_the_module(desk: Desk) -> None:
    put(desk, "assets/tool/1/run.sh")
    provisioners = [
        {"file": {"source": "assets/tool/1", "destination": "/opt"}},
        {"local-exec": {"command": "sh ./assets/tool/1/run.sh assets/none"}},
    ]
    content = document() | {"locals": {"m": {'${file("assets/tool/1/run.sh")}': "a"}}}
    content["resource"]["terraform_data"] = {"t": {"provisioner": provisioners}}
    desk.put(content)
    assert desk.run("--module") == 0
    assert 'source      = "${path.module}/assets/tool/1"\n' in desk.text("main.tf")
    assert 'command = "sh ${path.module}/assets/tool/1/run.sh assets/none"\n' in desk.text(
        "main.tf"
    )
    assert '(file("${path.module}/assets/tool/1/run.sh")) = "a"\n' in desk.text("locals.tf")


def test_the_key_of_an_object_stays_though_it_is_the_path_of_its_file(desk: Desk) -> None:
    put(desk, ARCHIVE)
    desk.put(stack_with({"aws_s3_object": {"a": {"key": ARCHIVE, "source": ARCHIVE}}}))
    assert desk.run("--module") == 0
    assert f'key    = "{ARCHIVE}"\n' in desk.text("main.tf")
    assert desk.complained == ""


def test_a_changed_file_is_a_new_hand_off_and_an_old_one_goes(desk: Desk) -> None:
    put(desk, "mails/code.html", b"one")
    put(desk, "assets/code/1/archive.zip")
    content = function(
        filename="assets/code/1/archive.zip", description='${file("mails/code.html")}'
    )
    desk.put(content)
    desk.run()

    put(desk, "mails/code.html", b"two")
    put(desk, "assets/code/2/archive.zip")
    content["resource"]["aws_lambda_function"]["f"]["filename"] = "assets/code/2/archive.zip"
    desk.put(content)
    assert desk.run("--check") == 1
    assert "assets/code/2/archive.zip: is missing\n" in desk.said
    assert desk.run() == 0
    assert (
        desk.text("CHANGELOG.md")
        .partition("## Hand-off 1")[0]
        .endswith(
            "## Hand-off 2\n\n"
            "- Changed `aws_lambda_function.f`: `filename`.\n"
            "- Changed the file `mails/code.html`.\n\n"
        )
    )
    assert not (desk.out / "assets/code/1").exists()


def test_an_archive_with_the_same_files_is_the_same(desk: Desk) -> None:
    """CDKTF writes the times of the files into it, which differ in each clone."""
    put(desk, ARCHIVE, archive("handler", year=2025))
    desk.put(function(filename=ARCHIVE))
    desk.run()
    before = files_in(desk.out)

    put(desk, ARCHIVE, archive("handler", year=2026))
    assert desk.run("--check") == 0
    assert desk.run() == 0
    assert files_in(desk.out) == before

    put(desk, ARCHIVE, archive("another", year=2026))
    assert desk.run("--check") == 1


def test_an_edited_asset_is_not_overwritten(desk: Desk) -> None:
    put(desk, ARCHIVE)
    desk.put(function(filename=ARCHIVE))
    desk.run()
    (desk.out / ARCHIVE).write_bytes(b"another")
    assert desk.run() == 2
    assert f"must not have edited files, got {ARCHIVE}" in desk.complained


@pytest.mark.parametrize(
    ("name", "why", "remedy"),
    [
        ("build/f.zip", "does not exist", REMEDY),
        ("../other/f.zip", "is outside of it", REMEDY),
        ("/etc/hostname", "is outside of it", REMEDY),
        ("~/f.zip", "is outside of it", REMEDY),
        ("${path.module}/../cdk.tf.json", "is outside of it", REMEDY),
        (".", "is that folder itself", "name a file in it"),
        ("assets/${var.a}", "does not exist", REMEDY),
        ("f-${var.a}.zip", "depends on a value", "put such files into a folder"),
        ("secret", "is a link to a place outside of it", REMEDY),
        ("lost", "does not exist", REMEDY),
        ("pages", "is not a file", "name a file"),
        ("a\\b", "is no valid path on every system", "rename it"),
        ("a" * 300, "does not exist", REMEDY),
        ("cdk.tf.json", "would be part of the Terraform", "move it into a folder"),
        ("more.tofu", "would be part of the Terraform", "move it into a folder"),
        ("terraform.tfstate", "is a state, a plan or a file of secrets", "leave it out"),
        (".git/config", "belongs to another tool", "move it"),
    ],
)
def test_a_file_that_cannot_be_handed_over_is_refused(
    desk: Desk, name: str, why: str, remedy: str
) -> None:
    (desk.stack.parent / "cdk.tf.json").touch()
    put(desk, "more.tofu")
    put(desk, "terraform.tfstate")
    put(desk, ".git/config")
    put(desk, "pages/a.html")
    (desk.stack / "secret").symlink_to(desk.stack.parent)
    (desk.stack / "lost").symlink_to("nothing")
    desk.put(function(filename=name))

    assert desk.run() == 3
    told = {
        "${path.module}/../cdk.tf.json": "../cdk.tf.json",
        "assets/${var.a}": "assets",
        "f-${var.a}.zip": "f-",
        "a" * 300: f"{'a' * 100}…",
    }.get(name, name)
    place = "resource.aws_lambda_function.f.filename"
    assert desk.complained == complaint(place, told, why, remedy)
    assert not desk.out.exists()


def test_a_folder_with_a_link_out_of_it_is_refused(desk: Desk) -> None:
    put(desk, "assets/pages/1/a.html")
    (desk.stack / "assets/pages/1/b.html").symlink_to("/etc/hostname")
    desk.put(function(description='${join("", fileset("assets/pages/1", "*"))}'))
    assert desk.run() == 3
    assert desk.complained == complaint(
        "resource.aws_lambda_function.f.description",
        "assets/pages/1/b.html",
        "is a link to a place outside of it",
    )


def test_an_empty_folder_is_refused(desk: Desk) -> None:
    """Git keeps none."""
    (desk.stack / "pages").mkdir()
    desk.put(function(description='${join("", fileset("pages", "*"))}'))
    assert desk.run() == 3
    assert desk.complained == complaint(
        "resource.aws_lambda_function.f.description",
        "pages",
        "is an empty folder",
        "put a file into it",
    )


def test_a_template_that_reads_another_file_is_refused(desk: Desk) -> None:
    """In a template there is no path from the module."""
    put(desk, "mails/code.tftpl", b'${file("mails/footer.html")}')
    desk.put(function(description='${templatefile("mails/code.tftpl", {})}'))
    assert desk.run() == 3
    assert desk.complained == complaint(
        "resource.aws_lambda_function.f.description",
        "mails/code.tftpl",
        "reads another file",
        "pass the text as a variable",
    )


@pytest.mark.parametrize("name", ["README.md", "readme.MD", "main.tf/f.zip"])
def test_a_file_in_the_place_of_one_of_the_hand_off_is_refused(desk: Desk, name: str) -> None:
    put(desk, name)
    desk.put(function(filename=name))
    assert desk.run() == 3
    assert desk.complained == (
        f"constructs-auth handoff: resource.aws_lambda_function.f.filename: must not name {name!r},"
        " which is also a file of the hand-off; put it into another folder\n"
    )


def test_a_manifest_that_names_a_file_elsewhere_is_not_ours(desk: Desk) -> None:
    """The next hand-off deletes what only the manifest names."""
    desk.run()
    manifest = json.loads(desk.text("manifest.json"))
    manifest["files"]["../stacks/auth/cdk.tf.json"] = "0"
    (desk.out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert desk.run() == 2
    assert (desk.stack / "cdk.tf.json").exists()


@pytest.mark.parametrize(
    ("name", "inner", "expected"),
    [
        ("assets/x/.env", "", "assets/x/.env usually holds secrets"),
        ("assets/x/server.pem", "", "assets/x/server.pem usually holds secrets"),
        (ARCHIVE, "src/.npmrc", f"{ARCHIVE} contains src/.npmrc, which usually holds secrets"),
        (ARCHIVE, "index.mjs", ""),
    ],
)
def test_a_file_that_usually_holds_secrets_gives_a_warning(
    desk: Desk, name: str, inner: str, expected: str
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr(inner or "index.mjs", "")
    put(desk, name, packed.getvalue() if inner else b"TOKEN=1")
    desk.put(stack_with({"aws_s3_object": {"o": {"bucket": "b", "key": "k", "source": name}}}))
    assert desk.run() == 0
    assert ("usually holds secrets" in desk.complained) == bool(expected)
    assert expected in desk.complained
