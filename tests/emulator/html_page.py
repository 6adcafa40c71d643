"""The look of every page of HTML that the emulator shows to people."""

import html

_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 24rem; margin: 3rem auto; padding: 0 1rem; }
form { display: grid; gap: 1rem; }
label { display: grid; gap: 0.25rem; }
input, select, button { padding: 0.5rem 0.75rem; font: inherit; border: 1px solid GrayText;
  border-radius: 0.375rem; }
button { border: 0; background: #3457d5; color: #fff; font-weight: 600; cursor: pointer; }
[role=alert] { color: light-dark(#a3212b, #ffaaaa); }
[role=alert]:empty { display: none; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid GrayText; text-align: start; }
td:last-child { font: 600 1.25rem ui-monospace, monospace; }
"""


def html_page(title: str, body: str, *, head: str = "") -> str:
    """A page with a heading.

    Args:
        title: The heading, which is also the title of the window.
        body: What is below it, as HTML.
        head: What else is in the head, as HTML.
    """
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"{head}<style>{_STYLE}</style><h1>{html.escape(title)}</h1>{body}"
        "<p><small>This page is served by an emulated AWS.</small></p></html>"
    )
