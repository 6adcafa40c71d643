"""Users sign in through a SAML provider, and nobody does with what the provider did not say."""

import copy
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import etree  # type: ignore[import-untyped] # its types are a package of their own

from tests.emulator import Emulator
from tests.emulator.tests.browser import Browser, Page
from tests.emulator.tests.conftest import REGION
from tests.emulator.tests.people import People
from tests.emulator.tests.saml_provider import (
    ENTITY_ID,
    SIGN_IN_URL,
    SIGN_OUT_URL,
    Element,
    Response,
    SamlProvider,
    SamlRequest,
    encoded,
    now,
)
from tests.emulator.tests.test_pages import CALLBACK, LOGOUT, Site, open_pages

DOMAIN = "saml"
HOST = f"{DOMAIN}.auth.{REGION}.amazoncognito.com"
ACS = f"https://{HOST}/saml2/idpresponse"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
NAMES = {"saml": SAML, "ds": "http://www.w3.org/2000/09/xmldsig#"}
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A pool whose people sign in at the company's own provider.

    Attributes:
        site: The pool with its pages.
        provider: The company's provider.
    """

    site: Site
    provider: SamlProvider

    @property
    def audience(self) -> str:
        """The pool, as a service provider."""
        return f"urn:amazon:cognito:sp:{self.site.people.pool_id}"

    def begin(self, **changed: str) -> tuple[Browser, SamlRequest]:
        """Sends a new browser to the provider."""
        browser = Browser(self.site.people.emulator, HOST)
        asked = {"identity_provider": "company", "scope": "openid profile", **changed}
        page = browser.open("/oauth2/authorize", self.site.request(**asked))
        assert page.url.startswith(f"{SIGN_IN_URL}?"), page.url
        return browser, SamlRequest.of(page.url)

    def response(self, request: SamlRequest | None, **changed: Any) -> Response:
        """What the provider answers, with changes."""
        right = {
            "audience": self.audience,
            "recipient": ACS,
            "request_id": None if request is None else request["ID"],
            "id": f"_{next(_numbers)}",
            "attributes": {"mail": ["ann@acme.example"]},
        }
        return Response(**(right | changed))

    def finish(self, browser: Browser, relay_state: str, document: Element | str) -> Page:
        """Posts a response."""
        return browser.post(
            "/saml2/idpresponse", {"SAMLResponse": encoded(document), "RelayState": relay_state}
        )

    def sign_in(self, **changed: Any) -> Page:
        """Signs in with a response that has changes."""
        browser, request = self.begin()
        signed = self.provider.signed(self.response(request, **changed))
        return self.finish(browser, request.relay_state, signed)

    def refusal(self, page: Page) -> str:
        """What the application is told of a refused response."""
        assert page.url.startswith(f"{CALLBACK}?"), page.url
        assert (page.query["error"], page.query["state"]) == ("server_error", "a state")
        prefix = "Invalid SAML response received: "
        assert page.query["error_description"].startswith(prefix)
        return page.query["error_description"].removeprefix(prefix)

    def claims(self, page: Page) -> dict[str, Any]:
        """The claims of the ID token that a code is for."""
        return self.site.claims(self.site.exchange(page.query["code"], host=HOST)["id_token"])


def company_of(emulator: Emulator, domain: str, **details: str) -> Company:
    """A pool with a provider named `company`, and one with no other."""
    provider = SamlProvider()
    people = People(
        emulator,
        Schema=[
            {"Name": "email", "AttributeDataType": "String", "Required": True},
            {"Name": "groups", "AttributeDataType": "String", "Mutable": True},
        ],
    )
    people.cognito.create_identity_provider(
        UserPoolId=people.pool_id,
        ProviderName="company",
        ProviderType="SAML",
        ProviderDetails={"MetadataFile": provider.metadata(), **details},
        AttributeMapping={"email": "mail", "custom:groups": "memberOf", "name": "displayName"},
        IdpIdentifiers=["acme.example"],
    )
    return Company(site=open_pages(people, domain, ["COGNITO", "company"]), provider=provider)


@pytest.fixture(scope="module")
def company(emulator: Emulator) -> Company:
    """A company, and its pool."""
    return company_of(emulator, DOMAIN)


def test_the_provider_is_asked_by_the_redirect_binding(company: Company) -> None:
    """With what its metadata must know, and nothing that identifies the application."""
    _, request = company.begin()
    assert (request.issuer, request["Destination"]) == (company.audience, SIGN_IN_URL)
    assert request["AssertionConsumerServiceURL"] == ACS
    assert request["ID"].startswith("_")
    assert "a state" not in request.relay_state
    assert "Signature" not in request.query


@pytest.mark.parametrize("signs", [("Assertion",), ("Response",), ("Assertion", "Response")])
def test_a_user_of_the_provider_gets_tokens(signs: tuple[str, ...], company: Company) -> None:
    """Whatever the provider signs."""
    subject = f"user{next(_numbers)}"
    attributes = {"mail": [f"{subject}@acme.example"], "memberOf": ["Engineers", "On Call"]}
    page = company.sign_in(subject=subject, attributes=attributes, signs=signs)
    assert page.query["state"] == "a state"
    claims = company.claims(page)
    assert claims["cognito:username"] == f"company_{subject}"
    assert (claims["email"], claims["email_verified"]) == (f"{subject}@acme.example", False)
    assert claims["custom:groups"] == "[Engineers, On+Call]"
    assert claims["cognito:groups"] == [f"{company.site.people.pool_id}_company"]
    (identity,) = claims["identities"]
    assert identity.pop("dateCreated").isdigit()
    assert identity == {
        "userId": subject,
        "providerName": "company",
        "providerType": "SAML",
        "issuer": ENTITY_ID,
        "primary": "true",
    }


def test_each_sign_in_writes_the_attributes_again(company: Company) -> None:
    """What the provider no longer sends is gone."""
    first = {"mail": ["eva@acme.example"], "displayName": ["Eva"], "memberOf": ["Support"]}
    before = company.claims(company.sign_in(subject="eva", attributes=first))
    second = {"mail": ["eva@acme.example"], "displayName": ["Eva Evans"]}
    after = company.claims(company.sign_in(subject="eva", attributes=second))
    assert (before["name"], before["custom:groups"]) == ("Eva", "Support")
    assert (after["name"], "custom:groups" in after) == ("Eva Evans", False)
    assert after["sub"] == before["sub"]
    user = company.site.people.cognito.admin_get_user(
        UserPoolId=company.site.people.pool_id, Username="company_eva"
    )
    assert user["UserStatus"] == "EXTERNAL_PROVIDER"


def test_the_login_page_offers_the_provider(company: Company) -> None:
    browser = Browser(company.site.people.emulator, HOST)
    browser.open("/oauth2/authorize", company.site.request())
    page = browser.click("company")
    assert page.url.startswith(f"{SIGN_IN_URL}?")


def test_an_identifier_leads_to_its_provider(company: Company) -> None:
    company.begin(identity_provider="", idp_identifier="acme.example")


@pytest.mark.parametrize("asked", ["identity_provider", "idp_identifier"])
def test_an_unknown_provider_is_refused(asked: str, company: Company) -> None:
    browser = Browser(company.site.people.emulator, HOST)
    page = browser.open("/oauth2/authorize", company.site.request(**{asked: "elsewhere"}))
    assert (page.status, page.query["error"]) == (
        400,
        "Login option is not available. Please try another one",
    )


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"audience": "urn:amazon:cognito:sp:eu-west-1_other"}, "Audience restriction in SAML"),
        ({"recipient": "https://other.example/saml2/idpresponse"}, "Response is not for this"),
        ({"request_id": "_another"}, "InResponseTo is not the id of the request"),
        ({"request_id": None}, "InResponseTo is not the id of the request"),
        ({"ends": now(minutes=1)}, "SAML Assertion is expired"),
        ({"begins": now(minutes=-999), "ends": now(minutes=-1999)}, "SAML Assertion is not yet"),
        ({"issuer": "https://other.example/"}, "Issuer is not the identity provider"),
        ({"status": "Responder"}, "Status of the response is not success"),
        ({"signs": ()}, "SAML Assertion signature is invalid."),
        ({"subject": "ann</saml:NameID><saml:NameID>eve"}, "NameID: there must be one"),
        ({"attributes": {}}, "Invalid user attributes: email: The attribute is required"),
    ],
)
def test_a_wrong_response_is_refused(changed: dict[str, Any], error: str, company: Company) -> None:
    """And the application is told why."""
    subject = changed.get("subject", "refused")
    page = company.sign_in(**{"subject": subject, **changed})
    assert company.refusal(page).startswith(error)
    users = company.site.people.cognito.list_users(UserPoolId=company.site.people.pool_id)
    assert not [user for user in users["Users"] if user["Username"] == "company_refused"]


def test_the_signature_of_another_provider_is_refused(company: Company) -> None:
    browser, request = company.begin()
    foreign = SamlProvider().signed(company.response(request))
    page = company.finish(browser, request.relay_state, foreign)
    assert company.refusal(page) == "SAML Assertion signature is invalid."


@pytest.mark.parametrize("signs", [("Assertion",), ("Response",)])
def test_a_changed_response_is_refused(signs: tuple[str, ...], company: Company) -> None:
    browser, request = company.begin()
    signed = company.provider.signed(company.response(request, signs=signs))
    signed.find(".//saml:NameID", NAMES).text = "admin"
    page = company.finish(browser, request.relay_state, signed)
    assert company.refusal(page) == "SAML Assertion signature is invalid."


def forged(signed: Element) -> Element:
    """The assertion of a signed response, without its signature and about somebody else."""
    evil = copy.deepcopy(signed.find("saml:Assertion", NAMES))
    evil.remove(evil.find("ds:Signature", NAMES))
    evil.find("saml:Subject/saml:NameID", NAMES).text = "admin"
    return evil


def beside(signed: Element) -> Element:
    """The forged assertion stands before the signed one."""
    evil = forged(signed)
    evil.set("ID", "_evil")
    signed.insert(2, evil)
    return signed


def around(signed: Element) -> Element:
    """The forged assertion has the signature, and hides what was signed inside of it."""
    evil = forged(signed)
    evil.set("ID", "_evil")
    original = signed.find("saml:Assertion", NAMES)
    signature = original.find("ds:Signature", NAMES)
    signed.replace(original, evil)
    evil.insert(1, signature)
    original_without = copy.deepcopy(original)
    etree.SubElement(signature, f"{{{NAMES['ds']}}}Object").append(original_without)
    return signed


def hidden(signed: Element) -> Element:
    """The signed assertion is in an extension of the response, and the forged one in its place."""
    evil = forged(signed)
    original = signed.find("saml:Assertion", NAMES)
    signed.replace(original, evil)
    etree.SubElement(signed, "{urn:oasis:names:tc:SAML:2.0:protocol}Extensions").append(original)
    return signed


def same_id(signed: Element) -> Element:
    """Another element has the id of the signed assertion."""
    signed.insert(0, etree.Element("evil", ID=signed.find("saml:Assertion", NAMES).get("ID")))
    return signed


@pytest.mark.parametrize("wrap", [beside, around, hidden, same_id])
def test_a_wrapped_signature_is_refused(wrap: Any, company: Company) -> None:
    """It is right, but covers something else than what would be read."""
    browser, request = company.begin()
    signed = company.provider.signed(company.response(request))
    page = company.finish(browser, request.relay_state, wrap(signed))
    assert "code" not in page.query
    assert company.refusal(page)


def test_a_comment_does_not_shorten_a_name(company: Company) -> None:
    """Text ends at a comment for some readers of XML, and canonical XML has no comments."""
    browser, request = company.begin()
    signed = company.provider.signed(company.response(request, subject="ann.evil"))
    text = etree.tostring(signed).decode().replace("ann.evil", "ann<!-- -->.evil")
    page = company.finish(browser, request.relay_state, text)
    assert company.claims(page)["cognito:username"] == "company_ann.evil"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_a_document_type_is_refused(prolog: str, company: Company) -> None:
    """So that no entity is read from elsewhere, and none grows."""
    browser, request = company.begin()
    signed = etree.tostring(company.provider.signed(company.response(request))).decode()
    text = prolog + signed.replace("ann<", "ann&e;<" if "ENTITY" in prolog else "ann<")
    page = company.finish(browser, request.relay_state, text)
    assert company.refusal(page) in {"A document type is not allowed", "Not an XML document"}


def test_a_response_is_good_once(company: Company) -> None:
    """Neither with its own state nor with that of another sign-in."""
    browser, request = company.begin()
    signed = company.provider.signed(company.response(request))
    assert "code" in company.finish(browser, request.relay_state, signed).query
    again = company.finish(browser, request.relay_state, signed)
    assert again.query["error"] == "Invalid samlResponse or relayState from identity provider"
    other, later = company.begin()
    page = company.finish(other, later.relay_state, signed)
    assert company.refusal(page) == "InResponseTo is not the id of the request"


def test_a_response_in_another_browser_is_refused(company: Company) -> None:
    """So that nobody is signed in as somebody else without noticing."""
    _, request = company.begin()
    signed = company.provider.signed(company.response(request))
    victim = Browser(company.site.people.emulator, HOST)
    page = company.finish(victim, request.relay_state, signed)
    assert (page.status, "code" in page.query) == (400, False)


def test_a_disabled_user_is_refused(company: Company) -> None:
    assert "code" in company.sign_in(subject="gone").query
    company.site.people.cognito.admin_disable_user(
        UserPoolId=company.site.people.pool_id, Username="company_gone"
    )
    page = company.sign_in(subject="gone")
    assert page.query["error_description"] == "User is not enabled"


@pytest.fixture(scope="module")
def open_company(emulator: Emulator) -> Company:
    """A pool where a sign-in may begin at the provider, and a sign-out ends there."""
    details = {"IDPInit": "true", "IDPSignout": "true", "RequestSigningAlgorithm": "rsa-sha256"}
    return company_of(emulator, "saml-open", **details)


def test_a_sign_in_begins_at_the_provider_where_the_pool_allows_it(
    company: Company, open_company: Company
) -> None:
    """Each assertion is then good once, for nothing else ties it to a request."""
    for each, host, is_allowed in (
        (company, HOST, False),
        (open_company, HOST.replace("saml", "saml-open"), True),
    ):
        browser = Browser(each.site.people.emulator, host)
        url = f"https://{host}/saml2/idpresponse"
        response = each.response(None, recipient=url)
        signed = each.provider.signed(response)
        asked = each.site.request(identity_provider="company")
        page = each.finish(browser, urlencode(asked), signed)
        assert ("code" in page.query) == is_allowed
    again = open_company.finish(browser, urlencode(asked), signed)
    assert open_company.refusal(again) == "SAML Assertion has been used before"


def test_a_sign_out_goes_by_the_provider_where_the_pool_wants_it(open_company: Company) -> None:
    """The pool has signed both requests, of the sign-in as its provider wants it."""
    host = HOST.replace("saml", "saml-open")
    browser = Browser(open_company.site.people.emulator, host)
    asked = open_company.site.request(identity_provider="company")
    request = SamlRequest.of(browser.open("/oauth2/authorize", asked).url)
    response = open_company.response(request, recipient=f"https://{host}/saml2/idpresponse")
    open_company.finish(browser, request.relay_state, open_company.provider.signed(response))
    query = {"client_id": open_company.site.people.client_id, "logout_uri": LOGOUT}
    away = browser.open("/logout", query)
    assert away.url.startswith(f"{SIGN_OUT_URL}?")
    sign_out = SamlRequest.of(away.url)
    assert sign_out.root.findtext("saml:NameID", namespaces=NAMES) == "ann"
    certificate = open_company.site.people.cognito.get_signing_certificate(
        UserPoolId=open_company.site.people.pool_id
    )["Certificate"]
    for each in (request, sign_out):
        each.check_signature(certificate)
    assert browser.post("/saml2/logout", {"RelayState": sign_out.relay_state}).url == LOGOUT
    silent = browser.open("/oauth2/authorize", open_company.site.request(prompt="none"))
    assert silent.query["error"] == "login_required"
