import { expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { unusual } from "../support/unusual-clinic.ts";

const stage = prepareStage();

test("before the money there is no room, no mail and no callback; after it there is one of each", async () => {
  const clinic = await stage.openUnusualClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  expect(booking).toMatchObject({ status: "pending", paymentStatus: "pending", amountMinor: unusual.priceMinor, currency: "COP" });

  const before = await stage.endState(clinic, booking.id);
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

  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);

  const after = await stage.endState(clinic, booking.id);
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
  expect((await stage.state(booking)).meetingUrl).toContain("?t=");
});
