"""Shows a page in a real browser, and gives what the browser made of it."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 60
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class BrowserMissingError(Exception):
    """No browser is installed."""


def find_browser(environment: Mapping[str, str]) -> Path:
    """Finds Chromium on the PATH.

    Raises:
        BrowserMissingError: If there is none.
    """
    for name in _NAMES:
        found = shutil.which(name, path=environment.get("PATH", ""))
        if found is not None:
            return Path(found)
    raise BrowserMissingError(f"a browser: none of {', '.join(_NAMES)} is on the PATH")


def shown(
    browser: Path,
    page: Path,
    *,
    profile: Path,
    width: int = 1280,
    query: str = "",
    milliseconds: int = 0,
) -> str:
    """The document as the browser has it once the page is loaded, as HTML.

    Args:
        browser: Chromium.
        page: The file.
        profile: A folder for the profile of this run alone.
        width: The width of the window in pixels; the browser takes no less than 500.
        query: What follows the address of the page: `?q=passkey`.
        milliseconds: How long programs of the page may work, in the page's own time.
    """
    time = [f"--virtual-time-budget={milliseconds}"] if milliseconds else []
    options = (f"--window-size={width},900", *time, "--dump-dom")
    return _run(browser, f"{page.as_uri()}{query}", *options, profile=profile)


def take_screenshot(
    browser: Path, page: Path, image: Path, *, profile: Path, width: int, height: int
) -> None:
    """Writes what the browser shows of a page.

    Args:
        browser: Chromium.
        page: The file.
        image: The file of the picture, in PNG.
        profile: A folder for the profile of this run alone.
        width: The width of the window in pixels; the browser takes no less than 500.
        height: Its height.
    """
    options = (f"--window-size={width},{height}", "--hide-scrollbars", f"--screenshot={image}")
    _run(browser, page.as_uri(), *options, profile=profile)


def _run(browser: Path, url: str, *options: str, profile: Path) -> str:
    return subprocess.run(
        [str(browser), *_OPTIONS, f"--user-data-dir={profile}", *options, url],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=True,
    ).stdout
