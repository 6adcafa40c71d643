"""Values of Terraform JSON to try: texts full of signs that HCL gives a meaning, nested at will."""

from decimal import Decimal

from hypothesis import strategies as st

from constructs_auth.facts.templates import ExpressionError, read_template

_EXPRESSIONS = (
    "var.text",
    "local.list[0]",
    "1+2",
    "-1 + -local.number",
    "! true",
    'true?"yes":"no"',
    '{a=1,"b c" : 2}',
    "{a={b=[1,{}]},}.a",
    "[1,2 , 3]",
    '[for x in local.list: upper(x)if x!=""]',
    "{for k , v in {a=1}:k=>v}",
    "{for v in local.list: v=>v...}",
    'join( ",",["a", "${local.number}-b"] )',
    '"\\"quoted\\" \\\\ $${x} \\n"',
    "local.list.*",
    "local.list[*]",
    "(1+2)*3/4%5",
    "local.number>=1&&local.number<=2||false",
    'lookup({a=1},"a",0)',
    '"a" == "b"',
    "provider::aws::arn_parse( var.text )",
    "max(local.list...)",
    "{\n  a = 1\n  b = 2\n}",
    "[\n  1,\n  2,\n]",
    "{a = 1 # said\n}",
    "[[1],[2]][0][0]",
    '"%{if true}x%{else}y%{endif}"',
)
"""Expressions as people and CDKTF write them; those that call nothing unknown can be evaluated."""

SCALARS = (
    "local.list[0]",
    "1+2",
    "! true",
    'true?"yes":"no"',
    "{a={b=[1,{}]},}.a.b[0]",
    'join( ",",["a", "${local.number}-b"] )',
    '"\\"quoted\\" \\\\ $${x} \\n"',
    "(1+2)*3/4%5",
    "local.number>=1&&local.number<=2||false",
    'lookup({a=1},"a",0)',
    '"a" == "b"',
    "{\n  a = 1\n  b = 2\n}.b",
    "[\n  1,\n  2,\n][1]",
    '"%{if true}x%{else}y%{endif}"',
)
"""Expressions of the kind that a text can hold; they need `local.list` and `local.number`."""

_SIGNS = (
    "$",
    "%",
    "{",
    "}",
    "$$",
    "%%",
    "$${",
    "%%{",
    '"',
    "\\",
    "\\n",
    "\n",
    "\r",
    "\t",
    "~",
    "#",
)
_WORDS = (
    "a",
    " ",
    "EOT",
    "word word",
    "é",
    "日本",
    "👩‍👧",
    "\u0007",
    "//",
    "/*",
    "<<-EOT",
    "\u2028",
    "z",
)

plain_texts = st.lists(st.sampled_from(_SIGNS + _WORDS) | st.text(max_size=3), max_size=12).map(
    "".join
)
"""Texts, also such as no template may be."""

texts_of_lines = st.lists(
    st.sampled_from(
        (
            "",
            "a line",
            "  indented",
            "${1+2} begins",
            "ends ${ true }",
            "it's $5 & 5%",
            "EOT",
            "\tx",
        )
    ),
    min_size=2,
    max_size=6,
).flatmap(lambda lines: st.sampled_from(("\n".join(lines), "\n".join(lines) + "\n")))
"""Texts of several lines, as messages and style sheets are."""

json_texts = st.sampled_from(
    (
        '{"Statement":[{"Action":"sns:Publish","Effect":"Allow","Resource":"${local.list[0]}"}],"Version":"2012-10-17"}',
        '{"b": 1, "a": [true, null, "x"]}',
        '{"a":"\\u003cb\\u003e"}',
        '{"a":"<b>"}',
        '{"a":1.0}',
        '{"a":1,"a":2}',
        '{"a":"$${x} ${1+1}"}',
        '{"a":"\\u0024${1+1}"}',
        '["x",{"y":{}}]',
        '{"a":"${local.number}","b":["${true}"]}',
        "{}",
        "[]",
        '{"${local.number}":1}',
        "[1",
    )
)


def is_template(text: str) -> bool:
    """Whether Terraform can read a text as a template."""
    try:
        read_template(text)
    except ExpressionError:
        return False
    return True


def templates(expressions: tuple[str, ...] = _EXPRESSIONS) -> st.SearchStrategy[str]:
    """Texts that Terraform can read as a template."""
    sequences = st.sampled_from([f"${{{text}}}" for text in expressions])
    directives = st.sampled_from(
        ("%{if true}x\n%{endif}", "y %{ for x in [1,2] ~} ${x} %{~ endfor }$${z}")
    )
    # Terraform's JSON takes all that follows a carriage return for text, as its HCL does not.
    pieces = sequences | plain_texts.filter(lambda text: "\r" not in text)
    return (
        sequences
        | directives
        | st.lists(pieces, max_size=4).map("".join)
        | texts_of_lines
        | json_texts
    ).filter(is_template)


def values(
    texts: st.SearchStrategy[str], *, keys: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[object]:
    """Values of all kinds whose texts, and by default also keys, are *texts*."""
    numbers = st.integers(-(10**12), 10**12) | st.sampled_from(("0.5", "-1.25", "1E+3")).map(
        Decimal
    )
    leaves = st.none() | st.booleans() | numbers | texts
    names = (texts if keys is None else keys) | _NAMES
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
        max_leaves=10,
    )


_NAMES = st.sampled_from(("name", "for", "null", "a-b", "custom:x", "é", "한", "ก็", "1", "a b", ""))
