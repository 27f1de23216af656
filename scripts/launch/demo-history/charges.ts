import { chargeAsJson } from "#commands/settlement/record-charge.ts";
import { demo } from "#db/demo.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { newId } from "#platform/ids.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { eventBody } from "#simulators/wompi/events.ts";
import { defaultKnobs } from "#simulators/wompi/knobs.ts";
import { asKept, type PastTransaction } from "#simulators/wompi/recall.ts";
import type { Method } from "./plan.ts";
import type { Row, Rows } from "./rows.ts";

const { tenantId, wompi } = demo;

/** The simulator's first merchant, as simulators/wompi/world.ts numbers them. */
const merchantNumber = 12_000_001;

type Made = {
  paymentId: string;
  reference: string;
  amountMinor: number;
  currency: string;
  method: Method;
  at: number;
  state: "approved" | "declined";
  /** Of the visit, so that two charges of one second differ. */
  number: number;
};
export type ChargeRow = ReturnType<typeof chargeRow>;

/** One try of a payment, as the simulated provider would have told of it. */
export function chargeRow({ at, state, number, ...made }: Made) {
  const providerChargeId = `${merchantNumber}-${Math.floor(at / 1000)}-${10_000 + ((number * 7919) % 90_000)}`;
  const fact = { ...made, providerChargeId, state, providerStatus: state.toUpperCase(), finalizedAt: new Date(at) };
  const outcome = state === "approved" ? ("booked" as const) : null;
  const told = chargeAsJson({ tenantId, connectionId: wompi.id, paymentId: made.paymentId, fact, outcome });
  const seenAt = new Date(at + 40);
  return {
    tenant_id: tenantId,
    id: newId(at),
    connection_id: told.connectionId,
    payment_id: told.paymentId,
    provider_charge_id: told.providerChargeId,
    reference: told.reference,
    status: state as ChargeState,
    provider_status: told.providerStatus,
    amount_minor: told.amountMinor,
    currency: told.currency,
    method: told.method,
    approved_at: told.approvedAt === null ? null : new Date(told.approvedAt),
    outcome: outcome as "booked" | "refund_case" | null,
    created_at: seenAt,
    updated_at: seenAt,
  };
}

type Told = Pick<
  ChargeRow,
  "provider_charge_id" | "reference" | "amount_minor" | "currency" | "provider_status" | "method" | "approved_at" | "created_at"
>;
type Customer = { customer_name: string; customer_email: string; customer_phone: string };

/** The same as the provider knows it. Returns null for a state in which nothing is final. */
export function transactionOf(charge: Told, customer: Customer): PastTransaction | null {
  const status = (["APPROVED", "DECLINED", "ERROR", "VOIDED"] as const).find((known) => known === charge.provider_status);
  if (!status) return null;
  const at = (charge.approved_at ?? charge.created_at).toISOString();
  return {
    id: charge.provider_charge_id,
    publicKey: wompi.credentials.publicKey,
    reference: charge.reference,
    amountInCents: charge.amount_minor,
    currency: charge.currency,
    status,
    createdAt: at,
    finalizedAt: at,
    method: (["NEQUI", "PSE"] as const).find((known) => known === charge.method) ?? "CARD",
    customer: { email: customer.customer_email, fullName: customer.customer_name, phoneNumber: customer.customer_phone },
  };
}

const webhookUrl = new URL("http://127.0.0.1/api/webhooks/wompi");

/** The webhook that told of it, proven and stored as `receiveWebhook` does. */
export function receive(rows: Rows, { charge, customer, at }: { charge: Told; customer: Customer; at: number }): void {
  const definition = paymentProvider("wompi");
  const past = transactionOf(charge, customer);
  if (!definition || !past) throw new Error("the demo's provider does not know this charge");
  const { body, checksum } = eventBody({ merchant: wompi.credentials, transaction: asKept(past), knobs: defaultKnobs }, at);
  const headers = { "content-type": "application/json", "user-agent": "Faraday v0.15.4", "x-event-checksum": checksum };
  const proof = { rawBody: new TextEncoder().encode(body), headers: new Headers(headers), url: webhookUrl, credentials: wompi.credentials };
  const event = definition.verifyWebhook(proof);
  if (!event) throw new Error("the simulator's webhook is not proven");
  rows.inbox_event.push(storedEvent({ event, body: definition.scrub(body), headers, at }));
}

type Received = {
  event: NonNullable<ReturnType<NonNullable<ReturnType<typeof paymentProvider>>["verifyWebhook"]>>;
  body: string;
  headers: Record<string, string>;
  at: number;
};

function storedEvent({ event, body, headers, at }: Received): Row<"inbox_event"> {
  return {
    tenant_id: tenantId,
    id: newId(at),
    connection_id: wompi.id,
    provider: "wompi",
    event_key: event.eventKey,
    event_kind: event.eventKind,
    reference: event.reference,
    provider_charge_id: event.providerChargeId,
    is_about_charge: event.isAboutCharge,
    is_approval: event.isApproval,
    body,
    headers,
    state: "settled",
    received_at: new Date(at),
    settled_at: new Date(at + 90),
  };
}
