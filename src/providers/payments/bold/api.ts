import { z } from "zod";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { callService, type ServiceCall, type ServiceReply } from "#platform/outbound.ts";
import { scrubText } from "../scrub.ts";

/** `lookupUrl` serves vouchers. Both hosts serve test and production: the key decides. */
export type BoldApi = { apiUrl: string; lookupUrl: string; identityKey: string; isTest: boolean };

const hosts = { links: "https://integrations.api.bold.co", vouchers: "https://payments.api.bold.co" };
export const boldUrl = hosts.links;

/** A simulator or proxy stands for both hosts. */
export const lookupUrlOf = (apiUrl: string): string => (apiUrl === hosts.links ? hosts.vouchers : apiUrl);

type Question = { method?: ServiceCall["method"]; url: string; body?: object; timeoutMs?: number };

export function askBold({ identityKey }: BoldApi, { method = "GET", url, body, timeoutMs }: Question): Promise<ServiceReply> {
  // Word for word: the scheme is called `x-api-key`.
  const headers = { authorization: `x-api-key ${identityKey}`, ...(body && { "content-type": "application/json" }) };
  const optional = { ...(body && { body: JSON.stringify(body) }), ...(timeoutMs && { timeoutMs }) };
  return callService({ provider: "bold", method, url, headers, ...optional });
}

/** Some answers are documented with a wrapper and some without. */
export function unwrapped(reply: ServiceReply): unknown {
  const whole = reply.json();
  const { data } = z.object({ payload: z.record(z.string(), z.unknown()) }).safeParse(whole);
  return data?.payload ?? whole;
}

/** Bold counts pesos, at most with centavos. Fails for anything finer. */
export const pesos = z
  .number()
  .min(0)
  .max(1e13)
  .refine((amount) => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6)
  .transform((amount) => Math.round(amount * 100));

export const failure = (kind: ProviderFailure["kind"], message: string, reason?: string) =>
  new ProviderFailure({ provider: "bold", kind, message, ...(reason && { reason }) });

export function scrub(text: string): string {
  return scrubText(text, { fields: scrubbedFields, patterns: secretPatterns });
}

/** The keys have no prefix: any long word of small and capital letters and digits may be one. */
const secretPatterns = [/\bx-api-key\s+\S+/gi, /(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{22,}(?![\w-])/g];
const scrubbedFields = new Set(["payer_email", "cardholder_name", "masked_pan", "user_id", "email", "identityKey", "secretKey"]);
