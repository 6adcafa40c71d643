"""What a rule sees in a redirect URL."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_IP_ADDRESS = re.compile(r"[\d.]+|.*:.*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectUrl:
    """A URL in its parts; one that cannot be split has no scheme.

    Attributes:
        scheme: In lower case.
        host: Without the port, in lower case.
        is_absolute: Whether it has a scheme; `localhost:3000` has a host and a port.
        has_fragment: Whether it has a `#`.
        has_user: Whether a name or a password stands before the host.
    """

    scheme: str
    host: str
    is_absolute: bool
    has_fragment: bool
    has_user: bool

    @property
    def is_web(self) -> bool:
        """Say whether a browser goes there by itself."""
        return self.scheme in {"http", "https"}

    @property
    def is_loopback(self) -> bool:
        """Say whether it stays on the user's own machine."""
        return self.is_web and self.host in _LOOPBACK

    @property
    def is_ip_address(self) -> bool:
        """Say whether its host is an address without a name."""
        return self.is_web and _IP_ADDRESS.fullmatch(self.host) is not None


@lru_cache(maxsize=256)
def split(url: str) -> RedirectUrl:
    """Take *url* apart; many rules ask for the same one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), ""
    rest = url[len(parts.scheme) + 1 :]
    return RedirectUrl(
        scheme=parts.scheme,
        host=host,
        is_absolute=bool(parts.scheme) and bool(rest) and not rest[0].isdigit(),
        has_fragment="#" in url,
        has_user="@" in parts.netloc,
    )
