import { createHmac } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import {
  type ChargeFact,
  type DisputeFact,
  type KnownPayment,
  type PaymentCapabilities,
  type RefundAnswer,
  type RefundFact,
  type RefundRequest,
  type StartPayment,
  shortOfBalance,
  type UnreadableRow,
} from "#domain/payment-provider.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import type { PaymentProviderDefinition } from "#providers/payments/definition.ts";
import { wompi } from "#providers/payments/wompi/wompi.ts";
import type { Clinic } from "./clinic.ts";
import { reachPaymentPage, slotStart } from "./customer.ts";
import type { Place } from "./world.ts";

/** What the pretended service knows, and what it was asked. */
export type PretendedService = {
  charges: Map<string, ChargeFact>;
  asked: string[];
  /** Rows of a look-up that cannot be read. */
  unreadable?: UnreadableRow[];
  refunds: RefundRequest[];
  /** What it answers when a page is to be closed; `away`: nothing, and the page stays open. */
  closing: "closed" | "already_paid" | "away";
  /** What it was told of each page. */
  started: StartPayment[];
  /** By the provider's id of the payment. */
  closed: Set<string | null>;
  /** It tells each refund of a charge by itself. Left out: only the state of the whole. */
  parts?: Parts;
};
/**
 * `accepts`: as it answers a refund. `then_breaks`: the refund is there, and its answer never comes.
 * `keepsKeys`: a part names the request that made it.
 */
type Parts = {
  accepts: RefundFact["state"] | "refused" | "short" | "then_breaks" | "breaks";
  keepsKeys: boolean;
};

export const newService = (): PretendedService => ({
  charges: new Map(),
  asked: [],
  refunds: [],
  closing: "closed",
  started: [],
  closed: new Set(),
});

/** A customer of this clinic, on the pretended provider's page. */
export async function bookAtPretended(world: Place, clinic: Clinic) {
  const wish = newConnection.parse({ kind: "payment", provider: "pretend", mode: "test", credentials: {} });
  const { id: connectionId } = await createConnection({ caller: system, input: { tenantId: clinic.tenantId, ...wish } });
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0), provider: "pretend" });
  return { connectionId, booking };
}

export const pretendSecret = "pretend-secret";

/**
 * A provider with the capabilities that a test wants to see read: whatever the real ones can or cannot, the engine must ask
 * the facts and not the name. Its service is a few maps in this process; its webhooks are signed as a whole.
 */
export function pretendProvider(service: PretendedService, facts: Partial<PaymentCapabilities>): PaymentProviderDefinition {
  const capabilities: PaymentCapabilities = {
    ...wompi.capabilities,
    amounts: { COP: { minMinor: 1, maxMinor: null, stepMinor: 1 } },
    ...facts,
  };
  const ask = (what: string) => void service.asked.push(what);
  return {
    ...wompi,
    id: "pretend",
    name: "Pretend",
    capabilities,
    webhookHeaders: ["x-pretend-signature"],
    guessReference: () => null,
    create: () => ({
      id: "pretend",
      name: "Pretend",
      capabilities,
      async start(payment: StartPayment) {
        const { reference } = payment;
        service.started.push(payment);
        return { checkoutUrl: `https://pretend.example/${reference}`, providerPaymentId: `session-${reference}` };
      },
      async findCharges(payment: KnownPayment) {
        ask(`charges of ${payment.providerPaymentId}`);
        const charges = [...service.charges.values()].filter(({ reference }) => reference === payment.reference);
        return { charges, unreadable: service.unreadable ?? [] };
      },
      async findCharge(id: string) {
        ask(`charge ${id}`);
        return service.charges.get(id) ?? null;
      },
      async refund(request: RefundRequest) {
        service.refunds.push(request);
        if (service.parts) return refundPart(service, request, service.parts);
        const charge = service.charges.get(request.providerChargeId);
        if (charge) charge.state = request.amountMinor < charge.amountMinor ? "partly_refunded" : "refunded";
        return { result: "accepted", providerRefundId: `refund-${service.refunds.length}`, providerStatus: "pending", detail: null };
      },
      async close(payment: KnownPayment) {
        ask(`close ${payment.providerPaymentId}`);
        const { closing } = service;
        if (closing === "away") throw new ProviderFailure({ provider: "pretend", kind: "unreachable", message: "it is away" });
        if (closing === "closed") service.closed.add(payment.providerPaymentId);
        return closing;
      },
      test: async () => ({ ok: true, detail: "ok", refused: null, proven: [], unproven: [] }),
    }),
    verifyWebhook({ rawBody, headers }) {
      if (headers.get("x-pretend-signature") !== signed(Buffer.from(rawBody).toString())) return null;
      const event = JSON.parse(Buffer.from(rawBody).toString()) as PretendedEvent;
      const { key: eventKey, reference, id: providerChargeId } = event;
      const { kind: eventKind = "charge" } = event;
      return {
        eventKey,
        eventKind,
        isAboutCharge: eventKind === "charge",
        isApproval: eventKind === "charge" && event.state === "approved",
        reference,
        providerChargeId,
      };
    },
    signedCharge(storedBody) {
      const event = JSON.parse(storedBody) as PretendedEvent;
      const { id: providerChargeId, state, amountMinor, currency, tipMinor } = event;
      return { providerChargeId, state, providerStatus: state, amountMinor, currency, ...(tipMinor && { tipMinor }), unproven: [] };
    },
    scrub: (text) => text,
  };
}

