import { z } from "zod";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { callService, failureOfReply, type ServiceReply } from "#platform/outbound.ts";
import { read } from "#providers/json-api.ts";
import type { ConnectionMode } from "../definition.ts";
import { scrubText } from "../scrub.ts";
import type { AddiCredentials } from "./definition.ts";

export type AddiApi = { credentials: AddiCredentials; hosts: Hosts; audience: string };
type Hosts = { api: string; auth: string; config: string };

/** Staging's host for the configuration is not documented: it follows the names of the others. */
const ownHosts: Record<ConnectionMode, Hosts> = {
  test: {
    api: "https://api.addi-staging.com",
    auth: "https://auth.addi-staging.com",
    config: "https://channels-public-api.addi-staging.com",
  },
  production: { api: "https://api.addi.com", auth: "https://auth.addi.com", config: "https://channels-public-api.addi.com" },
};
const audiences: Record<ConnectionMode, string> = { test: "https://api.staging.addi.com", production: "https://api.addi.com" };
export const apiUrls = { test: ownHosts.test.api, production: ownHosts.production.api };

/** A simulator or proxy stands for all three hosts. */
export function apiFor(credentials: AddiCredentials, mode: ConnectionMode, apiUrl: string): AddiApi {
  const hosts = apiUrl === ownHosts[mode].api ? ownHosts[mode] : { api: apiUrl, auth: apiUrl, config: apiUrl };
  return { credentials, hosts, audience: audiences[mode] };
}

const tokenShape = z.object({ access_token: z.string().min(1).max(8192) });
/** A call is a token and then the question, so that each gets half of what a call may last. */
const timeoutMs = 8000;

/** Addi's guide asks for a new token for each application, so none is kept. */
export async function askForToken(api: AddiApi): Promise<ServiceReply> {
  const { clientId, clientSecret } = api.credentials;
  const body = { audience: api.audience, grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  return callService({ ...json, url: `${api.hosts.auth}/oauth/token`, method: "POST", body: JSON.stringify(body) });
}

/** Throws ProviderFailure; `misconfigured` if Addi does not know the client. */
export async function newToken(api: AddiApi): Promise<string> {
  const reply = await askForToken(api);
  if (reply.status !== 200) throw failureOfReply({ provider: "addi", reply, asked: "asking for a token" });
  return read("addi", tokenShape, reply).access_token;
}

export function post(api: AddiApi, path: string, { token, body }: { token: string; body: object }): Promise<ServiceReply> {
  const headers = { ...json.headers, authorization: `Bearer ${token}` };
  return callService({ ...json, headers, url: api.hosts.api + path, method: "POST", body: JSON.stringify(body) });
}

const json = { provider: "addi", headers: { "content-type": "application/json" }, timeoutMs };

/** Returns Addi's own code of an error, such as `001-001`. */
export function codeOf(reply: ServiceReply): string | null {
  try {
    return z.object({ code: z.string().regex(/^[\w-]{1,40}$/) }).parse(reply.json()).code;
  } catch {
    return null;
  }
}

/** Addi writes pesos as a text with a decimal: `255000.0`. */
export const amountText = (amountMinor: number): string => (amountMinor / 100).toFixed(1);

export const failure = (kind: ProviderFailure["kind"], message: string, reason?: string | null) =>
  new ProviderFailure({ provider: "addi", kind, message, ...(reason && { reason }) });

export function scrub(text: string): string {
  return scrubText(text, { fields: scrubbedFields, patterns: secretPatterns });
}

/**
 * Addi's keys have no prefix: any long word of small and capital letters and digits may be one, but
 * not the name of an order or an application, which the merchant's own shop may have made so.
 */
const secretPatterns = [
  /\b(Bearer|Basic) [\w.~+/=-]+/gi,
  /(?<![\w-])(?<!"(?:orderId|applicationId)":"[^"]*)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{22,}(?![\w-])/g,
];
const scrubbedFields = new Set([
  "client",
  "client_id",
  "client_secret",
  "access_token",
  "clientId",
  "clientSecret",
  "callbackUser",
  "callbackPassword",
  "shippingAddress",
  "billingAddress",
  "idNumber",
  "email",
  "cellphone",
]);
