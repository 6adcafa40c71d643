// The application that the browser shows: it offers what its libraries do to the test.

import { Amplify } from "aws-amplify";
import "aws-amplify/auth/enable-oauth-listener";
import * as auth from "aws-amplify/auth";
import { Hub } from "aws-amplify/utils";
import { UserManager, WebStorageStateStore } from "oidc-client-ts";

import outputs from "./amplify_outputs.json";
import oidc from "./oidc.json";

// Which library takes the answer of the sign-in pages that is in the URL.
const library = sessionStorage.getItem("library") ?? "amplify";
if (library === "amplify") Amplify.configure(outputs);

const events = [];
Hub.listen("auth", ({ payload }) => events.push(payload.event));

const users = new UserManager({
  ...oidc,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
});

globalThis.application = {
  auth,
  events,
  oidc,
  users,
  use(name) {
    sessionStorage.setItem("library", name);
  },
  // Waits until Amplify has taken the answer in the URL; gives what the ID token says.
  async session() {
    for (let tries = 0; tries < 100 && !events.includes("signedIn"); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { tokens } = await auth.fetchAuthSession();
    return tokens?.idToken?.payload ?? null;
  },
};