/** As a provider does that keeps idempotency keys: the same key is the same refund. */
function refundPart(service: PretendedService, request: RefundRequest, { accepts, keepsKeys }: Parts): RefundAnswer {
  const charge = service.charges.get(request.providerChargeId);
  if (!charge) throw new Error("there is no such charge");
  const refused = { result: "refused", providerRefundId: null, providerStatus: "refused", detail: shortOfBalance } as const;
  if (accepts === "refused") return { ...refused, detail: null };
  if (accepts === "short") return refused;
  const lost = new ProviderFailure({ provider: "pretend", kind: "unreachable", message: "the answer was lost" });
  if (accepts === "breaks") throw lost;
  if (!takenKeys.has(request.idempotencyKey)) {
    takenKeys.add(request.idempotencyKey);
    const state = accepts === "then_breaks" ? "done" : accepts;
    sendBack(charge, { amountMinor: request.amountMinor, state, idempotencyKey: keepsKeys ? request.idempotencyKey : null });
  }
  if (accepts === "then_breaks") throw lost;
  const providerRefundId = charge.refunds?.at(-1)?.providerRefundId ?? null;
  return { result: "accepted", providerRefundId, providerStatus: accepts, detail: null };
}
const takenKeys = new Set<string>();

/** A part of a charge goes back: by a request, or in the panel without a key. Answers its id. */
export function sendBack(charge: ChargeFact, part: Pick<RefundFact, "amountMinor"> & Partial<RefundFact>): string {
  const refunds = [...(charge.refunds ?? [])];
  const providerRefundId = part.providerRefundId ?? `part-${refunds.length + 1}-${charge.providerChargeId}`;
  const state = part.state ?? "done";
  refunds.push({ idempotencyKey: null, at: null, ...part, state, providerRefundId, providerStatus: state });
  retell(charge, refunds);
  return providerRefundId;
}

/** What becomes of a part later. */
export function turnPart(charge: ChargeFact, providerRefundId: string, state: RefundFact["state"]): void {
  const turned = (charge.refunds ?? []).map((part) =>
    part.providerRefundId === providerRefundId ? { ...part, state, providerStatus: state } : part,
  );
  retell(charge, turned);
}

/** As Stripe does: only what has not failed makes the state of the whole. */
function retell(charge: ChargeFact, refunds: readonly RefundFact[]): void {
  const goneMinor = refunds.filter(({ state }) => state !== "failed").reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  charge.refunds = refunds;
  charge.state = goneMinor === 0 ? "approved" : goneMinor < charge.amountMinor ? "partly_refunded" : "refunded";
  charge.providerStatus = charge.state;
}

/** A bank asks, or takes the money. The same id again changes what it was. */
export function disputeCharge(charge: ChargeFact, told: Pick<DisputeFact, "providerDisputeId"> & Partial<DisputeFact>): void {
  const before = charge.disputes?.find(({ providerDisputeId }) => providerDisputeId === told.providerDisputeId);
  const kind = told.kind ?? before?.kind ?? "dispute";
  const fresh: DisputeFact = {
    ...{ kind, state: "needs_response", providerStatus: "needs_response", amountMinor: charge.amountMinor, feeMinor: null },
    ...{ reason: "fraudulent", evidenceDueAt: null, isRefundable: kind === "inquiry", ...before, ...told },
  };
  charge.disputes = [...(charge.disputes ?? []).filter((one) => one !== before), fresh];
  const takes = charge.disputes.filter((one) => one.kind === "dispute" && one.state !== "won");
  if (takes.some(({ state }) => state === "lost")) charge.state = "charged_back";
  else if (takes.length > 0) charge.state = "disputed";
  else if (charge.state === "disputed") charge.state = "approved";
  charge.providerStatus = charge.state;
}

export type PretendedEvent = {
  key: string;
  /** Of an event that says nothing about a charge. */
  kind?: string;
  tipMinor?: number;
  id: string;
  reference: string;
  state: ChargeState;
  amountMinor: number;
  currency: string;
};

/** As the service would send it. */
export function pretendWebhook(event: PretendedEvent): { body: string; headers: Record<string, string> } {
  const body = JSON.stringify(event);
  return { body, headers: { "content-type": "application/json", "x-pretend-signature": signed(body) } };
}

const signed = (body: string) => createHmac("sha256", pretendSecret).update(body).digest("hex");
