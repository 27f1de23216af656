import { z } from "zod";
import type { ChargeFact, FoundCharges, KnownPayment } from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { failureOfReply, type ServiceReply } from "#platform/outbound.ts";
import { placesOf } from "#providers/json-api.ts";
import { askBold, type BoldApi, failure } from "./api.ts";
import { type Link, readLink } from "./link.ts";
import { dateOf, moneyOf, type Notification, notificationShape, stateOfType } from "./notification.ts";
import { readVoucher } from "./voucher.ts";

/** The API answers with at most so many, the last valid state of each payment. */
const notificationsMax = 10;
const usualCurrency = "COP";

/**
 * Bold tells of a reference in three places, none of which tells everything: the notifications have
 * each payment and its tip, but come late; the voucher has one payment at once; the link says
 * whether it may still be paid, and in which environment.
 */
export async function findCharges(api: BoldApi, payment: KnownPayment): Promise<FoundCharges> {
  const { reference, providerPaymentId } = payment;
  const found: FoundCharges = { charges: [], unreadable: [] };
  const [notifications, voucher, link] = await Promise.all([
    readNotifications(api, `${encodeURIComponent(reference)}?is_external_reference=true`),
    readVoucher(api, payment),
    providerPaymentId === null ? null : readLink(api, providerPaymentId),
  ]);
  for (const row of notifications) readRow(found, row, reference);
  if (notifications.length >= notificationsMax) found.unreadable.push({ providerChargeId: null, why: "there may be more notifications" });
  if (voucher) addCharge(found.charges, voucher);
  if (link) addLink(found, link, { reference, isTest: api.isTest });
  return found;
}

/** A reference that is missing is the charge's own id, under which no payment of ours waits. */
export async function findCharge(api: BoldApi, id: string): Promise<ChargeFact | null> {
  const rows = await readNotifications(api, encodeURIComponent(id));
  const [row] = rows;
  if (row === undefined) return null;
  const parsed = notificationShape.safeParse(row);
  if (!parsed.success) throw failure("unexpected_reply", `the notification is not as documented: ${placesOf(parsed.error)}`);
  if (parsed.data.data.payment_id !== id) throw failure("unexpected_reply", "the reply is about another charge");
  return factOf(parsed.data, parsed.data.data.metadata?.reference ?? id);
}

async function readNotifications(api: BoldApi, path: string): Promise<unknown[]> {
  const reply = await askBold(api, { url: `${api.apiUrl}/payments/webhook/notifications/${path}` });
  if (reply.status === 404) return [];
  if (reply.status !== 200) throw failureOfReply({ provider: "bold", reply, asked: "the search of notifications" });
  return rowsOf(reply);
}

function rowsOf(reply: ServiceReply): unknown[] {
  const parsed = z.object({ notifications: z.array(z.unknown()) }).safeParse(reply.json());
  if (!parsed.success) throw failure("unexpected_reply", "the notifications are not as documented");
  return parsed.data.notifications;
}

function readRow({ charges, unreadable }: FoundCharges, row: unknown, reference: string): void {
  const parsed = notificationShape.safeParse(row);
  if (!parsed.success) {
    const { data } = z.object({ data: z.object({ payment_id: z.string().min(1).max(255) }) }).safeParse(row);
    unreadable.push({ providerChargeId: data?.data.payment_id ?? null, why: `not as documented: ${placesOf(parsed.error)}` });
    return;
  }
  const { payment_id: id, metadata } = parsed.data.data;
  if ((metadata?.reference ?? reference) !== reference) unreadable.push({ providerChargeId: id, why: "it has another reference" });
  else addCharge(charges, factOf(parsed.data, reference));
}

function factOf(notification: Notification, reference: string): ChargeFact {
  const { type, data } = notification;
  const state = stateOfType(type);
  return {
    providerChargeId: data.payment_id,
    reference,
    state,
    providerStatus: type,
    ...moneyOf(notification),
    currency: data.amount.currency ?? usualCurrency,
    method: data.payment_method ?? null,
    finalizedAt: state === "pending" ? null : dateOf(data.created_at),
  };
}

/** A later state never gives way to an earlier one, whichever place tells it. */
const ranks: Partial<Record<ChargeState, number>> = { pending: 0, declined: 1, error: 1, approved: 2, voided: 3 };

/** What a notification says of the money stays: the other places may not tell tips apart. */
function addCharge(charges: ChargeFact[], fact: ChargeFact): void {
  const known = charges.find(({ providerChargeId }) => providerChargeId === fact.providerChargeId);
  if (!known) charges.push(fact);
  else if ((ranks[fact.state] ?? 0) > (ranks[known.state] ?? 0)) {
    known.state = fact.state;
    known.providerStatus = fact.providerStatus;
    known.finalizedAt ??= fact.finalizedAt;
  }
}

function addLink({ charges, unreadable }: FoundCharges, link: Link, { reference, isTest }: { reference: string; isTest: boolean }): void {
  if (link.reference !== reference) {
    unreadable.push({ providerChargeId: link.charge?.providerChargeId ?? null, why: "the link has another reference" });
    return;
  }
  if (link.charge) addCharge(charges, { ...link.charge, reference });
  // Somebody is paying, or may still pay although the end has passed: this is no answer yet.
  const isOpen = link.isProcessing || (link.isPayable && link.isPastEnd);
  if (charges.length === 0 && isOpen) unreadable.push({ providerChargeId: null, why: "the link is still open" });
  if (link.isSandbox !== isTest) for (const charge of charges) charge.foreign = "environment";
}
