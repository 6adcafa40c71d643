// Libraries for browsers in Chromium, at the sign-in pages; they meet TLS, cookies and CORS.

import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";

import { build } from "esbuild";
import puppeteer from "puppeteer-core";

import { call, configuration, password, region, runScenarios, scenario, text } from "./emulator.mjs";
import { newUser } from "./pages.mjs";
import { tokensFor } from "./tokens.mjs";

const spa = configuration("oidc.json");
const { auth } = configuration("amplify_outputs.json");
const home = spa.redirect_uri;

const listening = (server) =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

// Stands for every host of Cognito, with a certificate of its own.
const emulator = new URL(process.env.EMULATOR);
const cognito = https.createServer(
  { key: text("key.pem"), cert: text("certificate.pem") },
  (request, answer) => {
    const sent = http.request(
      {
        host: emulator.hostname,
        port: emulator.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (received) => {
        answer.writeHead(received.statusCode, received.rawHeaders);
        received.pipe(answer);
      },
    );
    request.pipe(sent);
  },
);

const bundle = await build({
  entryPoints: ["application.mjs"],
  bundle: true,
  format: "esm",
  platform: "browser",
  write: false,
  logLevel: "error",
});
const application = http.createServer((request, answer) => {
  const isScript = request.url === "/application.js";
  answer.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
  answer.end(
    isScript
      ? bundle.outputFiles[0].contents
      : "<!doctype html><title>App</title><script type=module src=/application.js></script>",
  );
});

const [cognitoPort, applicationPort] = [await listening(cognito), await listening(application)];
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  acceptInsecureCerts: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    // The names of the application and of Cognito lead here, and there is no other host.
    `--host-resolver-rules=MAP ${new URL(home).host} 127.0.0.1:${applicationPort}, ` +
      `MAP *.amazoncognito.com:443 127.0.0.1:${cognitoPort}, ` +
      `MAP *.amazonaws.com:443 127.0.0.1:${cognitoPort}, ` +
      "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ],
});

// A window with cookies and storage of its own, at the application.
async function newPage() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await open(page, home);
  return Object.assign(page, { problems });
}

async function open(page, url) {
  await page.goto(url);
  await ready(page);
}

const ready = (page) => page.waitForFunction(() => globalThis.application !== undefined);

// Fills the form of the sign-in page, and waits until the browser is at the application again.
async function signIn(page, username) {
  await page.waitForSelector('input[name="username"]');
  assert.equal(new URL(page.url()).host, auth.oauth.domain);
  await page.type('input[name="username"]', username);
  await page.type('input[name="password"]', password);
  await Promise.all([
    page.waitForNavigation({ waitUntil: "load" }),
    page.click('button[type="submit"]'),
  ]);
  assert.equal(new URL(page.url()).origin, new URL(home).origin, page.url());
  await ready(page);
}

// An authenticator that the window has, and a user who touches it whenever it asks.
async function newAuthenticator(page) {
  const devtools = await page.createCDPSession();
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return { devtools, authenticatorId };
}

scenario("aws-amplify signs in with redirect, and out, in a browser", async () => {
  const username = await newUser(spa.client_id);
  const page = await newPage();
  assert.equal(await page.evaluate(() => application.session()), null);
  await page.evaluate(() => void application.auth.signInWithRedirect());
  await signIn(page, username);
  const claims = await page.evaluate(() => application.session());
  assert.equal(claims.email, username);
  assert.equal(claims.aud, spa.client_id);
  // The code is no longer in the address.
  assert.equal(page.url(), home);
  // The scopes of the file allow the calls of the user.
  const attributes = await page.evaluate(() => application.auth.fetchUserAttributes());
  assert.equal(attributes.email, username);
  const credentials = await page.evaluate(
    async () => (await application.auth.fetchAuthSession({ forceRefresh: true })).credentials,
  );
  assert.ok(credentials.sessionToken);

  const back = page.waitForNavigation({ waitUntil: "load" });
  await page.evaluate(() => void application.auth.signOut());
  await back;
  await page.waitForFunction((url) => location.href === url, {}, home);
  await ready(page);
  assert.equal(await page.evaluate(() => application.session()), null);
  // The session at the pages has ended, too: they ask again.
  await page.evaluate(() => void application.auth.signInWithRedirect());
  await page.waitForSelector('input[name="password"]');
  assert.deepEqual(page.problems, []);
});

