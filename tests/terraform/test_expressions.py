"""Terraform itself judges what `check` takes expressions of HCL for: the same value, or unknown."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from constructs_auth.terraform.block import Unknown, known_text
from constructs_auth.terraform.hcl.folder import read_hcl_folder
from tests.support.terraform import Terraform, terraform_environment

DECLARED = """
variable "name" { default = "acme" }
variable "size" {
  type    = number
  default = "8"
}
variable "is_on" {
  type    = bool
  default = "true"
}
variable "urls" {
  type    = set(string)
  default = ["https://b.example", "https://a.example", "https://b.example"]
}
variable "ports" {
  type    = list(number)
  default = ["1", 2]
}
variable "none" {
  type    = list(string)
  default = []
}
variable "nothing" {
  type    = string
  default = null
}
variable "tags" {
  type    = map(string)
  default = { a = 1, b = true }
}
variable "settings" {
  type = object({
    name   = string
    length = optional(number, 12)
    inner = optional(object({
      mode  = optional(string, "ON")
      flags = optional(set(string), ["x", "y"])
    }), {})
    extra = optional(string)
  })
  default = { name = 7 }
}
variable "many" {
  type = map(object({ url = string, on = optional(bool, true) }))
  default = {
    north = { url = "https://n.example" }
    south = { url = "https://s.example", on = false }
  }
}
variable "late" {}
variable "late_list" { type = list(string) }
variable "late_map" { type = map(string) }
variable "late_flag" { type = bool }

locals {
  a       = "a"
  b       = "${local.a}b"
  c       = [local.a, local.b, "c"]
  numbers = [3, 1, 2]
  nested  = { x = { y = [{ z = 1 }, { z = 2 }] }, "k-1" = "dash" }
  clients = {
    web = { callbacks = ["https://w.example"], secret = true }
    app = { callbacks = [], secret = false }
  }
  mixed  = { known = "yes", unknown = var.late }
  cut    = [var.late, "second"]
  empty  = {}
  chain1 = local.chain2
  chain2 = local.chain3
  chain3 = upper(var.name)
}
"""

GIVEN = {
    "late": "given",
    "late_list": '["one", "two"]',
    "late_map": '{ k = "v" }',
    "late_flag": "true",
}

EXPRESSIONS = r"""
"plain"
"a \"quoted\" \\ text\twith\nlines"
"$${not} a %%{template}"
"\u00e9\U0001F600"
12
-3
1.5
0
12345678901234567890
0.1 + 0.2
true
null
[]
{}
["a", 1, true, null]
{ a = 1, "b-c" = 2, (local.a) = 3 }
{ "${local.a}x" = 1 }
var.name
var.size
var.is_on
var.urls
var.ports
var.none
var.nothing
var.tags
var.settings
var.settings.name
var.settings.length
var.settings.inner
var.settings.inner.mode
var.settings.inner.flags
var.settings.extra
var.many
var.many["north"].on
var.many.south.on
local.a
local.b
local.c
local.c[1]
local.nested.x.y[1].z
local.nested["k-1"]
local.nested.x.y[*].z
local.nested.x["y"][0]["z"]
local.clients["web"].callbacks[0]
local.chain1
"${var.name}-${local.b}"
"${var.size}"
"${1.50}"
"${true}/${12345678901234567890}"
"x${"y${"z"}"}"
"%{if var.is_on}on%{else}off%{endif}"
"%{for one in local.c}${one},%{endfor}"
"%{for at, one in local.c~} ${at}=${one} %{~endfor}"
<<EOT
plain ${local.a}
"quotes" and \n stay
EOT
<<-EOT
    indented
      more ${var.name}
    %{if var.is_on~}
    yes
    %{endif~}
  EOT
