import { afterAll, beforeEach, expect, test } from "vitest";
import { viewOf } from "#app/book/[id]/confirm/confirm-view.ts";
import { answerReversal } from "#commands/checkouts/answer-reversal.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { listAttention } from "#queries/attention.ts";
import { withPanel } from "#tests/engine/capabilities/playable.ts";
import { callback, confirmed, paidCallback, paidFollowUps, refundCases, settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { bookAtPretended, newService, type PretendedService, pretendProvider } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

/** Money that went back in the provider's own panel, or at the bank: never decided by itself, never kept quiet. */
const stage = prepareStage({ keepsPromises: true });
let service: PretendedService;
beforeEach(() => {
  service = newService();
  paymentProviders["pretend"] = pretendProvider(service, {});
});
afterAll(() => {
  delete paymentProviders["pretend"];
});

const operator = { kind: "operator" } as const;
const reversedFollowUps = {
  "payment.reversed mail-customer-refund-done": "done",
  "payment.reversed mail-merchant-reversed": "done",
  "payment.reversed notify-merchant": "done",
  "payment.reversed deliver-callback": "done",
};
const standing = {
  booking: { status: "confirmed", paymentStatus: "refunded" },
  payments: [testedProvider.panelSendsBackAs ?? ""],
  followUps: { ...paidFollowUps, ...reversedFollowUps },
  mails: ["customer", "customer", "merchant", "merchant", "professional"],
  callbacks: [paidCallback, callback("payment.reversed", 2)],
};

type Booking = { id: string; token: string };

async function voidedInThePanel() {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  await stage.payer.decide(chargeIds[0], "voided");
  await stage.reaches(booking, { paymentStatus: "refunded" });
  await settledAtOnce(stage, booking.id);
  return { clinic, booking };
}

const answer = (clinic: Clinic, booking: Booking, word: "keep" | "cancel") =>
  answerReversal({ caller: operator, input: { tenantId: clinic.tenantId, checkoutId: booking.id, answer: word } });

async function questionOf({ id }: Booking): Promise<string | null> {
  const { rows } = await stage.owner.query<{ reversal_answer: string | null }>("select reversal_answer from checkout where id = $1", [id]);
  return rows[0]?.reversal_answer ?? null;
}

async function paymentsInCallbacks(clinic: Clinic): Promise<Record<string, string>> {
  const reply = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  type Body = { evento: string; secuencia: number; pago: { estado: string } };
  const { callbacks } = (await reply.json()) as { callbacks: { body: string | Body }[] };
  const bodies = callbacks.map(({ body }) => (typeof body === "string" ? (JSON.parse(body) as Body) : body));
  // The newest of each kind.
  return Object.fromEntries(bodies.sort((a, b) => a.secuencia - b.secuencia).map(({ evento, pago }) => [evento, pago.estado]));
}

async function lastMailTo(who: string, clinic: Clinic): Promise<string> {
  const reply = await fetch(`${stage.simulatorsUrl}/mail/state?to=${who}@${clinic.link}.example`);
  const { mails } = (await reply.json()) as { mails: { subject: string; text: string; date?: string }[] };
  return mails.map(({ subject, text }) => `${subject}\n${text}`.replaceAll(/\s+/g, " ")).join("\n---\n");
}

withPanel.story(
  "a void in the panel is recorded, the merchant is asked by mail, their server is told, and the booking stands until they answer",
  async () => {
    const { clinic, booking } = await voidedInThePanel();
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed(standing));
    expect(await questionOf(booking)).toBe("open");
    expect(await listAttention()).toContainEqual(expect.objectContaining({ kind: "reversal_open", tenantId: clinic.tenantId }));
    expect(await paymentsInCallbacks(clinic)).toEqual({ "booking.paid": "aprobado", "payment.reversed": "reembolsado" });
    const mail = await lastMailTo("merchant", clinic);
    // With the part, where the provider tells of it.
    expect(mail).toMatch(/se devolvió fuera de Konfirmado|Alguien devolvió \$ 100\.000 de esta reserva/);
    expect(mail).toContain("La reserva sigue en pie");
  },
);

withPanel.story("the page of such a booking does not say that it is paid, and still gives the appointment", async () => {
  const { booking } = await voidedInThePanel();
  const shown = await stage.state(booking);
  expect(shown).toMatchObject({ status: "confirmed", paymentStatus: "refunded" });
  const moment = { isLate: false, hasTimeLeft: false };
  expect(viewOf(shown, moment)).toBe("reversed");
  expect(viewOf({ ...shown, paymentStatus: "charged_back" }, moment)).toBe("reversed");
  expect(viewOf({ ...shown, paymentStatus: "paid" }, moment)).toBe("confirmed");
});

withPanel.story("keep: the booking stands, the question is closed, and it cannot be answered twice", async () => {
  const { clinic, booking } = await voidedInThePanel();
  expect(await answer(clinic, booking, "keep")).toBe(true);
  expect(await answer(clinic, booking, "cancel")).toBe(false);
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed(standing));
  expect(await questionOf(booking)).toBe("keep");
  const { rows } = await stage.owner.query(
    "select actor, details->>'answer' as answer from event where subject_id = $1 and kind = 'payment.reversal_answered'",
    [booking.id],
  );
  expect(rows).toEqual([{ actor: "operator", answer: "keep" }]);
});

