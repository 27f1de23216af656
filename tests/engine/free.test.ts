import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { readEffects } from "../support/outside-effects.ts";
import { prepareStage } from "../support/stage.ts";
import { confirmed } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

async function bookFree(settings: { policy?: "hold" | "first_payer_wins" } = {}) {
  const clinic = await stage.openClinic({ priceMinor: 0, ...settings });
  const held = await stage.hold(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const booked = await stage.book(clinic, { holdId: held.body.id, session: held.body.session, customer });
  return { clinic, booking: booked.body };
}

test("what costs nothing is booked at once, with the same room, mails and callback, and a charge of no provider", async () => {
  const { clinic, booking } = await bookFree();
  expect(booking).toMatchObject({ amountMinor: 0, currency: "COP" });
  expect(new URL(booking.checkoutUrl).pathname).toBe(`/pay/return/${booking.id}/${booking.token}`);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await stage.settled(booking.id);
  const { followUps } = confirmed();
  expect(await stage.endState(clinic, booking.id)).toEqual(
    confirmed({ rooms: 1, followUps: { "booking.paid create-room": "done", ...followUps } }),
  );
  const { rows } = await stage.owner.query(
    "select p.provider, c.amount_minor::int as amount, c.status, c.outcome from charge c join payment p on p.id = c.payment_id where p.checkout_id = $1",
    [booking.id],
  );
  expect(rows).toEqual([{ provider: "none", amount: 0, status: "approved", outcome: "booked" }]);
  const [callback] = (await readEffects(stage, clinic)).callbacks;
  expect(JSON.parse(callback?.body ?? "{}")).toMatchObject({
    evento: "booking.paid",
    pago: { monto: 0, monto_menor: 0, proveedor: "none" },
  });
});

test("a cancelled free booking frees its slot, and sends nothing back", async () => {
  const { clinic, booking } = await bookFree();
  await stage.reaches(booking, { status: "confirmed" });
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toMatchObject({
    booking: { status: "cancelled", paymentStatus: "paid" },
    claims: ["released"],
    refundCases: [],
  });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("the provider that a program names makes no difference where nothing is due; where money is due, one must be named", async () => {
  const { booking } = await bookFree();
  expect(booking.amountMinor).toBe(0);
  const clinic = await stage.openClinic();
  const held = await stage.hold(clinic, { start: slotStart(0) });
  const wish = { holdId: held.body.id, session: held.body.session };
  const body = { link: clinic.link, holdId: wish.holdId, customer: customerOfTests, acceptedTerms: true };
  const answer = await fetch(`${stage.appUrl}/api/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-checkout-session": wish.session },
    body: JSON.stringify(body),
  });
  expect(await answer.json()).toMatchObject({ code: "provider_not_offered" });
  const none = await fetch(`${stage.appUrl}/api/bookings`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-checkout-session": wish.session },
    body: JSON.stringify({ ...body, provider: "none" }),
  });
  expect(await none.json()).toMatchObject({ code: "provider_not_offered" });
});
