// aws-jwt-verify: an API checks the tokens of its users, with what the configuration says.

import assert from "node:assert/strict";

import { CognitoJwtVerifier } from "aws-jwt-verify";
import * as refused from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import * as openid from "openid-client";

import { configuration, runScenarios, scenario } from "./emulator.mjs";
import { signedIn } from "./tokens.mjs";

const spa = configuration("oidc.json");
const api = configuration("auth.json");
const program = configuration("job.json");

const fetched = [];
const jwksCache = new SimpleJwksCache({
  fetcher: {
    fetch: async (url) => {
      fetched.push(url);
      return (await fetch(url)).arrayBuffer();
    },
  },
});

const verifier = (tokenUse, clientId, more = {}) =>
  CognitoJwtVerifier.create({ userPoolId: api.user_pool_id, tokenUse, clientId, ...more }, { jwksCache });

scenario("tokens of the pool are accepted, by the keys at the URL of the configuration", async () => {
  const { id_token, access_token } = await signedIn();
  const identity = await verifier("id", spa.client_id).verify(id_token);
  assert.equal(identity.aud, spa.client_id);
  const access = await verifier("access", spa.client_id, { scope: "email" }).verify(access_token);
  assert.equal(access.sub, identity.sub);
  assert.deepEqual(fetched, [api.jwks_url]);
});

scenario("tokens for another client, another use or another scope are refused", async () => {
  const { id_token, access_token } = await signedIn();
  await assert.rejects(verifier("id", api.user_pool_client_id).verify(id_token), refused.CognitoJwtInvalidClientIdError);
  await assert.rejects(verifier("access", spa.client_id).verify(id_token), refused.CognitoJwtInvalidTokenUseError);
  await assert.rejects(
    verifier("access", spa.client_id, { scope: "api/read" }).verify(access_token),
    refused.JwtInvalidScopeError,
  );
});

scenario("a changed token is refused", async () => {
  const { id_token } = await signedIn();
  const [header, payload, signature] = id_token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url"));
  const forged = Buffer.from(JSON.stringify({ ...claims, email: "x@y.example" })).toString("base64url");
  await assert.rejects(
    verifier("id", spa.client_id).verify([header, forged, signature].join(".")),
    refused.JwtInvalidSignatureError,
  );
});

scenario("the token of a program is accepted for its scope", async () => {
  const config = await openid.discovery(
    new URL(spa.authority),
    program.id,
    undefined,
    openid.ClientSecretBasic(program.secret),
  );
  const { access_token } = await openid.clientCredentialsGrant(config, { scope: "api/read" });
  const claims = await verifier("access", program.id, { scope: "api/read" }).verify(access_token);
  assert.equal(claims.client_id, program.id);
});

await runScenarios();
