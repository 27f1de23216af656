import { afterAll, beforeEach, expect, test } from "vitest";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import type { ChargeFact, PaymentCapabilities } from "#domain/payment-provider.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import type { Clinic } from "../support/clinic.ts";
import { eventually } from "../support/end-state.ts";
import { bookAtPretended, newService, type PretendedService, pretendProvider, pretendWebhook } from "../support/pretend-provider.ts";
import { prepareStage } from "../support/stage.ts";
import { hurryPolls } from "./stories.ts";

/**
 * Each fact that a provider declares has a reader in the engine, which never asks for a provider's
 * name.
 */
const stage = prepareStage({ keepsPromises: true });
let service: PretendedService;
beforeEach(() => {
  service = newService();
});
afterAll(async () => {
  delete paymentProviders["pretend"];
});

type Booking = { id: string; token: string; reference: string; amountMinor: number; checkoutUrl: string };

async function onItsPage(facts: Partial<PaymentCapabilities>): Promise<{ clinic: Clinic; connectionId: string; booking: Booking }> {
  paymentProviders["pretend"] = pretendProvider(service, facts);
  const clinic = await stage.openClinic();
  return { clinic, ...(await bookAtPretended(stage, clinic)) };
}

const chargeOf = (booking: Booking, changes: Partial<ChargeFact> = {}): ChargeFact => ({
  providerChargeId: `charge-${booking.reference}`,
  reference: booking.reference,
  state: "approved",
  providerStatus: "approved",
  amountMinor: booking.amountMinor,
  currency: "COP",
  method: "card",
  finalizedAt: new Date(),
  ...changes,
});

const isConfirmed = (booking: Booking) => stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });

/** The customer is back from the provider's page. */
const returns = (booking: Booking) => fetch(`${stage.appUrl}/pay/return/${booking.id}/${booking.token}`, { redirect: "manual" });

async function one<T extends object>(text: string, values: unknown[]): Promise<T | undefined> {
  return (await stage.owner.query<T>(text, values)).rows[0];
}

async function deliver(connectionId: string, booking: Booking): Promise<void> {
  const event = { key: "event-1", id: `charge-${booking.reference}`, reference: booking.reference, state: "approved" } as const;
  const { body, headers } = pretendWebhook({ ...event, amountMinor: booking.amountMinor, currency: "COP" });
  const answer = await fetch(`${stage.appUrl}/api/webhooks/pretend/${connectionId}`, { method: "POST", headers, body });
  expect(answer.status).toBe(200);
}

test("what the provider calls the payment is kept, and every look-up gets it", async () => {
  const { booking } = await onItsPage({});
  expect(booking.checkoutUrl).toBe(`https://pretend.example/${booking.reference}`);
  expect(await one("select provider_payment_id as id from payment where reference = $1", [booking.reference])).toEqual({
    id: `session-${booking.reference}`,
  });
  service.charges.set("1", chargeOf(booking));
  await returns(booking);
  await isConfirmed(booking);
  expect(service.asked).toContain(`charges of session-${booking.reference}`);
});

test("a payment that the provider says is cancelled is asked about again, and may still be approved", async () => {
  const { booking } = await onItsPage({});
  const asked = () => service.asked.filter((question) => question === `charges of session-${booking.reference}`).length;
  service.charges.set("1", chargeOf(booking, { state: "cancelled", providerStatus: "cancelled" }));
  await returns(booking);
  await eventually(async () =>
    expect(await one("select status from payment where reference = $1", [booking.reference])).toEqual({ status: "cancelled" }),
  );
  const before = asked();
  await hurryPolls(stage, booking.id);
  await eventually(async () => expect(asked()).toBeGreaterThan(before));
  service.charges.set("1", chargeOf(booking));
  await returns(booking);
  await isConfirmed(booking);
});

test("signatureCovers all: the event alone settles, and the provider is not asked", async () => {
  const { connectionId, booking } = await onItsPage({ signatureCovers: "all" });
  await deliver(connectionId, booking);
  await eventually(async () =>
    expect(await one("select state from inbox_event where reference = $1", [booking.reference])).toEqual({ state: "settled" }),
  );
  expect(service.asked).not.toContain(`charge charge-${booking.reference}`);
  await isConfirmed(booking);
  service.charges.set("1", chargeOf(booking));
});

