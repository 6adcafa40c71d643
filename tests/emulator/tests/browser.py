"""A browser of few lines: it keeps cookies, follows redirects within a domain, and sends forms."""

import http.client
import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.emulator import Emulator


class Page:
    """What a browser shows.

    Attributes:
        status: The status of the answer.
        url: Where the browser is.
        text: The page.
    """

    def __init__(self, status: int, url: str, text: str) -> None:
        self.status = status
        self.url = url
        self.text = text

    @property
    def query(self) -> dict[str, str]:
        """The query of the URL."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}

    @property
    def fragment(self) -> dict[str, str]:
        """The fragment of the URL, as a query."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).fragment).items()}

    @property
    def alert(self) -> str:
        """What a form complains about."""
        found = re.search(r'<p role="alert">(.*?)</p>', self.text)
        return "" if found is None else unescape(found[1])


class Browser:
    """A browser with its cookies.

    Attributes:
        emulator: Stands for every host of Cognito.
        host: The domain that the browser stays on; it stops where an answer leads elsewhere.
    """

    def __init__(self, emulator: Emulator, host: str) -> None:
        self.emulator = emulator
        self.host = host
        self._cookies: dict[str, str] = {}
        self.page = Page(0, "", "")

    def open(self, path: str, query: dict[str, str] | None = None) -> Page:
        """Opens a page of the domain."""
        return self._go("GET", path + ("" if query is None else f"?{urlencode(query)}"))

    def send(self, **fields: str) -> Page:
        """Sends the form of the page, with what its hidden fields hold."""
        action = re.search(r'<form action="([^"]*)"', self.page.text)
        assert action is not None, self.page.text
        hidden = re.findall(r'name="([^"]*)" type="hidden" value="([^"]*)"', self.page.text)
        form = {name: unescape(value) for name, value in hidden} | fields
        return self._go("POST", unescape(action[1]), form)

    def post(self, path: str, form: dict[str, str]) -> Page:
        """Sends a form of another site, as an identity provider makes a browser do."""
        return self._go("POST", path, form)

    def click(self, name: str) -> Page:
        """Follows the button of the page that has a name."""
        link = re.search(rf'<a role="button" href="([^"]*)">{name}</a>', self.page.text)
        assert link is not None, self.page.text
        return self._go("GET", unescape(link[1]))

    def forget_cookies(self) -> None:
        """Forgets all cookies."""
        self._cookies.clear()

    def _go(self, method: str, path: str, form: dict[str, str] | None = None) -> Page:
        parts = urlsplit(self.emulator.endpoint)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        headers = {
            "Host": self.host,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, None if form is None else urlencode(form), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        location = answer.headers.get("Location")
        connection.close()
        if location is None:
            self.page = Page(answer.status, f"https://{self.host}{path}", text)
            return self.page
        target = urlsplit(location)
        if target.netloc in {"", self.host}:
            return self._go("GET", target._replace(scheme="", netloc="").geturl())
        self.page = Page(answer.status, location, text)
        return self.page
