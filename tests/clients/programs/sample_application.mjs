// A person in Chromium at what `make demo-app` serves: no name of a host is led anywhere.

import assert from "node:assert/strict";

import puppeteer from "puppeteer-core";

import { newAddress, password, runScenarios, scenario } from "./emulator.mjs";

const { CHROMIUM, EMAIL, PAGE, SCREENSHOT } = process.env;
const cognito = process.env.EMULATOR;

const browser = await puppeteer.launch({
  executablePath: CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
  ],
  defaultViewport: { width: 1200, height: 800 },
});

// A window with cookies and storage of its own, at the page.
async function newWindow() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    // The browser itself reports each answer of 400 and more.
    const isRefusal = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isRefusal) problems.push(message.text());
  });
  await page.goto(PAGE);
  return Object.assign(page, { problems });
}

const shown = (page, id) => page.waitForSelector(`#${id}`, { visible: true });
const text = (page, selector) => page.$eval(selector, (element) => element.innerText);

async function leave(page, action) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), action()]);
}

async function openSignIn(page) {
  await shown(page, "sign-in");
  await leave(page, () => page.click("#sign-in"));
  assert.equal(new URL(page.url()).origin, cognito);
}

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`input[name="${name}"]`).fill(value);
  }
  await leave(page, () => page.click('button[type="submit"]'));
}

// What the page shows of the answer of the API.
async function answer(page, status) {
  const isAnswered = (code) => document.getElementById("code").textContent === code;
  await page.waitForFunction(isAnswered, {}, String(status)).catch(async (cause) => {
    throw new Error(`no answer ${status} on the page:\n${await text(page, "body")}`, { cause });
  });
  return {
    said: await text(page, "#said"),
    rows: await page.$$eval("#rows tr", (rows) => rows.length),
  };
}

scenario("a person signs up with the code in the mailbox, sees the orders, and signs out", async () => {
  const page = await newWindow();
  await shown(page, "load");
  await page.click("#load");
  assert.deepEqual(await answer(page, 401), {
    said: "The server refuses: No access token; sign in first.",
    rows: 0,
  });

  // The first thing that the keyboard reaches.
  await page.reload();
  await shown(page, "sign-in");
  await page.keyboard.press("Tab");
  await leave(page, () => page.keyboard.press("Enter"));
  await leave(page, () => page.click('a[href^="/signup"]'));
  const address = newAddress();
  await fill(page, { username: address, password });
  const opened = new Promise((resolve) => page.once("popup", resolve));
  await page.click('a[href^="/_mailbox"]');
  const mailbox = await opened;
  const row = await mailbox.waitForSelector(`::-p-xpath(//tr[td[.="${address}"]])`);
  const code = await row.$eval("td:last-child", (cell) => cell.innerText);
  await mailbox.close();
  await fill(page, { code });

  assert.equal(page.url().split("?")[0], PAGE);
  const { said, rows } = await answer(page, 200);
  assert.match(said, /^The server knows you as [0-9a-f-]{36}\.$/);
  assert.equal(rows, 3);
  assert.equal(await text(page, "#name"), address);
  assert.equal(await text(page, "#scopes"), "email, openid, orders/read");
  assert.equal(page.url(), PAGE, "the code stays in the address");

  await page.reload();
  assert.equal((await answer(page, 200)).rows, 3);

  await leave(page, () => page.click("#sign-out"));
  await shown(page, "sign-in");
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await page.click("#load");
  assert.equal((await answer(page, 401)).rows, 0);
  // The session at the sign-in pages has ended, too: they ask again.
  await openSignIn(page);
  assert.ok(await page.$('input[name="password"]'));
  assert.deepEqual(page.problems, []);
});

scenario("the test user signs in, after a wrong password, and keeps the session", async () => {
  const page = await newWindow();
  await openSignIn(page);
  await fill(page, { username: EMAIL, password: `${password}x` });
  assert.equal(await text(page, '[role="alert"]'), "Incorrect username or password.");
  await fill(page, { username: EMAIL, password });
  await answer(page, 200);
  assert.equal(await text(page, "#name"), EMAIL);
  if (SCREENSHOT) await page.screenshot({ path: SCREENSHOT });
  const context = page.browserContext();
  const other = await context.newPage();
  await other.goto(PAGE);
  // Another window has no tokens of its own, and needs no password again.
  await shown(other, "sign-in");
  await other.click("#sign-in");
  await answer(other, 200);
  assert.equal(await text(other, "#name"), EMAIL);
  assert.deepEqual(page.problems, []);
});

scenario("a session whose token has expired is renewed, or ends", async () => {
  const page = await newWindow();
  await openSignIn(page);
  await fill(page, { username: EMAIL, password });
  await answer(page, 200);
  const change = (name, value) =>
    page.evaluate(
      (key, changed) => {
        const kept = Object.keys(sessionStorage).find((each) => each.startsWith("oidc.user:"));
        const user = JSON.parse(sessionStorage.getItem(kept));
        const before = user.refresh_token;
        sessionStorage.setItem(kept, JSON.stringify({ ...user, [key]: changed }));
        return before;
      },
      name,
      value,
    );
  const first = await change("expires_at", 1);
  await page.reload();
  await answer(page, 200);
  assert.notEqual(await change("expires_at", 1), first, "the refresh token rotates");
  await change("refresh_token", "none");
  await page.reload();
  await shown(page, "sign-in");
  assert.equal(await text(page, "#status"), "Your session has ended. Sign in again.");
});

scenario("what goes wrong is said in words", async () => {
  const page = await newWindow();
  const error = new URLSearchParams({
    error: "access_denied",
    error_description: "The <b>user</b> is disabled",
    state: "x",
  });
  await page.goto(`${PAGE}?${error}`);
  await shown(page, "error");
  assert.equal(
    await text(page, "#error"),
    "The sign-in did not succeed: It did not begin in this window, or it is over already. " +
      "Sign in again.",
  );
  assert.equal(page.url(), PAGE);
  // A state that is ours, with the error of the pages.
  await page.goto(PAGE);
  await openSignIn(page);
  const state = new URL(page.url()).searchParams.get("state");
  error.set("state", state);
  await page.goto(`${PAGE}?${error}`);
  await shown(page, "error");
  assert.equal(
    await text(page, "#error"),
    "The sign-in did not succeed: The <b>user</b> is disabled",
  );
  await shown(page, "sign-in");
});

scenario("another name of the machine leads to the page", async () => {
  const page = await newWindow();
  await page.goto(PAGE.replace("localhost", "127.0.0.1"));
  await page.waitForFunction((url) => location.href === url, {}, PAGE);
  await shown(page, "sign-in");
});

await runScenarios({ close: () => browser.close() });
