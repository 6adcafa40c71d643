// Leads the requests of a client to the emulator, which stands for the hosts of AWS, and no other
// request anywhere; and runs the scenarios of a program.

import http from "node:http";
import { readFileSync } from "node:fs";

const emulator = new URL(process.env.EMULATOR);
export const region = process.env.REGION;
export const password = process.env.PASSWORD;

const ofAws = [
  `cognito-idp.${region}.amazonaws.com`,
  `cognito-identity.${region}.amazonaws.com`,
  ...["clients", "passkeys", "workforce"].map((name) => `acme-${name}.auth.${region}.amazoncognito.com`),
];
const withoutBody = new Set([101, 204, 205, 304]);

// Every request that was made, by operation or path; a test can look at it.
export const calls = [];

async function toEmulator(input, init) {
  const request = new Request(input, init);
  const url = new URL(request.url);
  const isEmulator = url.host === emulator.host;
  if (!isEmulator && !ofAws.includes(url.host)) {
    throw new TypeError(`${url.origin}: is not AWS, and is not reached`);
  }
  const body = Buffer.from(await request.arrayBuffer());
  const headers = { ...Object.fromEntries(request.headers), host: url.host };
  if (body.length) headers["content-length"] = String(body.length);
  calls.push((headers["x-amz-target"] ?? url.pathname).split(".").pop());
  return new Promise((resolve, reject) => {
    const sent = http.request(
      {
        host: emulator.hostname,
        port: emulator.port,
        method: request.method,
        path: url.pathname + url.search,
        headers,
      },
      (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          const received = new Headers();
          for (let at = 0; at < answer.rawHeaders.length; at += 2) {
            received.append(answer.rawHeaders[at], answer.rawHeaders[at + 1]);
          }
          const content = withoutBody.has(answer.statusCode) ? null : Buffer.concat(parts);
          resolve(new Response(content, { status: answer.statusCode, headers: received }));
        });
      },
    );
    sent.on("error", (error) => reject(new TypeError(String(error))));
    sent.end(body);
  });
}

globalThis.fetch = toEmulator;

export function text(file) {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}

export function configuration(file) {
  return JSON.parse(text(file));
}

// Calls Cognito as a page does, without a signature.
export function call(operation, body) {
  return fetch(`https://cognito-idp.${region}.amazonaws.com/`, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });
}

// The code of the newest message to an address.
export async function code(address) {
  const query = new URLSearchParams({ to: address });
  const messages = await (await fetch(`${emulator.origin}/_mailbox?${query}`)).json();
  return messages.at(-1).code;
}

// Another code than the right one.
export function otherThan(right) {
  return String((Number(right) + 1) % 10 ** right.length).padStart(right.length, "0");
}

let users = 0;
export function newAddress() {
  users += 1;
  return `user${users}-${process.pid}@example.com`;
}

const scenarios = [];

export function scenario(name, run) {
  scenarios.push({ name, run });
}

// Runs the scenarios one after the other, and says of each what went wrong; one that fails leaves
// nothing to the next.
export async function runScenarios({ after = () => {}, close = () => {} } = {}) {
  let failed = 0;
  for (const { name, run } of scenarios) {
    let error = null;
    try {
      await run();
    } catch (thrown) {
      failed += 1;
      error = `${thrown?.stack ?? thrown}`;
      if (thrown?.underlyingError) error += `\n${thrown.underlyingError.stack}`;
      if (thrown?.cause) error += `\n${thrown.cause.stack ?? JSON.stringify(thrown.cause)}`;
    }
    await Promise.resolve(after()).catch(() => {});
    console.log(JSON.stringify({ scenario: name, error }));
  }
  await close();
  process.exit(failed ? 1 : 0);
}
