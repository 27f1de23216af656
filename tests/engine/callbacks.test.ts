import { expect, test } from "vitest";
import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { post } from "../support/post.ts";
import { prepareStage } from "../support/stage.ts";
import { withSmallAmounts } from "./capabilities/playable.ts";
import { callback, confirmed, hurryFollowUps, paidCallback, paidFollowUps, refundOfCard, settledAtOnce } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

const server = (clinic: Clinic, knobs: object) => post(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, knobs);

type Seen = { webhookId: string; attempt: number; body: string; answered: number };

/** What the merchant's server has received, oldest first. */
async function seen(clinic: Clinic): Promise<Seen[]> {
  const answer = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  return ((await answer.json()) as { callbacks: Seen[] }).callbacks.toReversed();
}

async function attempts(bookingId: string): Promise<(number | null)[]> {
  const { rows } = await stage.owner.query<{ status_code: number | null }>(
    "select status_code from callback_attempt a join follow_up f on f.tenant_id = a.tenant_id and f.id = a.follow_up_id where f.subject_id = $1 order by a.created_at",
    [bookingId],
  );
  return rows.map((row) => row.status_code);
}

async function payAtServerThat(knobs: object) {
  const clinic = await stage.openUnusualClinic();
  await server(clinic, knobs);
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  return { clinic, booking };
}

test("the merchant's server answers 500 twice: the same body and webhook-id come again, and then the booking is confirmed", async () => {
  const { clinic, booking } = await payAtServerThat({ status: 500, failures: 2 });
  await eventually(async () => expect(await attempts(booking.id)).toEqual([500]));
  expect((await stage.state(booking)).status).toBe("paid");
  await settledAtOnce(stage, booking.id);
  expect(await attempts(booking.id)).toEqual([500, 500, 200]);
  const received = await seen(clinic);
  expect(received.map(({ attempt, answered }) => [attempt, answered])).toEqual([
    [1, 500],
    [2, 500],
    [3, 200],
  ]);
  expect(new Set(received.map((one) => one.webhookId)).size).toBe(1);
  expect(new Set(received.map((one) => one.body)).size).toBe(1);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ callbacks: [paidCallback, paidCallback, paidCallback] }));
});

