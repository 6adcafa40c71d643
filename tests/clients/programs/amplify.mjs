// aws-amplify 6 with its own screens: it knows nothing but amplify_outputs.json.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

import { Amplify } from "aws-amplify";
import {
  autoSignIn,
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  confirmUserAttribute,
  deleteUser,
  fetchAuthSession,
  fetchDevices,
  fetchMFAPreference,
  fetchUserAttributes,
  forgetDevice,
  getCurrentUser,
  resendSignUpCode,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  updatePassword,
  updateUserAttributes,
  verifyTOTPSetup,
} from "aws-amplify/auth";
import { defaultStorage } from "aws-amplify/utils";

import {
  call,
  calls,
  code,
  configuration,
  newAddress,
  otherThan,
  password,
  runScenarios,
  scenario,
} from "./emulator.mjs";

const outputs = configuration("amplify_outputs.json");
Amplify.configure(outputs);

const another = "Another-Horse-Battery-2";

// The code of an authenticator app (RFC 6238); a code signs in once, so the next step's is taken.
function totp(secret, steps = 0) {
  const bits = [...secret.replace(/=+$/, "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

async function newUser() {
  const email = newAddress();
  await signUp({ username: email, password, options: { userAttributes: { email } } });
  await confirmSignUp({ username: email, confirmationCode: await code(email) });
  return email;
}

async function signedIn(options = {}) {
  const username = await newUser();
  const answer = await signIn({ username, password, options });
  assert.deepEqual(answer, { isSignedIn: true, nextStep: { signInStep: "DONE" } });
  return username;
}

const named = (name) => (error) => error.name === name;

scenario("the file is all that it needs", async () => {
  const { Auth } = Amplify.getConfig();
  assert.equal(Auth.Cognito.userPoolId, outputs.auth.user_pool_id);
  assert.equal(Auth.Cognito.userPoolClientId, outputs.auth.user_pool_client_id);
  assert.equal(Auth.Cognito.identityPoolId, outputs.auth.identity_pool_id);
  assert.equal(Auth.Cognito.mfa.status, "optional");
  assert.equal(Auth.Cognito.mfa.totpEnabled, true);
  assert.equal(Auth.Cognito.passwordFormat.minLength, outputs.auth.password_policy.min_length);
  assert.deepEqual(Auth.Cognito.loginWith.oauth.redirectSignIn, ["http://localhost:5173/"]);
});

scenario("the older file says the same", async () => {
  const { Auth } = Amplify.getConfig();
  Amplify.configure(configuration("amplifyconfiguration.json"));
  const older = Amplify.getConfig().Auth;
  Amplify.configure(outputs);
  for (const name of ["userPoolId", "userPoolClientId", "identityPoolId", "passwordFormat"]) {
    assert.deepEqual(older.Cognito[name], Auth.Cognito[name], name);
  }
  assert.equal(older.Cognito.loginWith.oauth.domain, Auth.Cognito.loginWith.oauth.domain);
  assert.deepEqual(
    older.Cognito.loginWith.oauth.scopes.toSorted(),
    Auth.Cognito.loginWith.oauth.scopes.toSorted(),
  );
});

scenario("a user signs up, and confirms with the code that came last", async () => {
  const email = newAddress();
  const answer = await signUp({ username: email, password, options: { userAttributes: { email } } });
  assert.equal(answer.nextStep.signUpStep, "CONFIRM_SIGN_UP");
  assert.equal(answer.nextStep.codeDeliveryDetails.deliveryMedium, "EMAIL");
  const first = await code(email);
  await assert.rejects(
    confirmSignUp({ username: email, confirmationCode: otherThan(first) }),
    named("CodeMismatchException"),
  );
  await resendSignUpCode({ username: email });
  const confirmed = await confirmSignUp({ username: email, confirmationCode: await code(email) });
  assert.equal(confirmed.isSignUpComplete, true);
});

scenario("a weak password is refused by the policy of the pool", async () => {
  const email = newAddress();
  await assert.rejects(
    signUp({ username: email, password: "weak", options: { userAttributes: { email } } }),
    named("InvalidPasswordException"),
  );
});

scenario("a user who has not confirmed is told so", async () => {
  const email = newAddress();
  await signUp({ username: email, password, options: { userAttributes: { email } } });
  const answer = await signIn({ username: email, password });
  assert.equal(answer.nextStep.signInStep, "CONFIRM_SIGN_UP");
});

scenario("a user signs in by SRP, and has a session", async () => {
  calls.length = 0;
  const email = await signedIn();
  assert.ok(calls.includes("RespondToAuthChallenge"));
  const { tokens, userSub } = await fetchAuthSession();
  assert.equal(tokens.idToken.payload.email, email);
  assert.equal(tokens.idToken.payload.email_verified, true);
  assert.equal(tokens.accessToken.payload.client_id, outputs.auth.user_pool_client_id);
  const user = await getCurrentUser();
  assert.equal(user.userId, userSub);
  assert.equal((await fetchUserAttributes()).email, email);
  await signOut();
  assert.equal((await fetchAuthSession()).tokens, undefined);
});

scenario("a wrong password says the same as a user who does not exist", async () => {
  const email = await newUser();
  for (const username of [email, newAddress()]) {
    await assert.rejects(signIn({ username, password: another }), (error) => {
      assert.equal(error.name, "NotAuthorizedException");
      assert.equal(error.message, "Incorrect username or password.");
      return true;
    });
  }
});

scenario("a refresh rotates the refresh token, and the old one is refused", async () => {
  await signedIn();
  const { username } = await getCurrentUser();
  const clientId = outputs.auth.user_pool_client_id;
  const refreshToken = () =>
    defaultStorage.getItem(`CognitoIdentityServiceProvider.${clientId}.${username}.refreshToken`);
  const first = await refreshToken();
  const before = await fetchAuthSession();
  calls.length = 0;
  const after = await fetchAuthSession({ forceRefresh: true });
  assert.ok(calls.includes("GetTokensFromRefreshToken"));
  assert.notEqual(String(before.tokens.accessToken), String(after.tokens.accessToken));
  assert.notEqual(await refreshToken(), first);
  // The new one is good in its turn.
  const again = await fetchAuthSession({ forceRefresh: true });
  assert.notEqual(String(again.tokens.accessToken), String(after.tokens.accessToken));

  // The client gives a second in which an answer that was lost can be asked for again.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const tried = await call("GetTokensFromRefreshToken", { ClientId: clientId, RefreshToken: first });
  assert.equal(tried.status, 400);
  assert.equal((await tried.json()).__type, "RefreshTokenReuseException");
  await signOut();
});

scenario("an authenticator app is set up, and signs in", async () => {
  const username = await signedIn();
  const { sharedSecret } = await setUpTOTP();
  await assert.rejects(verifyTOTPSetup({ code: otherThan(totp(sharedSecret)) }), (error) =>
    ["EnableSoftwareTokenMFAException", "CodeMismatchException"].includes(error.name),
  );
  await verifyTOTPSetup({ code: totp(sharedSecret) });
  await updateMFAPreference({ totp: "PREFERRED" });
  assert.deepEqual(await fetchMFAPreference(), { enabled: ["TOTP"], preferred: "TOTP" });
  await forgetDevice();
  await signOut();

  const asked = await signIn({ username, password });
  assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
  await assert.rejects(
    confirmSignIn({ challengeResponse: otherThan(totp(sharedSecret, 1)) }),
    named("CodeMismatchException"),
  );
  const answer = await confirmSignIn({ challengeResponse: totp(sharedSecret, 1) });
  assert.equal(answer.isSignedIn, true);
  await signOut();
});

scenario("a remembered device replaces the app", async () => {
  const username = await signedIn();
  const { sharedSecret } = await setUpTOTP();
  await verifyTOTPSetup({ code: totp(sharedSecret) });
  await updateMFAPreference({ totp: "PREFERRED" });
  const devices = await fetchDevices();
  assert.equal(devices.length, 1);
  await signOut();

  calls.length = 0;
  const answer = await signIn({ username, password });
  assert.equal(answer.isSignedIn, true);
  // The password, then the device: its key, and its proof.
  assert.equal(calls.filter((call) => call === "RespondToAuthChallenge").length, 3);
  await forgetDevice();
  assert.deepEqual(await fetchDevices(), []);
  await signOut();
});

scenario("a forgotten password is reset", async () => {
  const username = await newUser();
  const asked = await resetPassword({ username });
  assert.equal(asked.nextStep.resetPasswordStep, "CONFIRM_RESET_PASSWORD_WITH_CODE");
  const right = await code(username);
  await assert.rejects(
    confirmResetPassword({
      username,
      confirmationCode: otherThan(right),
      newPassword: another,
    }),
    named("CodeMismatchException"),
  );
  await confirmResetPassword({ username, confirmationCode: right, newPassword: another });
  await assert.rejects(signIn({ username, password }), named("NotAuthorizedException"));
  assert.equal((await signIn({ username, password: another })).isSignedIn, true);
  await signOut();
});

scenario("a user changes the password and the address", async () => {
  await signedIn();
  await updatePassword({ oldPassword: password, newPassword: another });
  const email = newAddress();
  const answer = await updateUserAttributes({ userAttributes: { email } });
  assert.equal(answer.email.nextStep.updateAttributeStep, "CONFIRM_ATTRIBUTE_WITH_CODE");
  await confirmUserAttribute({ userAttributeKey: "email", confirmationCode: await code(email) });
  const attributes = await fetchUserAttributes();
  assert.deepEqual([attributes.email, attributes.email_verified], [email, "true"]);
  await signOut();
});

scenario("a global sign-out ends the sessions of all devices", async () => {
  await signedIn();
  const { tokens } = await fetchAuthSession();
  await signOut({ global: true });
  const answer = await call("GetUser", { AccessToken: String(tokens.accessToken) });
  assert.equal(answer.status, 400);
  assert.equal((await answer.json()).__type, "NotAuthorizedException");
});

scenario("the identity pool gives AWS credentials to a user, and none to a guest", async () => {
  calls.length = 0;
  assert.deepEqual(await fetchAuthSession(), {
    credentials: undefined,
    identityId: undefined,
    tokens: undefined,
    userSub: undefined,
  });
  // The file says that there are no guests, so nobody was asked.
  assert.deepEqual(calls, []);
  await signedIn();
  const { credentials, identityId } = await fetchAuthSession();
  assert.ok(credentials.sessionToken);
  assert.match(identityId, new RegExp(`^${outputs.auth.aws_region}:`));
  assert.ok(calls.includes("GetCredentialsForIdentity"));
  await signOut();
});

scenario("a code by email comes first, as the file says, and signs in", async () => {
  const username = await newUser();
  const asked = await signIn({ username, options: { authFlowType: "USER_AUTH" } });
  assert.equal(asked.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
  const right = await code(username);
  await assert.rejects(
    confirmSignIn({ challengeResponse: otherThan(right) }),
    named("CodeMismatchException"),
  );
  assert.equal((await confirmSignIn({ challengeResponse: right })).isSignedIn, true);
  await signOut();
});

scenario("a factor that the file does not offer is not asked for", async () => {
  const username = await newUser();
  await assert.rejects(
    signIn({ username, options: { authFlowType: "USER_AUTH", preferredChallenge: "SMS_OTP" } }),
    named("InvalidPreferredChallenge"),
  );
});

scenario("a user chooses how to sign in, where the file prefers nothing", async () => {
  const { preferred_challenge: _, ...passwordless } = outputs.auth.passwordless;
  Amplify.configure({ ...outputs, auth: { ...outputs.auth, passwordless } });
  try {
    const username = await newUser();
    const asked = await signIn({ username, options: { authFlowType: "USER_AUTH" } });
    assert.equal(asked.nextStep.signInStep, "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION");
    assert.deepEqual(asked.nextStep.availableChallenges.toSorted(), [
      "EMAIL_OTP",
      "PASSWORD",
      "PASSWORD_SRP",
    ]);
    const next = await confirmSignIn({ challengeResponse: "PASSWORD_SRP" });
    assert.equal(next.nextStep.signInStep, "CONFIRM_SIGN_IN_WITH_PASSWORD");
    assert.equal((await confirmSignIn({ challengeResponse: password })).isSignedIn, true);
    await signOut();
  } finally {
    Amplify.configure(outputs);
  }
});

scenario("a user without a password signs up, and is signed in", async () => {
  const email = newAddress();
  await signUp({
    username: email,
    options: { userAttributes: { email }, autoSignIn: { authFlowType: "USER_AUTH" } },
  });
  const confirmed = await confirmSignUp({
    username: email,
    confirmationCode: await code(email),
  });
  assert.equal(confirmed.nextStep.signUpStep, "COMPLETE_AUTO_SIGN_IN");
  assert.equal((await autoSignIn()).isSignedIn, true);
  assert.equal((await fetchUserAttributes()).email, email);
  await signOut();
});

scenario("a user deletes the own account", async () => {
  const username = await signedIn();
  await deleteUser();
  await assert.rejects(signIn({ username, password }), named("NotAuthorizedException"));
});

await runScenarios({ after: signOut });
