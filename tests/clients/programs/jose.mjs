// jose: an API of any kind checks the tokens of its users, with what the configuration says.

import assert from "node:assert/strict";

import * as jose from "jose";

import { calls, configuration, runScenarios, scenario } from "./emulator.mjs";
import { signedIn } from "./tokens.mjs";

const spa = configuration("oidc.json");
const api = configuration("auth.json");

const keys = jose.createRemoteJWKSet(new URL(api.jwks_url));

// As the documentation of Cognito says: an ID token has an audience, an access token a client.
const checkId = (token, { issuer = api.issuer, audience = spa.client_id } = {}) =>
  jose.jwtVerify(token, keys, { issuer, audience, algorithms: ["RS256"] });

async function checkAccess(token, { issuer = api.issuer, clientId = spa.client_id } = {}) {
  const options = { issuer, algorithms: ["RS256"], requiredClaims: ["client_id"] };
  const verified = await jose.jwtVerify(token, keys, options);
  const { client_id, token_use } = verified.payload;
  if (client_id !== clientId || token_use !== "access") throw new Error("another client or use");
  return verified;
}

const claim = (name) => (thrown) => {
  assert.equal(thrown.code, "ERR_JWT_CLAIM_VALIDATION_FAILED");
  assert.equal(thrown.claim, name);
  return true;
};

scenario("tokens are accepted by the keys of the pool", async () => {
  const { id_token, access_token } = await signedIn();
  calls.length = 0;
  const { payload } = await checkId(id_token);
  assert.equal(payload.token_use, "id");
  const access = await checkAccess(access_token);
  assert.equal(access.payload.sub, payload.sub);
  assert.deepEqual(calls, ["json"]); // /.well-known/jwks.json, once
});

scenario("tokens for another client are refused", async () => {
  const { id_token, access_token } = await signedIn();
  await assert.rejects(checkId(id_token, { audience: api.user_pool_client_id }), claim("aud"));
  await assert.rejects(
    checkAccess(access_token, { clientId: api.user_pool_client_id }),
    /another client or use/,
  );
});

scenario("tokens of another issuer are refused", async () => {
  const { id_token, access_token } = await signedIn();
  const issuer = `${api.issuer.slice(0, -1)}_`;
  await assert.rejects(checkId(id_token, { issuer }), claim("iss"));
  await assert.rejects(checkAccess(access_token, { issuer }), claim("iss"));
});

scenario("one kind of token does not pass for the other", async () => {
  const { id_token, access_token } = await signedIn();
  await assert.rejects(checkAccess(id_token), claim("client_id"));
  await assert.rejects(checkId(access_token), claim("aud"));
});

scenario("a changed token and one without a signature are refused", async () => {
  const { id_token } = await signedIn();
  const [header, payload, signature] = id_token.split(".");
  const claims = { ...jose.decodeJwt(id_token), email: "x@y.example" };
  const forged = jose.base64url.encode(JSON.stringify(claims));
  await assert.rejects(checkId([header, forged, signature].join(".")), {
    code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
  });
  await assert.rejects(checkId(new jose.UnsecuredJWT(claims).encode()));
  await assert.rejects(checkId([header, payload, ""].join(".")));
});

await runScenarios();