test("signatureCovers id_only: the same event settles nothing before the provider says so", async () => {
  const { connectionId, booking } = await onItsPage({ signatureCovers: "id_only" });
  await deliver(connectionId, booking);
  await eventually(async () => expect(service.asked).toContain(`charge charge-${booking.reference}`));
  expect(await stage.state(booking)).toMatchObject({ status: "pending" });
  service.charges.set(`charge-${booking.reference}`, chargeOf(booking));
  await returns(booking);
  await isConfirmed(booking);
});

test.each(["account", "environment"] as const)("an approval that the provider calls one of another %s never confirms", async (foreign) => {
  const { booking } = await onItsPage({});
  service.charges.set(`charge-${booking.reference}`, chargeOf(booking, { foreign }));
  await fetch(`${stage.appUrl}/pay/return/${booking.id}/${booking.token}`, { redirect: "manual" });
  await stage.reaches(booking, { status: "pending", refund: { reason: "mismatch" } });
});

test("pendingHoursMax: how long an attempt may still be paid is the provider's, and is kept with the payment", async () => {
  for (const pendingHoursMax of [1, 720]) {
    const { booking } = await onItsPage({ pendingHoursMax });
    const row = await one<{ hours: number }>(
      "select round(extract(epoch from payable_until - expires_at) / 3600)::int as hours from payment where reference = $1",
      [booking.reference],
    );
    expect(row).toEqual({ hours: pendingHoursMax });
  }
});

test("refunds partial: a part goes back by API with its own key, twice, while the sum stays within the charge; the refund's id is kept", async () => {
  const refunds = { voidByApi: true, refundByApi: true, partial: true, idempotencyKey: true };
  const { clinic, booking } = await onItsPage({ refunds });
  service.charges.set(`charge-${booking.reference}`, chargeOf(booking));
  await returns(booking);
  await isConfirmed(booking);
  const ask = (amountMinor: number) =>
    requestRefund({
      caller: { kind: "member", memberId: "m-1" },
      input: { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor },
    });
  await ask(4_000_000);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "partly_refunded" });
  await ask(6_000_000);
  await expect(ask(1)).rejects.toMatchObject({ code: "nothing_to_refund" });
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "refunded" });
  expect(service.refunds).toMatchObject([
    { method: "refund", amountMinor: 4_000_000, payment: { providerPaymentId: `session-${booking.reference}` } },
    { method: "refund", amountMinor: 6_000_000 },
  ]);
  // Seen by the polls meanwhile, and nobody else's doing: no reversal in the provider's panel.
  expect(await one("select 1 from event where subject_id = $1 and kind = 'payment.reversed'", [booking.id])).toBeUndefined();
  expect(new Set(service.refunds.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  const { rows } = await stage.owner.query(
    `select r.reason, r.state, r.provider_refund_id as "providerRefundId", e.actor from refund_case r
       join event e on e.kind = 'refund_case.opened' and e.details ->> 'refundCaseId' = r.id::text where r.checkout_id = $1 order by r.created_at`,
    [booking.id],
  );
  expect(rows).toEqual([
    { reason: "requested", state: "done", providerRefundId: "refund-1", actor: "member:m-1" },
    { reason: "requested", state: "done", providerRefundId: "refund-2", actor: "member:m-1" },
  ]);
  await stage.settled(booking.id);
});

test("without partial refunds a wished part goes to a person, and the booking stays", async () => {
  const { clinic, booking } = await onItsPage({});
  service.charges.set(`charge-${booking.reference}`, chargeOf(booking));
  await returns(booking);
  await isConfirmed(booking);
  await requestRefund({
    caller: { kind: "operator" },
    input: { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor: 1_000_000 },
  });
  await eventually(async () =>
    expect(await one("select state, method from refund_case where checkout_id = $1", [booking.id])).toEqual({
      state: "manual",
      method: "manual",
    }),
  );
  expect(service.refunds).toEqual([]);
  expect(await stage.state(booking)).toMatchObject({ status: "confirmed" });
});