withPanel.story("cancel: the slot is free, everybody is told, and no mail promises money that has gone back already", async () => {
  const { clinic, booking } = await voidedInThePanel();
  const url = `${stage.appUrl}/api/operator/checkouts/${booking.id}/reversal`;
  const headers = { authorization: "Bearer cron-secret-of-the-tests", "content-type": "application/json" };
  const said = (body: object) => fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  expect((await said({ answer: "perhaps" })).status).toBe(422);
  expect((await said({ answer: "cancel" })).status).toBe(204);
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toMatchObject({
    booking: { status: "cancelled", paymentStatus: "refunded" },
    claims: ["released"],
    refundCases: [],
    callbacks: [paidCallback, callback("payment.reversed", 2), callback("booking.cancelled", 3)],
  });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  expect(await questionOf(booking)).toBe("cancel");
  const mail = await lastMailTo("customer", clinic);
  expect(mail).toContain("Tu cita fue cancelada");
  expect(mail).not.toContain("Te devolvemos");
});

withPanel.story("who cancels the booking in the ordinary way has answered", async () => {
  const { clinic, booking } = await voidedInThePanel();
  await cancelCheckout({ caller: operator, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  expect(await questionOf(booking)).toBe("cancel");
  expect(await answer(clinic, booking, "keep")).toBe(false);
});

async function paidAtThePretendedService() {
  const clinic = await stage.openClinic();
  const { booking } = await bookAtPretended(stage, clinic);
  const { rows } = await stage.owner.query<{ id: string }>("select id from payment where checkout_id = $1", [booking.id]);
  const saysAlone = async (word: ChargeState) => {
    const { reference, amountMinor, currency } = booking;
    const charge = { providerChargeId: "c-1", reference, state: word, providerStatus: word, amountMinor, currency };
    service.charges.set("c-1", { ...charge, method: null, finalizedAt: new Date() });
    await pollPayment({ tenantId: clinic.tenantId, paymentId: rows[0]?.id ?? "", isExtra: true });
  };
  const says = async (word: ChargeState) => {
    await saysAlone(word);
    await eventually(() => settledAtOnce(stage, booking.id));
  };
  await says("approved");
  await stage.reaches(booking, { status: "confirmed" });
  return { clinic, booking, says, saysAlone };
}

test("a dispute is told and asks nothing; a dispute that is won is paid again; one that is lost asks", async () => {
  const { clinic, booking, says } = await paidAtThePretendedService();
  await says("disputed");
  expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "disputed" });
  expect(await questionOf(booking)).toBeNull();
  expect(await paymentsInCallbacks(clinic)).toMatchObject({ "payment.reversed": "en_disputa" });
  await says("approved");
  expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "paid" });
  expect(await paymentsInCallbacks(clinic)).toMatchObject({ "payment.restored": "aprobado" });
  await says("disputed");
  await says("charged_back");
  expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "charged_back" });
  expect(await questionOf(booking)).toBe("open");
  expect(await paymentsInCallbacks(clinic)).toMatchObject({ "payment.reversed": "contracargo" });
});

test.each(["approved", "partly_refunded", "refunding"] as const)(
  "a chargeback whose dispute nobody saw is told and asks, when the charge was last seen as %s",
  async (before) => {
    const { clinic, booking, says } = await paidAtThePretendedService();
    await says(before);
    await says("charged_back");
    expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "charged_back" });
    expect(await questionOf(booking)).toBe("open");
    expect(await paymentsInCallbacks(clinic)).toMatchObject({ "payment.reversed": "contracargo" });
  },
);

test("a dispute that was won before its callback went out: each callback tells its own fact, not the next one", async () => {
  const { clinic, booking, saysAlone } = await paidAtThePretendedService();
  await stage.stopWorker();
  await saysAlone("disputed");
  await saysAlone("approved");
  await stage.startWorker();
  await eventually(() => settledAtOnce(stage, booking.id));
  const told = { "booking.paid": "aprobado", "payment.reversed": "en_disputa", "payment.restored": "aprobado" };
  expect(await paymentsInCallbacks(clinic)).toEqual(told);
});

test("a part that goes back outside is told and asks nothing; the rest asks", async () => {
  const { clinic, booking, says } = await paidAtThePretendedService();
  await says("partly_refunded");
  expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "partly_refunded" });
  expect(await questionOf(booking)).toBeNull();
  expect(await paymentsInCallbacks(clinic)).toMatchObject({ "payment.reversed": "reembolsado_en_parte" });
  await says("refunded");
  await says("refunded");
  expect(await questionOf(booking)).toBe("open");
  expect((await stage.endState(clinic, booking.id)).callbacks).toEqual([
    paidCallback,
    callback("payment.reversed", 2),
    callback("payment.reversed", 3),
  ]);
});

test("all of it goes back outside while a case of ours was to send a part: the case is done, and the rest asks", async () => {
  const { clinic, booking, says } = await paidAtThePretendedService();
  const input = { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor: 1_000_000 };
  await requestRefund({ caller: operator, input });
  await eventually(async () => expect(await refundCases(stage, clinic)).toMatchObject([{ state: "manual" }]));
  await says("voided");
  expect(await refundCases(stage, clinic)).toMatchObject([{ state: "done", amount: 1_000_000 }]);
  expect(await stage.state(booking)).toMatchObject({ status: "confirmed", paymentStatus: "refunded" });
  expect(await questionOf(booking)).toBe("open");
  expect(await paymentsInCallbacks(clinic)).toMatchObject({ "payment.reversed": "reembolsado" });
});