1 + 2 * 3
(1 + 2) * 3
7 / 2
7 % 3
-7 % 3
-var.size
!var.is_on
1 < 2 && 2 >= 2
1 == 1.0
1 == "1"
"a" != "b"
true || false
var.none == []
var.none == tolist([])
length(var.none) == 0
var.urls == toset(["https://a.example", "https://b.example"])
[1] == [1]
{ a = 1 } == { a = 1 }
local.c == ["a", "ab", "c"]
null == null
var.nothing == null
var.is_on ? "yes" : "no"
false ? 1 : "two"
true ? { a = 1 } : {}
true ? { a = 1, b = "x" } : {}
true ? [] : ["a"]
var.is_on ? null : "x"
var.nothing == null ? "d" : var.nothing
[for one in local.c : upper(one)]
[for at, one in local.c : "${at}${one}" if one != "ab"]
{ for one in local.c : one => length(one) }
{ for key, one in local.clients : key => one.callbacks if one.secret }
{ for one in ["a", "b", "a"] : one => 1... }
[for key, one in var.tags : "${key}=${one}"]
[for key, one in var.many : key if one.on]
[for one in var.urls : one]
local.clients[*]
values(local.clients)[*].secret
abs(-2)
alltrue([true, "true"])
anytrue([false, var.is_on])
base64decode("aGk=")
base64encode("hi")
base64sha256("hi")
base64sha512("hi")
can(local.clients.web.nothing)
can(tonumber("x"))
ceil(1.2)
chomp("a\n\n")
chunklist([1, 2, 3], 2)
cidrhost("10.0.0.0/8", 5)
cidrnetmask("10.0.0.0/12")
cidrsubnet("10.0.0.0/8", 8, 2)
cidrsubnets("10.0.0.0/8", 8, 8)
coalesce("", "x")
coalesce(var.nothing, "x")
coalescelist([], ["x"])
compact(["a", "", null, "b"])
concat(["a"], local.c, [])
concat(var.none, ["x"])
contains(local.c, "ab")
contains(keys(local.clients), "none")
csvdecode("a,b\n1,2\n")
distinct(["a", "b", "a"])
element(local.c, 4)
endswith("abc", "bc")
flatten([["a"], [["b"]], []])
flatten([for key, one in local.clients : one.callbacks])
floor(-1.2)
format("%s-%03d-%v", "a", 7, true)
format("%5.2f%%", 1.234)
formatdate("YYYY-MM-DD", "2026-11-28T01:02:03Z")
formatlist("%s/%s", ["a", "b"], "x")
indent(2, "a\nb")
index(local.c, "c")
join(",", local.c)
join("-", var.urls)
jsondecode("{\"a\":[1,null]}")
jsonencode({ b = 1, a = [true, null, "<x>"] })
keys({ b = 1, a = 2 })
length("né")
length({ a = 1 })
log(8, 2)
lookup({ a = "x" }, "b", "d")
lookup(var.tags, "a", "d")
lower("ÀB")
matchkeys(["a", "b"], ["x", "y"], ["y"])
max(1, 3, 2)
md5("x")
merge({ a = 1, b = 2 }, { b = 3 })
merge(local.clients.web, { secret = false })
merge({}, var.tags)
min(1, 3, 2)
one(["a"])
one([])
parseint("ff", 16)
pow(2, 10)
range(3)
range(1, 10, 4)
regex("(\\w+)@(\\w+)", "a@b")
regex("[a-z]+", "12ab")
regexall("[a-z]", "1a2b")
replace("a-b-c", "-", "_")
replace("a1b2", "/[0-9]/", "#")
reverse(local.c)
setintersection(["a", "b"], ["b", "c"])
setproduct(["a", "b"], [1, 2])
setsubtract(["a", "b"], ["b"])
setunion(["b"], ["a", "b"])
sha1("x")
sha256("x")
sha512("x")
signum(-3)
slice(local.c, 1, 3)
sort(["b", "a"])
split(",", "a,b,")
startswith("abc", "ab")
strcontains("abc", "b")
strrev("abc")
substr("hello", 1, 3)
substr("hello", -2, -1)
sum([1, 2.5])
timeadd("2026-11-28T00:00:00Z", "1h")
title("a bc")
tobool("true")
tolist(["a", "b"])
tolist(["a", 1])
tomap({ a = 1, b = "x" })
tonumber("1.50")
toset(["b", "a", "b"])
tostring(1.0)
tostring(true)
tostring(null)
transpose({ a = ["x"], b = ["x", "y"] })
trim("--a--", "-")
trimprefix("abc", "ab")
trimspace("  a \n")
trimsuffix("abc", "bc")
try(local.clients.web.nothing, "fallback")
try(local.nested.x.y[5].z, local.a)
try(tonumber("x"), 1)
upper("é")
urlencode("a b/c?")
uuidv5("dns", "acme.example")
values({ b = 1, a = 2 })
yamldecode("a: [1, b]")
yamlencode({ a = [1, "b"], c = null })
zipmap(["a", "b"], [1, 2])
var.late
"${var.late}-x"
[var.late, "x"]
{ a = var.late, b = "x" }
local.mixed
local.mixed.known
local.mixed["unknown"]
local.cut[1]
merge(local.mixed, { more = 1 })
merge(local.mixed, { more = 1 }).known
concat([var.late], ["x"])
length([var.late])
length(var.late_list)
var.late == "given"
var.late == null
var.late_flag ? "a" : "b"
var.late_flag ? "a" : "a"
var.late_flag || true
var.late_flag && false
try(var.late.nothing, "fallback")
can(var.late.nothing)
coalesce(var.late, "x")
coalesce("x", var.late)
lookup(var.late_map, "k", "d")
lookup({ a = var.late }, "b", "d")
contains(["x", var.late], "x")
contains(["x", var.late], "y")
[for one in var.late_list : upper(one)]
{ for key, one in local.mixed : key => one }
{ for key, one in local.mixed : key => one if key == "known" }
[for key, one in local.mixed : key if one != ""]
keys(local.mixed)
values(local.mixed)
toset([var.late, "x"])
flatten([[var.late], ["x"]])
compact([var.late, ""])
distinct([var.late, "x"])
join(",", [var.late, "x"])
format("%s", var.late)
jsonencode({ a = var.late, b = 1 })
sensitive("x")
"${sensitive("x")}-y"
nonsensitive(sensitive("x"))
file("${path.module}/file.txt")
fileexists("nothing.txt")
path.module
terraform.workspace
timestamp() == ""
uuid() == ""
bcrypt("x") == ""
can(file("nothing.txt"))
try(file("nothing.txt"), "none")
try(templatestring("x", {}), "none")
try(urldecode("a%20b"), "none")
"""


def expressions() -> list[str]:
    """Return one expression a line; a heredoc has several."""
    lines = iter(EXPRESSIONS.strip("\n").split("\n"))
    found = []
    for line in lines:
        one = [line]
        while one[0].startswith("<<") and one[-1].strip() != "EOT":
            one.append(next(lines))
        found.append("\n".join(one))
    return found


def written(block: str) -> str:
    """Return a block for each expression."""
    return "".join(block.format(at=at, text=f"{text}\n") for at, text in enumerate(expressions()))


@pytest.fixture(scope="module")
def truth(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What Terraform says of each expression, as JSON."""
    folder = tmp_path_factory.mktemp("truth")
    outputs = written('output "e{at}" {{\nvalue = nonsensitive(jsonencode({text}))\n}}\n')
    (folder / "main.tf").write_text(DECLARED + outputs, encoding="utf-8")
    (folder / "file.txt").write_text("content", encoding="utf-8")
    environment = terraform_environment({"PATH": str(executable.parent)}, work=folder)
    given = {f"TF_VAR_{name}": value for name, value in GIVEN.items()}
    terraform = Terraform(folder=folder, executable=executable, environment=environment | given)
    terraform.run("init", "-no-color")
    terraform.run("apply", "-auto-approve", "-no-color")
    outcome = json.loads(terraform.run("output", "-json"))
    return {name: one["value"] for name, one in outcome.items()}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    """What `check` takes each expression for."""
    folder = tmp_path_factory.mktemp("ours")
    resources = written('resource "terraform_data" "e{at}" {{\ninput = {text}}}\n')
    (folder / "main.tf").write_text(DECLARED + resources, encoding="utf-8")
    (folder / "file.txt").write_text("content", encoding="utf-8")
    read = read_hcl_folder(folder)
    assert read.broken == ()
    return {
        one.address.removeprefix("terraform_data."): whole(one.body.values["input"])
        for one in read.configuration.resources
    }


