"""The API of the sample application accepts access tokens of its page, and refuses all else."""

import base64
import hmac
import json
import time
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey

from examples.sample_application.server import (
    LIBRARY,
    ConfigurationError,
    create_app,
    read_configuration,
)
from tests.support.serving import serving

ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc"
CLIENT = "page"
REALM = 'Bearer realm="orders"'
NO_ALGORITHM = b'{"alg": "none"}'
SHARED_SECRET = b'{"alg": "HS256", "kid": "first"}'
NOT_OURS = "This is no access token of this application."


@cache
def key_named(name: str) -> RSAKey:  # noqa: ARG001 - each name has a key of its own
    """A key; to make one takes time."""
    return RSAKey.generate_key(2048)


class Pool:
    """The issuer: its metadata and its keys, as a pool serves them.

    Attributes:
        keys: The keys that it signs with, by their ids.
        fetched: How often its keys were fetched.
        url: Where its metadata are.
    """

    def __init__(self, url: str) -> None:
        self.keys = {"first": key_named("first")}
        self.fetched = 0
        self.url = f"{url}/metadata"
        self.metadata = {
            "issuer": ISSUER,
            "jwks_uri": f"{url}/keys",
            "token_endpoint": "https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token",
        }

    def answer(self, path: str) -> Any:
        """What it serves."""
        if path == "/metadata":
            return self.metadata
        self.fetched += 1
        keys = [key.as_dict(private=False) | {"kid": kid} for kid, key in self.keys.items()]
        return {"keys": keys}

    def token(self, *, key: str = "first", **changed: Any) -> str:
        """An access token; a claim that is `None` is left out."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": "a-user",
            "token_use": "access",
            "client_id": CLIENT,
            "scope": "openid orders/read",
            "iat": now,
            "exp": now + 3600,
        } | changed
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": key}, kept, self.keys[key])


@pytest.fixture
def pool() -> Iterator[Pool]:
    """An issuer on the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(issuer.answer(self.path)).encode()
            self.send_response_only(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serving(Handler) as url:
        issuer = Pool(url)
        yield issuer


@pytest.fixture
def configuration(pool: Pool) -> dict[str, str]:
    """What `oidc.json` contains, with the metadata of this issuer."""
    return {"authority": ISSUER, "client_id": CLIENT, "metadataUrl": pool.url}


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    """Packages of npm, with a library that does nothing."""
    library = tmp_path / LIBRARY
    library.parent.mkdir(parents=True)
    library.write_text("// oidc", encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(configuration: dict[str, str], node_modules: Path) -> FlaskClient:
    """Who asks the server."""
    return create_app(configuration, node_modules=node_modules).test_client()


def ask(client: FlaskClient, authorization: str | None) -> tuple[int, Any, str | None]:
    """Asks the protected route; gives status, answer and challenge."""
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = client.get("/api/orders", headers=headers)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json, answer.headers.get("WWW-Authenticate")


def test_a_token_of_the_page_is_accepted(client: FlaskClient, pool: Pool) -> None:
    status, said, challenge = ask(client, f"Bearer {pool.token()}")
    assert (status, said["user"], len(said["orders"]), challenge) == (200, "a-user", 3, None)
    assert ask(client, f"bearer {pool.token()}")[0] == 200
    assert pool.fetched == 1


@pytest.mark.parametrize("authorization", [None, "", "Basic YTpi"])
def test_no_token_is_asked_for_one(client: FlaskClient, authorization: str | None) -> None:
    """Without an error in the challenge (RFC 6750, section 3.1)."""
    status, said, challenge = ask(client, authorization)
    assert (status, challenge) == (401, REALM)
    assert said == {"error": None, "error_description": "No access token; sign in first."}


@pytest.mark.parametrize("authorization", ["Bearer", "Bearer ", "Bearer a b", "Bearer <token>"])
def test_a_header_without_a_token_is_a_bad_request(client: FlaskClient, authorization: str) -> None:
    status, said, challenge = ask(client, authorization)
    assert (status, said["error"]) == (400, "invalid_request")
    assert challenge == (
        f'{REALM}, error="invalid_request", error_description="The header has no token in it."'
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "another"},
        {"client_id": None},
        # An ID token, which names the client as aud.
        {"token_use": "id", "aud": CLIENT, "client_id": None},
        {"token_use": "id"},
        {"token_use": None},
        {"iss": f"{ISSUER}d"},
        {"iss": None},
        {"sub": None},
        {"exp": None},
        {"exp": "tomorrow"},
    ],
    ids=str,
)
def test_another_token_of_the_issuer_is_refused(
    client: FlaskClient, pool: Pool, changed: dict[str, Any]
) -> None:
    assert ask(client, f"Bearer {pool.token(**changed)}") == (
        401,
        {"error": "invalid_token", "error_description": NOT_OURS},
        f'{REALM}, error="invalid_token", error_description="{NOT_OURS}"',
    )


