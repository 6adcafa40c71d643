// Libraries for OpenID Connect at the sign-in pages: openid-client 6 and oidc-client-ts 3.

import assert from "node:assert/strict";

import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from "oidc-client-ts";
import * as openid from "openid-client";

import { calls, configuration, runScenarios, scenario, text } from "./emulator.mjs";
import { Browser, newUser } from "./pages.mjs";

const spa = configuration("oidc.json");
const api = configuration("auth.json");
const program = configuration("job.json");
const server = Object.fromEntries(
  text("server.env")
    .trim()
    .split("\n")
    .map((line) => line.split(/=(.*)/s).slice(0, 2)),
);

const named = (error) => (thrown) => {
  assert.equal(thrown.error, error);
  return true;
};

// Signs a user in with openid-client, as the page of its documentation does.
async function codeFlow(config, { redirect_uri, scope, username, browser = new Browser() }) {
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri,
    scope,
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const back = new URL((await browser.signIn(url.href, username)).url);
  assert.equal(back.origin + back.pathname, redirect_uri);
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
  return { back, checks, tokens: await openid.authorizationCodeGrant(config, back, checks) };
}

scenario("openid-client signs in with a code and PKCE, without a secret", async () => {
  const config = await openid.discovery(new URL(spa.authority), spa.client_id, undefined, openid.None());
  assert.equal(config.serverMetadata().issuer, spa.authority);
  const username = await newUser(spa.client_id);
  const { tokens, back, checks } = await codeFlow(config, { ...spa, username });
  const claims = tokens.claims();
  assert.equal(claims.email, username);
  assert.equal(claims.email_verified, true);
  assert.deepEqual(tokens.scope, undefined);
  const user = await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.equal(user.email, username);
  await assert.rejects(openid.authorizationCodeGrant(config, back, checks), named("invalid_grant"));
});

scenario("openid-client refuses an answer to another request", async () => {
  const config = await openid.discovery(new URL(spa.authority), spa.client_id, undefined, openid.None());
  const username = await newUser(spa.client_id);
  const verifier = openid.randomPKCECodeVerifier();
  const code_challenge = await openid.calculatePKCECodeChallenge(verifier);
  const { redirect_uri, scope } = spa;
  for (const [sent, expected] of [
    [{ state: "one", nonce: "one" }, { expectedState: "another", expectedNonce: "one" }],
    [{ state: "one", nonce: "one" }, { expectedState: "one", expectedNonce: "another" }],
  ]) {
    const url = openid.buildAuthorizationUrl(config, {
      ...{ redirect_uri, scope, code_challenge, code_challenge_method: "S256" },
      ...sent,
    });
    const back = new URL((await new Browser().signIn(url.href, username)).url);
    await assert.rejects(
      openid.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, ...expected }),
      ({ message, cause }) => {
        assert.match(`${message} ${cause?.message}`, /unexpected .*(state|nonce)/);
        return true;
      },
    );
  }
});

scenario("openid-client refreshes with rotation, and revokes", async () => {
  const config = await openid.discovery(new URL(spa.authority), spa.client_id, undefined, openid.None());
  const username = await newUser(spa.client_id);
  const { tokens } = await codeFlow(config, { ...spa, username });
  const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(fresh.refresh_token, tokens.refresh_token);
  assert.equal(fresh.claims().sub, tokens.claims().sub);
  await openid.tokenRevocation(config, fresh.refresh_token);
  await assert.rejects(openid.refreshTokenGrant(config, fresh.refresh_token), named("invalid_grant"));
});

scenario("openid-client signs in at the client with a secret", async () => {
  const { AUTH_COGNITO_ID: id, AUTH_COGNITO_SECRET: secret, AUTH_COGNITO_ISSUER: issuer } = server;
  assert.equal(id, api.user_pool_client_id);
  const username = await newUser(spa.client_id);
  const request = { redirect_uri: api.callback_urls[0], scope: api.scopes.join(" "), username };
  for (const proof of [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)]) {
    const config = await openid.discovery(new URL(issuer), id, undefined, proof);
    const { tokens } = await codeFlow(config, request);
    assert.equal(tokens.claims().email, username);
  }
  const wrong = await openid.discovery(new URL(issuer), id, undefined, openid.ClientSecretPost("x"));
  await assert.rejects(codeFlow(wrong, request), named("invalid_client"));
});

scenario("openid-client gets a token for a program", async () => {
  const config = await openid.discovery(
    new URL(spa.authority),
    program.id,
    undefined,
    openid.ClientSecretBasic(program.secret),
  );
  const tokens = await openid.clientCredentialsGrant(config, { scope: "api/read" });
  assert.equal(tokens.token_type, "bearer");
  await assert.rejects(
    openid.clientCredentialsGrant(config, { scope: "api/write" }),
    named("invalid_scope"),
  );
});

scenario("a foreign URL gets no code", async () => {
  const config = await openid.discovery(new URL(spa.authority), spa.client_id, undefined, openid.None());
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: "https://evil.example/",
    scope: spa.scope,
  });
  const shown = await new Browser().open(url.href);
  assert.equal(shown.status, 400);
  assert.equal(new URL(shown.url).host, url.host);
});

scenario("oidc-client-ts signs in, refreshes and signs out with the file", async () => {
  const store = new WebStorageStateStore({ store: new InMemoryWebStorage() });
  const client = new OidcClient({ ...spa, stateStore: store });
  const username = await newUser(spa.client_id);
  const browser = new Browser();
  const request = await client.createSigninRequest({ state: { page: "/orders" } });
  assert.equal(new URL(request.url).searchParams.get("code_challenge_method"), "S256");
  const back = await browser.signIn(request.url, username);
  const answer = await client.processSigninResponse(back.url);
  assert.equal(answer.profile.email, username);
  assert.deepEqual(answer.userState, { page: "/orders" });
  // The state was for one answer.
  await assert.rejects(client.processSigninResponse(back.url), /No matching state found/);

  calls.length = 0;
  const fresh = await client.useRefreshToken({
    state: {
      refresh_token: answer.refresh_token,
      id_token: answer.id_token,
      session_state: null,
      scope: answer.scope,
      profile: answer.profile,
      data: undefined,
    },
  });
  assert.deepEqual(calls, ["/oauth2/token"]);
  assert.notEqual(fresh.refresh_token, answer.refresh_token);

  // As docs/app_configuration.md says: the page for sign-out has parameters of its own.
  const out = await client.createSignoutRequest({
    extraQueryParams: { client_id: spa.client_id, logout_uri: spa.post_logout_redirect_uri },
  });
  assert.equal((await browser.open(out.url)).url, spa.post_logout_redirect_uri);
  const again = await client.createSigninRequest({ prompt: "none" });
  const refused = new URL((await browser.open(again.url)).url);
  assert.equal(refused.searchParams.get("error"), "login_required");
});

await runScenarios();
