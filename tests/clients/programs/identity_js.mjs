// amazon-cognito-identity-js 6, which Amplify replaces: SRP, and the refresh of its time.

import assert from "node:assert/strict";

import identity from "amazon-cognito-identity-js";

import { calls, code, configuration, password, runScenarios, scenario } from "./emulator.mjs";
import { newUser } from "./pages.mjs";

const { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } = identity;

const steady = configuration("steady.json");
const rotating = configuration("oidc.json");

// What the library keeps, in the place of a browser's local storage.
class Memory {
  #items = new Map();
  setItem(key, value) {
    this.#items.set(key, String(value));
  }
  getItem(key) {
    return this.#items.get(key) ?? null;
  }
  removeItem(key) {
    this.#items.delete(key);
  }
  clear() {
    this.#items.clear();
  }
}

const poolWith = (clientId, storage = new Memory()) =>
  new CognitoUserPool({ UserPoolId: steady.user_pool_id, ClientId: clientId, Storage: storage });

// A method with a callback (error, result), as a promise.
const done = (begin) =>
  new Promise((resolve, reject) => {
    begin((error, result) => (error ? reject(error) : resolve(result)));
  });

function signIn(Pool, Username, Password = password) {
  const user = new CognitoUser({ Username, Pool, Storage: Pool.storage });
  const details = new AuthenticationDetails({ Username, Password });
  return new Promise((resolve, reject) => {
    user.authenticateUser(details, {
      onSuccess: (session) => resolve({ user, session }),
      onFailure: reject,
    });
  });
}

const refresh = ({ user, session }) =>
  done((callback) => user.refreshSession(session.getRefreshToken(), callback));

scenario("a user signs up, signs in by SRP, and reads the own attributes", async () => {
  const pool = poolWith(steady.user_pool_client_id);
  const email = `identity-js-${process.pid}@example.com`;
  const attributes = [new CognitoUserAttribute({ Name: "email", Value: email })];
  const { user: fresh } = await done((callback) =>
    pool.signUp(email, password, attributes, [], callback),
  );
  const sent = await code(email);
  await done((callback) => fresh.confirmRegistration(sent, false, callback));

  calls.length = 0;
  const { user, session } = await signIn(pool, email);
  assert.deepEqual(calls.slice(0, 2), ["InitiateAuth", "RespondToAuthChallenge"]);
  assert.equal(session.getIdToken().payload.email, email);
  const own = await done((callback) => user.getUserAttributes(callback));
  assert.equal(own.find(({ Name }) => Name === "email").Value, email);
  await done((callback) => user.globalSignOut({ onSuccess: (said) => callback(null, said), onFailure: callback }));
});

scenario("a wrong password does not sign in", async () => {
  const email = await newUser(steady.user_pool_client_id);
  await assert.rejects(signIn(poolWith(steady.user_pool_client_id), email, "Wrong-Horse-1"), {
    code: "NotAuthorizedException",
    message: "Incorrect username or password.",
  });
});

scenario("a refresh works at a client without rotation, again and again", async () => {
  const pool = poolWith(steady.user_pool_client_id);
  const first = await signIn(pool, await newUser(steady.user_pool_client_id));
  const second = await refresh(first);
  assert.notEqual(second.getAccessToken().getJwtToken(), first.session.getAccessToken().getJwtToken());
  assert.equal(second.getRefreshToken().getToken(), first.session.getRefreshToken().getToken());
  const third = await refresh({ user: first.user, session: second });
  assert.ok(third.isValid());
});

scenario("a refresh fails at a client with rotation, and the user must sign in again", async () => {
  const storage = new Memory();
  const pool = poolWith(rotating.client_id, storage);
  const signedIn = await signIn(pool, await newUser(rotating.client_id));
  assert.ok(signedIn.session.isValid());
  await assert.rejects(refresh(signedIn), {
    message: "REFRESH_TOKEN_AUTH flow not enabled for this client",
  });
});

await runScenarios();
