import { z } from "zod";
import type { ChargeFact, FoundCharges } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { failureOfReply, type ServiceReply } from "#platform/outbound.ts";
import { ask, type JsonApi, placesOf, read } from "#providers/json-api.ts";
import { scrubText } from "../scrub.ts";
import { disputesOf } from "./disputes.ts";
import { factOf, type Payment, paymentShape } from "./payment.ts";

/** One account's API. `account` is its number; `isLive` tells production from test. */
export type Api = JsonApi & { account: string; isLive: boolean };

const rowsPerPage = 100;
const pagesMax = 10;

/**
 * The search lags behind the payments, so an empty list is no proof. Every payment under one
 * preference has its reference:
 * https://www.mercadopago.com.co/developers/en/reference/payments/_payments_search/get
 */
export async function findCharges(api: Api, reference: string): Promise<FoundCharges> {
  const found: FoundCharges = { charges: [], unreadable: [] };
  let offset = 0;
  for (let page = 0; page < pagesMax; page += 1) {
    const query = {
      external_reference: reference,
      sort: "date_created",
      criteria: "desc",
      offset: String(offset),
      limit: String(rowsPerPage),
    };
    const reply = await ask(api, "GET", `/v1/payments/search?${new URLSearchParams(query)}`);
    if (reply.status !== 200) throw failed(reply, "the search by reference");
    const { paging, results } = read("mercadopago", pageShape, reply);
    for (const row of results) await readRow(api, found, { row, reference });
    offset += results.length;
    if (results.length === 0 || offset >= paging.total) return found;
  }
  found.unreadable.push({ providerChargeId: null, why: `there are more than ${pagesMax} pages` });
  return found;
}

const pageShape = z.object({ paging: z.object({ total: z.int().min(0) }), results: z.array(z.unknown()) });
const idShape = z.object({ id: z.union([z.int(), z.string().min(1).max(255)]).transform(String) });

/** A charge may come twice, because rows move to other pages between two requests. */
async function readRow(
  api: Api,
  { charges, unreadable }: FoundCharges,
  { row, reference }: { row: unknown; reference: string },
): Promise<void> {
  const parsed = paymentShape.safeParse(row);
  if (!parsed.success) {
    const { data } = idShape.safeParse(row);
    unreadable.push({ providerChargeId: data?.id ?? null, why: `not as documented: ${placesOf(parsed.error)}` });
  } else if (parsed.data.external_reference !== reference) {
    unreadable.push({ providerChargeId: parsed.data.id, why: "it has another reference" });
  } else if (!charges.some(({ providerChargeId }) => providerChargeId === parsed.data.id)) {
    charges.push(await withDisputes(api, parsed.data));
  }
}

/** Returns null without a question for what cannot be a payment's id. */
export async function findCharge(api: Api, id: string): Promise<ChargeFact | null> {
  if (!/^\d{1,20}$/.test(id)) return null;
  const reply = await ask(api, "GET", `/v1/payments/${id}`);
  if (reply.status === 404) return null;
  if (reply.status !== 200) throw failed(reply, "reading the payment");
  const payment = read("mercadopago", paymentShape, reply);
  if (payment.id !== id) throw failure("unexpected_reply", "the reply is about another payment");
  return withDisputes(api, payment);
}

async function withDisputes(api: Api, payment: Payment): Promise<ChargeFact> {
  const disputes = await disputesOf(api, payment);
  return { ...factOf(payment, api), ...(disputes && { disputes }) };
}

/** 409: the same request is still running. 423 and 424: something else holds it for a moment. */
const retriableStatuses = [409, 423, 424];

export function failed(reply: ServiceReply, asked: string): ProviderFailure {
  if (!retriableStatuses.includes(reply.status)) return failureOfReply({ provider: "mercadopago", reply, asked });
  return failure("unreachable", `${asked} was answered with status ${reply.status}`);
}

export const failure = (kind: ProviderFailure["kind"], message: string) => new ProviderFailure({ provider: "mercadopago", kind, message });

export function scrub(text: string): string {
  return scrubText(text, { fields: scrubbedFields, patterns: secretPatterns });
}

const secretPatterns = [/\b(APP_USR|TEST)-[\w-]+/g, /\bBearer [\w.~+/=-]+/gi, /\b[0-9a-f]{64}\b/g];
const scrubbedFields = new Set([
  "payer",
  "card",
  "cardholder",
  "email",
  "first_name",
  "last_name",
  "phone",
  "identification",
  "additional_info",
  "barcode",
  "accessToken",
  "access_token",
  "webhookSecret",
]);
