// Tokens of users of the application in a browser, for programs that check or use them.

import * as openid from "openid-client";

import { configuration } from "./emulator.mjs";
import { Browser, newUser } from "./pages.mjs";

const spa = configuration("oidc.json");

// The tokens of a user of the pool, who signs in at the client of a configuration.
export async function tokensFor(client, username) {
  const config = await openid.discovery(new URL(client.authority), client.client_id, undefined, openid.None());
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: client.redirect_uri,
    scope: client.scope,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const back = await new Browser().signIn(url.href, username);
  return openid.authorizationCodeGrant(config, new URL(back.url), { pkceCodeVerifier });
}

let tokens;

// Those of one user, who signs in once.
export async function signedIn() {
  tokens ??= await tokensFor(spa, await newUser(spa.client_id));
  return tokens;
}
