// The SAML provider of a company, by samlify: its metadata, and its responses.
//
// `node saml_provider.mjs` prints the metadata, which Cognito gets before anybody signs in.

import { pathToFileURL } from "node:url";

import samlify from "samlify";

import { text } from "./emulator.mjs";

const { Constants, IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } = samlify;
const { binding } = Constants.namespace;

// The responses are checked by who gets them, and requests by what samlify reads of them.
setSchemaValidator({ validate: async () => "valid" });

const instance = "https://portal.sso.us-east-1.amazonaws.com/saml";
export const signInUrl = `${instance}/assertion/MTExMTIyMjIzMzMz`;

const providerWith = (name) =>
  IdentityProvider({
    entityID: signInUrl,
    privateKey: text(`${name}.key.pem`),
    signingCert: text(`${name}.certificate.pem`),
    nameIDFormat: ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
    singleLogoutService: [{ Binding: binding.redirect, Location: `${instance}/logout/MTExMTIyMjIzMzMz` }],
    singleSignOnService: [{ Binding: binding.redirect, Location: signInUrl }],
  });

export const provider = providerWith("provider");
export const foreign = providerWith("foreign");

const serviceProvider = ({ entity_id, acs_url }) =>
  ServiceProvider({
    entityID: entity_id,
    assertionConsumerService: [{ Binding: binding.post, Location: acs_url }],
    wantAssertionsSigned: true,
  });

const attribute = (name, values) =>
  `<saml:Attribute Name="${name}">` +
  values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("") +
  "</saml:Attribute>";

// Reads the request in a URL of the provider, and asserts who the person is; in Base64.
export async function respond(application, url, person, change = {}, by = provider) {
  const pool = serviceProvider(application);
  const query = Object.fromEntries(url.searchParams);
  const request = await by.parseLoginRequest(pool, "redirect", { query });
  if (request.extract.issuer !== application.entity_id) throw new Error("another service provider");
  const now = Date.now();
  const soon = new Date(now + 300_000).toISOString();
  const values = {
    ID: `_${crypto.randomUUID()}`,
    AssertionID: `_${crypto.randomUUID()}`,
    Audience: application.entity_id,
    AuthnStatement: "",
    ConditionsNotBefore: new Date(now).toISOString(),
    ConditionsNotOnOrAfter: soon,
    Destination: request.extract.request.assertionConsumerServiceUrl,
    InResponseTo: request.extract.request.id,
    IssueInstant: new Date(now).toISOString(),
    Issuer: by.entityMeta.getEntityID(),
    NameID: person.subject,
    NameIDFormat: by.entitySetting.nameIDFormat[0],
    StatusCode: Constants.StatusCode.Success,
    SubjectConfirmationDataNotOnOrAfter: soon,
    SubjectRecipient: request.extract.request.assertionConsumerServiceUrl,
    ...change,
  };
  const statement = attribute("email", [person.email]) + attribute("groups", person.groups);
  const { context } = await by.createLoginResponse(pool, request, "post", {}, (template) => ({
    id: values.ID,
    context: SamlLib.replaceTagsByValue(
      template.replace(
        "{AttributeStatement}",
        `<saml:AttributeStatement>${statement}</saml:AttributeStatement>`,
      ),
      values,
    ),
  }));
  if (!change.unsigned) return context;
  const document = Buffer.from(context, "base64").toString();
  return Buffer.from(document.replace(/<ds:Signature .*<\/ds:Signature>/s, "")).toString("base64");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(provider.getMetadata());
