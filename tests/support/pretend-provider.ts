import { createHmac } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import type {
  ChargeFact,
  KnownPayment,
  PaymentCapabilities,
  RefundRequest,
  StartPayment,
  UnreadableRow,
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
