// A browser of few lines for the sign-in pages, and users for them.

import assert from "node:assert/strict";

import { call, code, newAddress, password } from "./emulator.mjs";

// Makes a user by the API of Cognito, at a client without a secret.
export async function newUser(clientId) {
  const email = newAddress();
  await done("SignUp", {
    ClientId: clientId,
    Username: email,
    Password: password,
    UserAttributes: [{ Name: "email", Value: email }],
  });
  await done("ConfirmSignUp", {
    ClientId: clientId,
    Username: email,
    ConfirmationCode: await code(email),
  });
  return email;
}

async function done(operation, body) {
  const answer = await call(operation, body);
  assert.equal(answer.status, 200, await answer.clone().text());
}

export class Browser {
  #cookies = new Map();

  // Opens a URL, and follows redirects until a page is shown or the browser leaves Cognito.
  async open(url, init = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", ...init, headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null) {
      this.url = String(url);
      this.page = await answer.text();
      return { status: answer.status, url: this.url };
    }
    const target = new URL(location, url);
    if (target.host !== new URL(url).host) return { status: answer.status, url: target.href };
    return this.open(target.href);
  }

  // Sends the form of the page.
  async send(fields) {
    const [, action] = this.page.match(/<form action="([^"]*)"/);
    const form = new URLSearchParams(fields);
    for (const [, name, value] of this.page.matchAll(/name="([^"]*)" type="hidden" value="([^"]*)"/g)) {
      form.set(name, value);
    }
    const url = new URL(action.replaceAll("&amp;", "&"), this.url);
    return this.open(url.href, { method: "POST", body: form });
  }

  // Goes to where an application sends its users, and signs in there.
  async signIn(url, username) {
    await this.open(url);
    return this.send({ username, password });
  }
}
