import { expect, test } from "vitest";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import type { Availability } from "#contracts/checkout.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { confirmed, refundOfCard, sentBack, settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });

const late = [{ reason: "late", state: refundOfCard.state, amountMinor: 10_000_000 }];

/** The appointment, and with it the last moment for its money, comes so many minutes from now. */
async function startsIn(bookingId: string, minutes: number): Promise<void> {
  await stage.owner.query(
    `with moved as (
       select b.id, now() + make_interval(mins => $2) - b.starts_at as by from booking b where b.id = $1
     ), bookings as (
       update booking b set starts_at = starts_at + by, ends_at = ends_at + by, during = tstzrange(lower(during) + by, upper(during) + by)
       from moved where b.id = moved.id
     ), claims as (
       update slot_claim c set starts_at = starts_at + by, ends_at = ends_at + by, during = tstzrange(lower(during) + by, upper(during) + by)
       from moved where c.checkout_id = moved.id
     )
     update checkout k set settle_until = settle_until + by from moved where k.id = moved.id`,
    [bookingId, minutes],
  );
}

async function onPage(clinic: Clinic) {
  return stage.reachPaymentPage(clinic, { start: slotStart(0) });
}

const ended = (booking: { id: string; token: string }, wanted: object) =>
  eventually(async () => expect(await stage.state(booking)).toMatchObject(wanted));

test("an approval when the appointment has begun goes back as late, also while its claim lives; nobody is told of a booking", async () => {
  const clinic = await stage.openClinic();
  const booking = await onPage(clinic);
  await startsIn(booking.id, -1);
  await stage.pay(booking.checkoutUrl, "approve");
  await ended(booking, {
    status: "cancelled",
    paymentStatus: refundOfCard.paymentStatus,
    refund: { reason: "late", state: refundOfCard.state },
  });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(sentBack({ claims: ["released"], refundCases: late }));
});

test("a pending bank that says yes after the appointment: late, though the slot is free", async () => {
  const clinic = await stage.openClinic();
  const booking = await onPage(clinic);
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending");
  await startsIn(booking.id, -90);
  await stage.payer.decide(chargeIds[0], "approved");
  await ended(booking, { status: "cancelled", refund: { reason: "late", state: refundOfCard.state } });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(sentBack({ claims: ["released"], refundCases: late }));
});

test("under first_payer_wins too", async () => {
  const clinic = await stage.openClinic({ policy: "first_payer_wins" });
  const { body: booking } = await stage.bookUnheld(clinic, { start: slotStart(0), email: `customer@${clinic.link}.example` });
  await startsIn(booking.id, 0);
  await stage.pay(booking.checkoutUrl, "approve");
  await ended(booking, { status: "cancelled", refund: { reason: "late", state: refundOfCard.state } });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(sentBack({ claims: [], refundCases: late }));
});

test("a minute before the appointment an approval still counts; with half an hour as the merchant's latest moment it does not", async () => {
  const clinic = await stage.openClinic();
  const inTime = await onPage(clinic);
  await startsIn(inTime.id, 1);
  await stage.pay(inTime.checkoutUrl, "approve");
  await ended(inTime, { status: "confirmed" });
  await settledAtOnce(stage, inTime.id);
  expect(await stage.endState(clinic, inTime.id)).toEqual(confirmed());
  const strict = await stage.openClinic();
  await updateTenant({ caller, input: { tenantId: strict.tenantId, changes: { latestApprovalMinutes: 30 } } });
  const tooLate = await onPage(strict);
  await startsIn(tooLate.id, 29);
  await stage.pay(tooLate.checkoutUrl, "approve");
  await ended(tooLate, { status: "cancelled", refund: { reason: "late", state: refundOfCard.state } });
  await settledAtOnce(stage, tooLate.id);
});

test("the customer is told in plain words that it was too late and that the money goes back", async () => {
  const clinic = await stage.openClinic();
  const booking = await onPage(clinic);
  await startsIn(booking.id, -1);
  await stage.pay(booking.checkoutUrl, "approve");
  await ended(booking, { refund: { reason: "late", state: refundOfCard.state } });
  await settledAtOnce(stage, booking.id);
  const { mails } = (await (await fetch(`${stage.simulatorsUrl}/mail/state`)).json()) as { mails: { to: unknown; text: string }[] };
  const theirs = mails.filter(({ to }) => JSON.stringify(to).includes(`customer@${clinic.link}`));
  // Newest first: the second mail tells that the money is out.
  expect(theirs.map(({ text }) => text.includes("la cita ya había empezado o estaba por empezar"))).toEqual(
    refundOfCard.state === "done" ? [false, true] : [true],
  );
});

/** The first full five minutes that are at least so many minutes away. */
const soon = (minutes: number) => new Date(Math.ceil((Date.now() + minutes * 60_000) / 300_000) * 300_000).toISOString();

/** Where it is about noon: what starts soon still ends on the same day. */
function noonZone(): string {
  const hours = 12 - new Date().getUTCHours();
  return `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
}

test("the countdown of a slot that starts soon ends while an approval still counts", async () => {
  const clinic = await stage.openClinic({ stepMinutes: 5, holdMinutes: 30, timezone: noonZone() });
  const start = soon(8);
  const held = await stage.hold(clinic, { start });
  expect(held.status).toBe(201);
  const latest = Date.parse(start) - 120_000;
  expect(Date.parse(held.body.expiresAt)).toBeLessThanOrEqual(latest);
  const booking = await stage.reachPaymentPage(clinic, { start: soon(16), professionalId: clinic.otherProfessionalId });
  expect(Date.parse(booking.expiresAt)).toBeLessThanOrEqual(Date.parse(soon(16)) - 120_000 + 300_000);
  const settings = await stage.owner.query(
    "select k.ends_at + interval '2 minutes' <= k.settle_until as fits from checkout k where id = $1",
    [booking.id],
  );
  expect(settings.rows).toEqual([{ fits: true }]);
});

test("a slot that could not be paid before the merchant's latest moment is not offered", async () => {
  const clinic = await stage.openClinic({ stepMinutes: 5, timezone: noonZone() });
  await updateTenant({ caller, input: { tenantId: clinic.tenantId, changes: { latestApprovalMinutes: 60 } } });
  expect((await stage.hold(clinic, { start: soon(55) })).body.code).toBe("slot_not_offered");
  expect((await stage.hold(clinic, { start: soon(70) })).status).toBe(201);
  const query = new URLSearchParams({ link: clinic.link, service: clinic.serviceId, professional: clinic.professionalId });
  const { slots } = (await (await fetch(`${stage.appUrl}/api/availability?${query}`)).json()) as Availability;
  expect(Date.parse(slots[0]?.start ?? "")).toBeGreaterThan(Date.now() + 60 * 60_000);
});
