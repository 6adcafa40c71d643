"""Show a review as people see it: docs/images/review.png and docs/images/pull_request_comment.png.

`python -m tools.screenshots` needs Chromium. Both pictures are of one plan that the tests recorded,
as the command writes its review: the HTML page, and the comment. The comment is rendered as
CommonMark with tables, in plain colors; GitHub's own page looks a little different.
"""

import os
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt

from constructs_auth.cli import main as constructs_auth
from tests.plans.record import RECORDED
from tests.support.browser import find_browser, take_screenshot

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PLAN = RECORDED / "pool_unprotected_name.json"
_WIDTH = 900
_COMMENT = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 24px; font: 15px/1.5 sans-serif; color: #1f2328; background: #f6f8fa }}
article {{ border: 1px solid #d1d9e0; border-radius: 6px; background: #fff }}
header {{ padding: 8px 16px; border-bottom: 1px solid #d1d9e0; background: #f6f8fa }}
main {{ padding: 4px 16px 12px }}
code {{ padding: 2px 4px; border-radius: 4px; background: #eff1f3; font-size: 85% }}
pre {{ padding: 12px; background: #f6f8fa; overflow: hidden }} pre code {{ padding: 0 }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid #d1d9e0; padding: 4px 10px }}
</style><article><header><b>github-actions</b> commented</header><main>{body}</main></article>"""


def write(images: Path) -> None:
    """Write both pictures into the folder *images*."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        page, comment = work / "review.html", work / "comment.html"
        _review("html", page)
        _review("markdown", work / "review.md")
        text = (work / "review.md").read_text(encoding="utf-8")
        body = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
        comment.write_text(_COMMENT.format(body=body), encoding="utf-8")
        _picture(page, images / "review.png", height=730, work=work)
        _picture(comment, images / "pull_request_comment.png", height=800, work=work)


def _review(form: str, output: Path) -> None:
    arguments = ["review", str(PLAN), "--label", "auth", "--fail-on", "never"]
    if constructs_auth([*arguments, "--format", form, "--output", str(output)]) != 0:
        sys.exit(f"{PLAN}: cannot be reviewed")


def _picture(page: Path, image: Path, *, height: int, work: Path) -> None:
    browser = find_browser(os.environ)
    take_screenshot(browser, page, image, profile=work / "profile", width=_WIDTH, height=height)


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    write(IMAGES)