def whole(value: object) -> object:
    """Return a value with what is unknown in it as `Unknown`."""
    if isinstance(value, str):
        return known_text(value)
    if isinstance(value, Mapping):
        return {name: whole(item) for name, item in value.items()}
    return [whole(item) for item in value] if isinstance(value, list) else value


def agrees(ours: object, truth: object) -> bool:
    """Return whether *ours* is *truth*, but for what is unknown in it."""
    if isinstance(ours, Unknown):
        return True
    if isinstance(ours, Mapping) and isinstance(truth, Mapping):
        return ours.keys() == truth.keys() and all(agrees(ours[key], truth[key]) for key in ours)
    if isinstance(ours, list) and isinstance(truth, list):
        return len(ours) == len(truth) and all(map(agrees, ours, truth))
    return type(ours) is type(truth) and ours == truth


def test_there_are_enough_expressions() -> None:
    assert len(expressions()) > 250


def test_an_expression_has_terraforms_value_or_none(
    truth: Mapping[str, str], ours: Mapping[str, object]
) -> None:
    values = [
        (text, ours[f"e{at}"], json.loads(truth[f"e{at}"])) for at, text in enumerate(expressions())
    ]
    wrong = [
        f"{text}: {found!r}, Terraform: {expected!r}"
        for text, found, expected in values
        if not agrees(found, expected)
    ]
    assert wrong == []
