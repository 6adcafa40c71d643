// The tokens of a user of the application in a browser, which other programs check.

import * as openid from "openid-client";

import { configuration } from "./emulator.mjs";
import { Browser, newUser } from "./pages.mjs";

const spa = configuration("oidc.json");

let tokens;

// Signs a user in, once.
export async function signedIn() {
  if (tokens) return tokens;
  const config = await openid.discovery(new URL(spa.authority), spa.client_id, undefined, openid.None());
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: spa.redirect_uri,
    scope: spa.scope,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
  });
  const back = await new Browser().signIn(url.href, await newUser(spa.client_id));
  tokens = await openid.authorizationCodeGrant(config, new URL(back.url), { pkceCodeVerifier });
  return tokens;
}
