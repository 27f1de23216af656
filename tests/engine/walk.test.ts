import { afterAll, beforeAll, expect, test } from "vitest";
import { openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually, settled } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

test("before the money there is no room, no mail and no callback; after it there is one of each", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  expect(booking).toMatchObject({ status: "pending", paymentStatus: "pending", amountMinor: 10_000_000, currency: "COP" });

  const before = await endState(world, clinic, booking.id);
  expect(before).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["created"],
    claims: ["paying"],
    refundCases: [],
    followUps: {},
    mails: [],
    rooms: 0,
    callbacks: [],
  });

  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settled(world, booking.id);

  const after = await endState(world, clinic, booking.id);
  expect(after).toEqual({
    booking: { status: "confirmed", paymentStatus: "paid" },
    payments: ["approved"],
    claims: ["booked"],
    refundCases: [],
    followUps: {
      "booking.paid create-room": "done",
      "booking.paid mail-customer-paid": "done",
      "booking.paid mail-professional-paid": "done",
      "booking.paid mail-merchant-paid": "done",
      "booking.paid notify-merchant": "done",
      "booking.paid deliver-callback": "done",
    },
    mails: ["customer", "merchant", "professional"],
    rooms: 1,
    callbacks: [{ event: "booking.paid", firma: "right", standardWebhook: "right", sequence: 1 }],
  });
  expect((await state(world, booking)).meetingUrl).toContain("?t=");
});