const inWholeUnits = "amounts are told in whole units, as the merchant's document has them, and beside them in minor units";
withSmallAmounts.story(inWholeUnits, async () => {
  const clinic = await stage.openClinic();
  const wish = { start: slotStart(0), serviceId: clinic.depositServiceId };
  const booking = await stage.reachPaymentPage(clinic, wish);
  // A payment of another amount first: it goes back, and the callback about it tells the charge's
  // amount.
  await stage.pay(booking.checkoutUrl, "approve", { amountMinor: 2_500_050 });
  await eventually(async () =>
    expect((await stage.state(booking)).refund).toMatchObject({ reason: "mismatch", state: refundOfCard.state }),
  );
  await stage.pay((await stage.retry(booking)).body.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  const told = (await seen(clinic)).map(({ body }) => JSON.parse(body)).toSorted((a, b) => a.secuencia - b.secuencia);
  const other = { monto: 25_000.5, monto_menor: 2_500_050 };
  const price = { precio: 100_000, precio_menor: 10_000_000, monto_cobrado: 25_000, monto_cobrado_menor: 2_500_000 };
  expect(told).toMatchObject([
    ...refundOfCard.callbacks.map((evento) => ({ evento, servicio: price, pago: { ...other, moneda: "COP" }, reembolso: other })),
    { evento: "booking.paid", servicio: price, pago: { monto: 25_000, monto_menor: 2_500_000, moneda: "COP" } },
  ]);
});

test("a server that asks to be left alone for an hour is left alone for an hour", async () => {
  const { booking } = await payAtServerThat({ status: 503, failures: 1, retryAfter: "3600" });
  await eventually(async () => expect(await attempts(booking.id)).toEqual([503]));
  await eventually(async () => {
    const { rows } = await stage.owner.query(
      "select run_at > now() + interval '59 minutes' as is_later from follow_up where subject_id = $1 and job = 'deliver-callback' and state = 'pending'",
      [booking.id],
    );
    expect(rows).toEqual([{ is_later: true }]);
  });
  await settledAtOnce(stage, booking.id);
  expect((await stage.state(booking)).status).toBe("confirmed");
});

test("410 switches the address off with a mail and a notice; the booking stays paid and the callback waits for a person", async () => {
  const { clinic, booking } = await payAtServerThat({ status: 410, failures: 1 });
  await settledAtOnce(stage, booking.id);
  await settledAtOnce(stage, clinic.tenantId);
  expect(await stage.endState(clinic, booking.id)).toEqual(
    confirmed({
      booking: { status: "paid", paymentStatus: "paid" },
      followUps: { ...paidFollowUps, "booking.paid deliver-callback": "attention" },
      mails: ["customer", "merchant", "merchant", "professional"],
    }),
  );
  expect((await stage.endState(clinic, clinic.tenantId)).followUps).toEqual({
    "callback.disabled mail-merchant-callback-disabled": "done",
    "callback.disabled notify-merchant": "done",
  });

  const next = await stage.reachPaymentPage(clinic, { start: slotStart(48) });
  await stage.pay(next.checkoutUrl, "approve");
  await settledAtOnce(stage, next.id);
  expect(await seen(clinic)).toHaveLength(1);
  expect((await stage.endState(clinic, next.id)).followUps).toEqual({ ...paidFollowUps, "booking.paid deliver-callback": "attention" });

  await stage.owner.query("update callback_endpoint set disabled_at = null where tenant_id = $1", [clinic.tenantId]);
  const { rows } = await stage.owner.query<{ id: string }>("select id from follow_up where subject_id = $1 and state = 'attention'", [
    booking.id,
  ]);
  const item = { tenantId: clinic.tenantId, followUpId: rows[0]?.id ?? "" };
  expect(await runFollowUpAgain({ caller: { kind: "operator" }, input: item })).toBe(true);
  await stage.reaches(booking, { status: "confirmed" });
  expect(new Set((await seen(clinic)).map((one) => one.webhookId)).size).toBe(1);
});

test("a redirect is never followed: it counts as a failure and is tried again at the address that was given", async () => {
  const other = await stage.openClinic();
  const { clinic, booking } = await payAtServerThat({ redirectTo: `${stage.simulatorsUrl}/merchant/${other.callback.id}/callback` });
  await eventually(async () => expect(await attempts(booking.id)).toEqual([302]));
  await server(clinic, { reset: "on" });
  await settledAtOnce(stage, booking.id);
  expect(await attempts(booking.id)).toEqual([302, 200]);
  expect(await seen(other)).toEqual([]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ callbacks: [paidCallback, paidCallback] }));
});

test("any 2xx with any body is an acknowledgement", async () => {
  const { clinic, booking } = await payAtServerThat({ garbage: "on" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

test("an address inside our own network is refused at each attempt", async () => {
  const clinic = await stage.openClinic();
  await stage.owner.query("update tenant set callback_url = 'http://169.254.169.254/latest/meta-data' where tenant_id = $1", [
    clinic.tenantId,
  ]);
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => {
    await hurryFollowUps(stage, booking.id);
    expect((await attempts(booking.id)).length).toBeGreaterThan(0);
  });
  expect((await attempts(booking.id))[0]).toBeNull();
  expect((await stage.state(booking)).status).toBe("paid");
  expect((await stage.endState(clinic, booking.id)).callbacks).toEqual([]);
});

test("a server that never answers well uses up the 72 hours of tries and becomes an attention item; mails went out long before", async () => {
  const { clinic, booking } = await payAtServerThat({ status: 500, failures: 1000 });
  await settledAtOnce(stage, booking.id);
  const received = await seen(clinic);
  expect(received.length).toBeGreaterThanOrEqual(14);
  expect(new Set(received.map((one) => one.body)).size).toBe(1);
  expect(await stage.endState(clinic, booking.id)).toEqual(
    confirmed({
      booking: { status: "paid", paymentStatus: "paid" },
      followUps: { ...paidFollowUps, "booking.paid deliver-callback": "attention" },
      callbacks: received.map(() => callback("booking.paid", 1)),
    }),
  );
});
