// People of a company sign in through its SAML provider, which samlify is here, to an application,
// which openid-client is.

import assert from "node:assert/strict";

import * as openid from "openid-client";

import { configuration, runScenarios, scenario } from "./emulator.mjs";
import { Browser } from "./pages.mjs";
import { foreign, provider, respond, signInUrl } from "./saml_provider.mjs";

const application = configuration("workforce.json");
const { engineers, support } = application.groups;

const discover = () =>
  openid.discovery(
    new URL(application.issuer),
    application.client_id,
    undefined,
    openid.ClientSecretBasic(application.client_secret),
  );

// Sends a new browser from the application to the provider; gives what the provider is asked.
async function begin(config, more = {}) {
  const verifier = openid.randomPKCECodeVerifier();
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: openid.randomState(),
    expectedNonce: openid.randomNonce(),
  };
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: application.redirect_uri,
    scope: "openid email profile",
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...more,
  });
  const browser = new Browser();
  const asked = new URL((await browser.open(url.href)).url);
  assert.equal(asked.origin + asked.pathname, signInUrl);
  return { asked, browser, checks };
}

// Comes back from the provider with its response.
async function comeBack({ asked, browser }, response) {
  const form = { SAMLResponse: response, RelayState: asked.searchParams.get("RelayState") };
  const body = new URLSearchParams(form);
  return new URL((await browser.open(application.acs_url, { method: "POST", body })).url);
}

async function signIn(config, person, more) {
  const begun = await begin(config, more);
  const back = await comeBack(begun, await respond(application, begun.asked, person));
  assert.equal(back.searchParams.get("error_description"), null);
  const tokens = await openid.authorizationCodeGrant(config, back, begun.checks);
  return { ...begun, claims: tokens.claims(), tokens };
}

// What the application is told of a response that Cognito refuses.
async function refused(change, by = provider) {
  const config = await discover();
  const begun = await begin(config);
  const person = { subject: "mallory", email: "mallory@acme.example", groups: [engineers] };
  const back = await comeBack(begun, await respond(application, begun.asked, person, change, by));
  await assert.rejects(
    openid.authorizationCodeGrant(config, back, begun.checks),
    ({ error }) => error === "server_error",
  );
  return back.searchParams.get("error_description");
}

const ann = { subject: "3f0c-ann", email: "ann@acme.example", groups: [engineers, support] };

scenario("a person signs in at the provider, and the ID token contains the groups", async () => {
  const { claims } = await signIn(await discover(), ann);
  assert.equal(claims["cognito:username"], "identity-center_3f0c-ann");
  assert.equal(claims.email, ann.email);
  assert.equal(claims["custom:groups"], `[${engineers}, ${support}]`);
  assert.equal(claims.identities[0].providerName, "identity-center");
});

scenario("the next sign-in has the groups and the address of that day", async () => {
  const config = await discover();
  const bob = { subject: "77aa-bob", email: "bob@acme.example", groups: [engineers, support] };
  const before = (await signIn(config, bob)).claims;
  const after = (await signIn(config, { ...bob, email: "rob@acme.example", groups: [support] })).claims;
  assert.equal(after.sub, before.sub);
  assert.equal(after.email, "rob@acme.example");
  assert.equal(after["custom:groups"], support);
});

scenario("the name of the provider and the domain of the company lead there, too", async () => {
  const config = await discover();
  for (const more of [{ identity_provider: "identity-center" }, { idp_identifier: "acme.example" }]) {
    assert.equal((await signIn(config, ann, more)).claims.email, ann.email);
  }
});

scenario("a refresh keeps the groups", async () => {
  const config = await discover();
  const { tokens } = await signIn(config, ann);
  const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token);
  assert.equal(fresh.claims()["custom:groups"], `[${engineers}, ${support}]`);
});

scenario("a browser stays signed in until the sign-out", async () => {
  const config = await discover();
  const { browser } = await signIn(config, ann);
  const request = { redirect_uri: application.redirect_uri, scope: "openid", prompt: "none" };
  const silent = () => browser.open(openid.buildAuthorizationUrl(config, request).href);
  assert.ok(new URL((await silent()).url).searchParams.get("code"));
  const out = new URL(config.serverMetadata().end_session_endpoint);
  out.searchParams.set("client_id", application.client_id);
  out.searchParams.set("logout_uri", application.logout_uri);
  assert.equal((await browser.open(out.href)).url, application.logout_uri);
  assert.equal(new URL((await silent()).url).searchParams.get("error"), "login_required");
});

scenario("a response for another user pool is refused", async () => {
  const told = await refused({ Audience: "urn:amazon:cognito:sp:eu-west-1_another" });
  assert.match(told, /^Invalid SAML response received: Audience restriction/);
});

scenario("a response that is not signed is refused", async () => {
  const told = await refused({ unsigned: true });
  assert.equal(told, "Invalid SAML response received: SAML Assertion signature is invalid.");
});

scenario("a response that somebody else signed is refused", async () => {
  const told = await refused({}, foreign);
  assert.equal(told, "Invalid SAML response received: SAML Assertion signature is invalid.");
});

scenario("a response that has expired is refused", async () => {
  const past = new Date(Date.now() - 1000).toISOString();
  const told = await refused({
    ConditionsNotOnOrAfter: past,
    SubjectConfirmationDataNotOnOrAfter: past,
  });
  assert.equal(told, "Invalid SAML response received: SAML Assertion is expired");
});

scenario("a response is good once", async () => {
  const config = await discover();
  const begun = await begin(config);
  const response = await respond(application, begun.asked, ann);
  assert.ok((await comeBack(begun, response)).searchParams.get("code"));
  const again = await comeBack(begun, response);
  assert.equal(again.host, new URL(application.acs_url).host);
  assert.match(again.searchParams.get("error"), /relayState/);
  const later = await comeBack(await begin(config), response);
  assert.match(later.searchParams.get("error_description"), /InResponseTo/);
});

await runScenarios();