def test_an_expired_token_is_refused(client: FlaskClient, pool: Pool) -> None:
    """Half a minute later: clocks differ."""
    now = int(time.time())
    assert ask(client, f"Bearer {pool.token(exp=now - 10)}")[0] == 200
    status, said, challenge = ask(client, f"Bearer {pool.token(exp=now - 60)}")
    assert (status, said["error_description"]) == (401, "The access token has expired.")
    assert challenge is not None
    assert 'error="invalid_token"' in challenge


def test_a_token_of_another_signature_is_refused(client: FlaskClient, pool: Pool) -> None:
    good = pool.token()
    head, claims, signature = good.split(".")
    public = pool.keys["first"].as_pem(private=False)
    another = Pool("http://127.0.0.1")
    another.keys["first"] = key_named("another")  # under the same id
    forged = [
        another.token(),
        f"{head}.{claims}.{signature[::-1]}",
        f"{head}.{claims}.",
        with_public_key_as_secret(claims, public),
        f"{encoded(NO_ALGORITHM)}.{claims}.",
        "none",
    ]
    for token in forged:
        status, said, _ = ask(client, f"Bearer {token}")
        assert (status, said["error_description"]) == (401, NOT_OURS), token


@pytest.mark.parametrize(
    "head",
    [
        b"[]",
        b'{"alg": ["RS256"]}',
        b'{"alg": "RS256", "kid": "first", "crit": 1}',
        b'{"alg": "RS256", "kid": "first", "crit": [[]]}',
    ],
)
def test_any_text_as_header_of_a_token_is_refused(
    client: FlaskClient, pool: Pool, head: bytes
) -> None:
    _, claims, signature = pool.token().split(".")
    status, said, _ = ask(client, f"Bearer {encoded(head)}.{claims}.{signature}")
    assert (status, said["error_description"]) == (401, NOT_OURS)


def with_public_key_as_secret(claims: str, public: bytes) -> str:
    """A token that anybody can sign, for a server that lets the token choose the algorithm."""
    signed = f"{encoded(SHARED_SECRET)}.{claims}"
    return f"{signed}.{encoded(hmac.digest(public, signed.encode(), 'sha256'))}"


def encoded(part: bytes) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


@pytest.mark.parametrize("scope", ["openid", "orders/reads orders", "", None])
def test_a_token_without_the_scope_is_forbidden(
    client: FlaskClient, pool: Pool, scope: str | None
) -> None:
    status, said, challenge = ask(client, f"Bearer {pool.token(scope=scope)}")
    assert (status, said["error"]) == (403, "insufficient_scope")
    assert challenge == (
        f'{REALM}, error="insufficient_scope", '
        'error_description="The token lacks the scope orders/read.", scope="orders/read"'
    )


