import { z } from "zod";
import { type ChargeFact, type StartPayment, takesAmount } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { failureOfReply } from "#platform/outbound.ts";
import { placesOf } from "#providers/json-api.ts";
import { askBold, type BoldApi, failure, pesos, unwrapped } from "./api.ts";
import { capabilities } from "./definition.ts";
import { withoutTip } from "./voucher.ts";

const madeShape = z.object({ payment_link: z.string().regex(/^[\w-]{1,255}$/), url: z.url().max(2000) });
const linkPath = "/online/link/v1";

/**
 * Makes a link. There is no idempotency key: after a crash there is a second link with the same
 * reference. Both are found by it, and the second approval is a duplicate that goes back.
 */
export async function startLink(api: BoldApi, payment: StartPayment) {
  if (!takesAmount(capabilities, payment)) throw failure("refused", "the amount must be whole pesos, at least 1000 COP");
  if (!/^[\w-]{1,60}$/.test(payment.reference)) throw failure("refused", "the reference must be 1 to 60 letters, digits, - or _");
  const reply = await askBold(api, { method: "POST", url: api.apiUrl + linkPath, body: bodyOf(api, payment) });
  if (reply.status !== 200 && reply.status !== 201) throw failureOfReply({ provider: "bold", reply, asked: "making the link" });
  const parsed = madeShape.safeParse(unwrapped(reply));
  if (!parsed.success) throw failure("unexpected_reply", `the link is not as documented: ${placesOf(parsed.error)}`);
  const { payment_link: providerPaymentId, url: checkoutUrl } = parsed.data;
  if (!isOpenable(api, new URL(checkoutUrl))) throw failure("unexpected_reply", "the link's address is not https");
  return { checkoutUrl, providerPaymentId };
}

function bodyOf(api: BoldApi, { reference, amountMinor, currency, description, expiresAt, returnUrl, customer }: StartPayment) {
  const text = description.trim().slice(0, 100);
  return {
    amount_type: "CLOSE",
    amount: { currency, total_amount: amountMinor / 100, tip_amount: 0 },
    reference,
    description: text.length < 2 ? reference : text,
    expiration_date: nanoseconds(expiresAt),
    payer_email: customer.email,
    ...(isOpenable(api, new URL(returnUrl)) && { callback_url: returnUrl }),
  };
}

/**
 * Whole seconds times 1e9 are exact in a double. Text and code of the documentation say
 * nanoseconds, its JSON says milliseconds.
 */
export const nanoseconds = (at: Date): number => Math.floor(at.getTime() / 1000) * 1e9;

/** Bold takes https alone. A simulator on this machine takes http. */
const isOpenable = (api: BoldApi, { protocol }: URL): boolean =>
  protocol === "https:" || (protocol === "http:" && new URL(api.apiUrl).protocol === "http:");

const linkShape = z.object({
  reference: z.string().max(255).nullish(),
  status: z.string().min(1).max(64),
  is_sandbox: z.boolean(),
  transaction_id: z.string().min(1).max(255).nullish(),
  total: pesos.nullish(),
  subtotal: pesos.nullish(),
  currency: z.string().nullish().catch(null),
  payment_method: z.string().max(64).nullish().catch(null),
  expiration_date: z.number().nullish().catch(null),
});

/** `isPayable`: a link whose last try failed is ACTIVE again. Only EXPIRED is a final no. */
export type Link = {
  reference: string | null;
  isSandbox: boolean;
  isPayable: boolean;
  isProcessing: boolean;
  isPastEnd: boolean;
  charge: ChargeFact | null;
};

const states: Record<string, ChargeState> = { PAID: "approved", PROCESSING: "pending" };

export async function readLink(api: BoldApi, id: string): Promise<Link> {
  const reply = await askBold(api, { url: `${api.apiUrl}${linkPath}/${encodeURIComponent(id)}` });
  if (reply.status !== 200) throw failureOfReply({ provider: "bold", reply, asked: "reading the link" });
  const parsed = linkShape.safeParse(unwrapped(reply));
  if (!parsed.success) throw failure("unexpected_reply", `the link is not as documented: ${placesOf(parsed.error)}`);
  const link = parsed.data;
  return {
    reference: link.reference ?? null,
    isSandbox: link.is_sandbox,
    isPayable: !["EXPIRED", "PAID"].includes(link.status),
    isProcessing: link.status === "PROCESSING",
    isPastEnd: (millisecondsOf(link.expiration_date) ?? Number.POSITIVE_INFINITY) <= databaseNow(),
    charge: chargeOf(link),
  };
}

/** Only what is paid or being paid: of a failed try the other places tell. */
function chargeOf({ status, transaction_id: id, total, subtotal, currency, payment_method: method }: z.output<typeof linkShape>) {
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (!state || !id || total === null || total === undefined) return null;
  const money = { ...withoutTip(total, subtotal), currency: currency ?? "COP" };
  return { providerChargeId: id, reference: "", state, providerStatus: status, ...money, method: method ?? null, finalizedAt: null };
}

/** The documentation shows both units. */
function millisecondsOf(time: number | null | undefined): number | null {
  if (time === null || time === undefined) return null;
  return time > 1e15 ? time / 1e6 : time;
}