scenario("a passkey is added with aws-amplify, and signs in, in a browser", async () => {
  const username = await newUser(spa.client_id);
  const page = await newPage();
  const { devtools, authenticatorId } = await newAuthenticator(page);
  await page.evaluate(
    async (credentials) => void (await application.auth.signIn(credentials)),
    { username, password },
  );
  const listed = await page.evaluate(async () => {
    await application.auth.associateWebAuthnCredential();
    return (await application.auth.listWebAuthnCredentials()).credentials;
  });
  assert.equal(listed.length, 1);
  assert.equal(listed[0].relyingPartyId, auth.passwordless.web_authn.relying_party_id);

  const withPasskey = { authFlowType: "USER_AUTH", preferredChallenge: "WEB_AUTHN" };
  // Another visit: the tokens are gone, and the key remains.
  await page.evaluate(() => localStorage.clear());
  await open(page, home);
  const answer = await page.evaluate((input) => application.auth.signIn(input), {
    username,
    options: withPasskey,
  });
  assert.deepEqual(answer, { isSignedIn: true, nextStep: { signInStep: "DONE" } });
  const credentialId = await page.evaluate(async () => {
    const { credentials } = await application.auth.listWebAuthnCredentials();
    await application.auth.deleteWebAuthnCredential({ credentialId: credentials[0].credentialId });
    return credentials[0].credentialId;
  });
  assert.equal(credentialId, listed[0].credentialId);
  const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.ok(credentials[0].signCount > 0);
  assert.deepEqual(page.problems, []);
});

scenario("the sign-in page asks for a passkey, in a browser", async () => {
  const keys = configuration("passkeys.json");
  const username = await newUser(keys.client_id);
  const { access_token } = await tokensFor(keys, username);
  const page = await newPage();
  await newAuthenticator(page);
  // Any page of the domain, to which the key is bound.
  const query = new URLSearchParams({
    client_id: keys.client_id,
    redirect_uri: keys.redirect_uri,
    response_type: "code",
    scope: keys.scope,
  });
  const signInPage = `https://acme-passkeys.auth.${region}.amazoncognito.com/login?${query}`;
  await page.goto(signInPage);
  const begun = await call("StartWebAuthnRegistration", { AccessToken: access_token });
  const { CredentialCreationOptions } = await begun.json();
  const Credential = await page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return (await navigator.credentials.create({ publicKey })).toJSON();
  }, CredentialCreationOptions);
  const kept = await call("CompleteWebAuthnRegistration", { AccessToken: access_token, Credential });
  assert.equal(kept.status, 200, await kept.text());

  const next = (act) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
  await page.goto(signInPage);
  await next(() => page.click('a[role="button"]'));
  await page.type('input[name="username"]', username);
  await next(() => page.click('button[type="submit"]'));
  await page.select('select[name="answer"]', "WEB_AUTHN");
  await next(() => page.click('button[type="submit"]'));
  await next(() => page.click('button[type="submit"]'));
  assert.equal(new URL(page.url()).origin, new URL(keys.redirect_uri).origin);
  assert.ok(new URL(page.url()).searchParams.get("code"));
});

scenario("oidc-client-ts signs in with redirect, and out, in a browser", async () => {
  const username = await newUser(spa.client_id);
  const page = await newPage();
  await page.evaluate(() => application.use("oidc"));
  await open(page, home);
  await page.evaluate(() => void application.users.signinRedirect());
  await signIn(page, username);
  const user = await page.evaluate(async () => {
    const { profile, expired, scope } = await application.users.signinCallback();
    return { profile, expired, scope };
  });
  assert.equal(user.profile.email, username);
  assert.equal(user.expired, false);
  const renewed = await page.evaluate(async () => {
    const before = (await application.users.getUser()).refresh_token;
    const { refresh_token } = await application.users.signinSilent();
    return refresh_token !== before;
  });
  assert.equal(renewed, true);
  const back = page.waitForNavigation({ waitUntil: "load" });
  await page.evaluate(() => {
    const { client_id, post_logout_redirect_uri } = application.oidc;
    void application.users.signoutRedirect({
      extraQueryParams: { client_id, logout_uri: post_logout_redirect_uri },
    });
  });
  await back;
  await page.waitForFunction((url) => location.href === url, {}, home);
  await ready(page);
  assert.equal(await page.evaluate(() => application.users.getUser()), null);
  assert.deepEqual(page.problems, []);
});

await runScenarios({ close: () => browser.close() });
