// Signs users in at the pages of Cognito, and calls the API with their access token.

const { ErrorResponse, UserManager } = globalThis.oidc;
const API = "api/orders";

const element = (id) => document.getElementById(id);
const time = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

let users;
let user = null;

async function start() {
  if (!globalThis.isSecureContext) {
    throw new Error("Open this page with https, or at localhost: browsers sign in nowhere else.");
  }
  const configuration = await readConfiguration();
  const home = new URL(configuration.redirect_uri);
  if (location.origin !== home.origin) {
    // Another name of this machine: Cognito sends users back to one only.
    location.replace(home);
    return;
  }
  users = new UserManager(configuration);
  users.events.addUserLoaded(show);
  users.events.addSilentRenewError((error) => void endSession(error));
  await completeSignIn();
  element("status").textContent = "";
  show(await currentUser());
  if (user) await callApi();
}

async function readConfiguration() {
  const answer = await fetch("oidc.json", { cache: "no-cache" });
  if (!answer.ok) throw new Error(`oidc.json: the server answered ${answer.status}.`);
  return answer.json();
}

// Takes the answer of the sign-in pages from the URL, if there is one.
async function completeSignIn() {
  const query = new URLSearchParams(location.search);
  if (!query.has("state") || !(query.has("code") || query.has("error"))) return;
  const url = location.href;
  // A code is good once, and does not belong into the history.
  history.replaceState(null, "", location.pathname);
  try {
    await users.signinRedirectCallback(url);
  } catch (error) {
    showError("The sign-in did not succeed", error);
  }
}

// The user of this window; a session whose access token has expired is renewed.
async function currentUser() {
  const kept = await users.getUser();
  if (!kept?.expired) return kept;
  try {
    return await users.signinSilent();
  } catch (error) {
    await endSession(error);
    return null;
  }
}

// What Cognito refuses to renew is over. A network that fails ends nothing: the next try may work.
async function endSession(error) {
  if (!(error instanceof ErrorResponse)) {
    showError("Your session was not renewed", error);
    return;
  }
  await users.removeUser();
  show(null);
  element("status").textContent = "Your session has ended. Sign in again.";
}

async function signOut() {
  try {
    await users.revokeTokens(["refresh_token"]);
  } catch (error) {
    console.warn("The refresh token was not revoked, and is good until it expires.", error);
  }
  const { client_id, post_logout_redirect_uri: logout_uri } = users.settings;
  // Without a user, the library puts no ID token into the URL.
  await users.removeUser();
  // The parameters that the sign-out page of Cognito has.
  await users.signoutRedirect({ extraQueryParams: { client_id, logout_uri } });
}

async function callApi() {
  // A machine that slept may have missed the renewal.
  if (user?.expired) show(await currentUser());
  const headers = user ? { Authorization: `Bearer ${user.access_token}` } : {};
  const answer = await fetch(API, { headers, cache: "no-store" });
  const said = await answer.json().catch(() => ({}));
  const code = element("code");
  code.textContent = `${answer.status}`;
  code.classList.toggle("good", answer.ok);
  element("said").textContent = answer.ok
    ? `The server knows you as ${said.user}.`
    : `The server refuses: ${said.error_description ?? answer.statusText}`;
  element("rows").replaceChildren(...(said.orders ?? []).map(rowOf));
  element("table").hidden = !answer.ok;
  element("answer").hidden = false;
}

function rowOf({ number, item, state }) {
  const row = document.createElement("tr");
  row.append(
    ...[number, item, state].map((text) => {
      const cell = document.createElement("td");
      cell.textContent = text;
      return cell;
    }),
  );
  return row;
}

function show(current) {
  user = current;
  const state = user ? "in" : "out";
  for (const part of document.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(state);
  }
  if (!user) {
    element("answer").hidden = true;
    return;
  }
  const { email, sub } = user.profile;
  element("name").textContent = email ?? sub;
  element("email").textContent = email ?? "not in the token";
  element("sub").textContent = sub;
  element("until").textContent = time.format(new Date(user.expires_at * 1000));
  element("scopes").textContent = user.scopes.join(", ");
}

function showError(what, error) {
  const notice = element("error");
  notice.textContent = `${what}: ${inWords(error)}`;
  notice.hidden = false;
  element("status").textContent = "";
}

function inWords(error) {
  if (error instanceof ErrorResponse) return error.error_description ?? error.error;
  return error.message.startsWith("No matching state")
    ? "It did not begin in this window, or it is over already. Sign in again."
    : error.message;
}

// What a button does; it cannot be pressed again meanwhile.
function onClick(id, what, action) {
  const button = element(id);
  button.addEventListener("click", async () => {
    button.disabled = true;
    element("error").hidden = true;
    try {
      await action();
    } catch (error) {
      showError(what, error);
    } finally {
      button.disabled = false;
    }
  });
}

onClick("sign-in", "The sign-in pages cannot be opened", () => users.signinRedirect());
onClick("sign-out", "You are signed out here only", signOut);
onClick("load", "The API did not answer", callApi);
// A page that the browser kept may show a user who has signed out since.
addEventListener("pageshow", (event) => event.persisted && location.reload());

start().catch((error) => showError("This page cannot start", error));