def test_a_new_key_of_the_pool_is_fetched_and_a_foreign_one_is_not_always(
    client: FlaskClient, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(client, f"Bearer {pool.token()}")[0] == 200
    pool.keys["second"] = key_named("second")
    second = f"Bearer {pool.token(key='second')}"
    assert ask(client, second)[0] == 401  # soon after the first fetch
    assert pool.fetched == 1
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert ask(client, second)[0] == 200
    assert pool.fetched == 2


def test_a_foreign_token_takes_no_known_key_away(
    client: FlaskClient, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the issuer cannot be read just then."""
    assert ask(client, f"Bearer {pool.token()}")[0] == 200
    pool.keys["second"] = key_named("second")
    foreign = f"Bearer {pool.token(key='second')}"
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    monkeypatch.setattr(pool, "answer", lambda _: [])
    assert ask(client, foreign)[0] == 503
    assert ask(client, f"Bearer {pool.token()}")[0] == 200


def test_keys_that_cannot_be_read_are_nobodys_token(
    configuration: dict[str, str], node_modules: Path, pool: Pool
) -> None:
    pool.metadata["jwks_uri"] = "http://127.0.0.1:1/keys"
    client = create_app(configuration, node_modules=node_modules).test_client()
    status, said, challenge = ask(client, f"Bearer {pool.token()}")
    assert (status, challenge) == (503, None)
    assert said == {"error_description": "The tokens cannot be checked now; try again later."}


@pytest.mark.parametrize("found", [{}, {"keys": []}, {"keys": None}, {"keys": [{"kty": "X"}]}])
def test_an_answer_without_keys_is_nobodys_token(
    client: FlaskClient, pool: Pool, monkeypatch: pytest.MonkeyPatch, found: dict[str, Any]
) -> None:
    """It takes no known key away."""
    good = f"Bearer {pool.token()}"
    with monkeypatch.context() as now:
        now.setattr(pool, "answer", lambda _: found)
        assert ask(client, good)[0] == 503
    assert ask(client, good)[0] == 200
    pool.keys["second"] = key_named("second")
    foreign = f"Bearer {pool.token(key='second')}"
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    monkeypatch.setattr(pool, "answer", lambda _: found)
    assert ask(client, foreign)[0] == 503
    assert ask(client, good)[0] == 200


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"jwks_uri": None}, "has no jwks_uri"),
        ({"issuer": f"{ISSUER}d"}, f"must describe the issuer {ISSUER}"),
        ({"token_endpoint": None}, "has no token_endpoint; the pool needs a domain"),
    ],
)
def test_the_metadata_of_another_issuer_stop_the_start(
    configuration: dict[str, str],
    node_modules: Path,
    pool: Pool,
    changed: dict[str, str | None],
    said: str,
) -> None:
    known = pool.metadata | changed
    pool.metadata = {name: value for name, value in known.items() if value is not None}
    with pytest.raises(ConfigurationError, match=said):
        create_app(configuration, node_modules=node_modules)


@pytest.mark.parametrize("content", ["", "[]", '{"authority": "https://a.example"}'])
def test_another_file_is_no_configuration(content: str, tmp_path: Path) -> None:
    file = tmp_path / "oidc.json"
    with pytest.raises(ConfigurationError, match=r"oidc\.json: is missing; README\.md says which"):
        read_configuration(file)
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="must have authority, client_id and redirect_uri"):
        read_configuration(file)


def test_an_issuer_without_tls_is_refused(node_modules: Path) -> None:
    configuration = {"authority": "http://issuer.example", "client_id": CLIENT}
    with pytest.raises(ConfigurationError, match="must begin with https://"):
        create_app(configuration, node_modules=node_modules)


def test_a_missing_library_is_named(configuration: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is missing; run `npm ci`"):
        create_app(configuration, node_modules=tmp_path)


def test_the_page_runs_its_own_scripts_alone(
    client: FlaskClient, configuration: dict[str, str]
) -> None:
    with client.get("/") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "https://acme.auth.eu-west-1.amazoncognito.com" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "<script>" not in answer.get_data(as_text=True)
        assert " style=" not in answer.get_data(as_text=True)
    with client.get("/oidc-client-ts.js") as answer:
        assert (answer.mimetype, answer.get_data(as_text=True)) == ("text/javascript", "// oidc")
    assert client.get("/oidc.json").json == configuration


@pytest.mark.parametrize(
    "path", ["/server.py", "/../server.py", "/%2e%2e/server.py", "/node_modules"]
)
def test_no_other_file_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
