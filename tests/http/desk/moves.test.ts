import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { saveMeetingUrl } from "#commands/bookings/save-meeting-url.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import { movedBooking } from "#contracts/desk/moves.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { callbacksTo, linesOf, mailsTo, type Role, type SeenMail } from "../../engine/mails/seen.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { type Merchant, openMerchant } from "../../support/merchant.ts";
import { noPromiseIsBroken, prepareStage } from "../../support/stage.ts";
import { type Answered, ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage();
let clinic: Clinic;
let merchant: Merchant;

/** Two professionals with one mailbox, as small practices have, and buffers that were sold. */
beforeEach(async () => {
  clinic = await stage.openClinic({ bufferBeforeMinutes: 5, bufferAfterMinutes: 10 });
  merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  await stage.owner.query("update professional set name = 'Camila' where id = $1", [clinic.otherProfessionalId]);
});
afterEach(noPromiseIsBroken);

type Place = { professionalId: string; start: string };
const at = (n: number, professionalId = clinic.professionalId): Place => ({ professionalId, start: slotStart(n) });

function move(bookingId: string, expected: Place, to: Place & { notify?: boolean; ignoreHours?: boolean }): Promise<Answered> {
  return ask(stage, `/api/bookings/${bookingId}/move`, { headers: { cookie: merchant.cookie }, json: { ...to, expected } });
}

async function paidAt(n: number, serviceId = clinic.serviceId) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(n), serviceId });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  return booking;
}

/** Booking and claim as they stand, and what must never change. */
async function rowsOf(id: string) {
  const { rows } = await stage.owner.query<Record<"claimId" | "chargeId" | "claim" | "booking", string>>(
    `select c.id as "claimId", k.paid_charge_id as "chargeId", c.professional_id || ' ' || c.during as claim,
       b.professional_id || ' ' || b.during as booking
     from slot_claim c join booking b on b.id = c.checkout_id join checkout k on k.id = b.id where b.id = $1 and c.state = 'booked'`,
    [id],
  );
  expect(rows).toHaveLength(1);
  return rows[0];
}

const calendarOf = (mail: SeenMail | undefined) => linesOf(mail?.attachments[0]?.text ?? "");
const lineOf = (mail: SeenMail | undefined, name: string) => calendarOf(mail).find((line) => line.startsWith(`${name}:`));
const calendarsOf = async (role: Role) =>
  (await mailsTo(stage, clinic, role)).map((mail) =>
    ["METHOD", "SEQUENCE", "UID", "DTSTART"].map((name) => lineOf(mail, name)?.split(":")[1]),
  );
const instant = (n: number) => slotStart(n).replaceAll(/[-:]|\.000/g, "");

async function roomOf(id: string) {
  const { rooms } = (await (await fetch(`${stage.simulatorsUrl}/daily/state`)).json()) as {
    rooms: { name: string; config: { nbf: number; exp: number } }[];
  };
  return rooms.filter(({ name }) => name === roomNameOf(id)).map(({ config }) => config);
}

test("moved and then handed over: same rows and charge, the old time is free at once, and everybody hears of each in order", async () => {
  const booking = await paidAt(0, clinic.onlineServiceId);
  const before = await rowsOf(booking.id);
  // What was sold stays: the service has other buffers by now.
  await stage.owner.query("update service set buffer_after_minutes = 60 where id = $1", [clinic.onlineServiceId]);
  const first = await move(booking.id, at(0), at(4));
  expect(expectShape(movedBooking, first.body)).toMatchObject({
    professionalName: "Laura",
    start: slotStart(4),
    end: slotStart(5),
    moves: 1,
  });
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  expect((await stage.hold(clinic, { start: slotStart(4) })).body.code).toBe("slot_taken");
  await stage.settled(booking.id);
  const second = await move(booking.id, at(4), at(6, clinic.otherProfessionalId));
  expect(second.body).toMatchObject({ professionalName: "Camila", moves: 2 });
  await stage.settled(booking.id);

  const minutes = (n: number, by: number) => new Date(Date.parse(slotStart(n)) + by * 60_000).toISOString().slice(0, 16).replace("T", " ");
  const span = `${clinic.otherProfessionalId} ["${minutes(6, -5)}:00+00","${minutes(7, 10)}:00+00")`;
  expect(await rowsOf(booking.id)).toEqual({ ...before, claim: span, booking: span });
  expect(await stage.state(booking)).toMatchObject({ start: slotStart(6), professional: { name: "Camila" }, status: "confirmed" });

  const [uid, laura, camila] = [booking.id, `${booking.id}-${clinic.professionalId}`, `${booking.id}-${clinic.otherProfessionalId}`].map(
    (name) => `${name}@konfirmado`,
  );
  expect(await calendarsOf("customer")).toEqual([
    ["PUBLISH", "1", uid, instant(0)],
    ["PUBLISH", "4", uid, instant(4)],
    ["PUBLISH", "7", uid, instant(6)],
  ]);
  expect((await calendarsOf("professional")).toSorted()).toEqual(
    [
      ["PUBLISH", "1", laura, instant(0)],
      ["PUBLISH", "4", laura, instant(4)],
      ["CANCEL", "5", laura, instant(4)],
      ["PUBLISH", "7", camila, instant(6)],
    ].toSorted(),
  );
  const told = (await callbacksTo(stage, clinic)).map((body) => JSON.parse(body));
  expect(told).toMatchObject([
    { evento: "booking.paid", secuencia: 1, cita: { inicio: slotStart(0) } },
    { evento: "booking.rescheduled", secuencia: 2, cita: { inicio: slotStart(4) }, profesional: { nombre: "Laura" } },
    {
      evento: "booking.rescheduled",
      secuencia: 3,
      cita: { inicio: slotStart(6) },
      profesional: { nombre: "Camila" },
      pago: { estado: "aprobado" },
    },
  ]);
  const seconds = (n: number, by: number) => Date.parse(slotStart(n)) / 1000 + by * 60;
  expect(await roomOf(booking.id)).toMatchObject([{ nbf: seconds(6, -15), exp: seconds(7, 60) }]);
  const { rows } = await stage.owner.query(
    "select actor, changes from event where subject_id = $1 and kind = 'booking.rescheduled' order by id",
    [booking.id],
  );
  const actor = `member:${merchant.memberId}`;
  expect(rows).toEqual([
    { actor, changes: { starts_at: [slotStart(0), slotStart(4)] } },
    { actor, changes: { starts_at: [slotStart(4), slotStart(6)], professional_id: [clinic.professionalId, clinic.otherProfessionalId] } },
  ]);
});

test("a customer who was told already gets no mail, the professional does; the same wish again changes nothing", async () => {
  const booking = await paidAt(10);
  const mails = async (role: Role) => (await mailsTo(stage, clinic, role)).length;
  const [customer, professional] = [await mails("customer"), await mails("professional")];
  // Neither its own time nor a hold that has lapsed is in its way.
  const lapsed = await stage.hold(clinic, { start: slotStart(12) });
  expect(lapsed.status).toBe(201);
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [lapsed.body.id]);
  const to = at(11);
  expect((await move(booking.id, at(10), { ...to, notify: false })).body).toMatchObject({ moves: 1 });
  expect((await move(booking.id, at(10), { ...to, notify: false })).body).toMatchObject({ moves: 1 });
  await stage.settled(booking.id);
  expect([await mails("customer"), await mails("professional")]).toEqual([customer, professional + 1]);
});

test("mails that still wait tell the time of now, and a room that is being made gets it too", async () => {
  const booking = await paidAt(14, clinic.onlineServiceId);
  const old = { start: new Date(slotStart(14)), end: new Date(slotStart(15)) };
  expect((await move(booking.id, at(14), at(18))).status).toBe(200);
  const meetingUrl = "https://rooms.example/x?t=1";
  expect(await saveMeetingUrl({ tenantId: clinic.tenantId, bookingId: booking.id, meetingUrl, madeFor: old })).toBe("moved");
  const { rows } = await stage.owner.query<{ id: string }>(
    "update follow_up set state = 'attention' where subject_id = $1 and job = 'mail-customer-paid' returning id",
    [booking.id],
  );
  await runFollowUpAgain({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, followUpId: rows[0]?.id ?? "" } });
  await stage.settled(booking.id);
  // Mail programs show a repeated Message-ID once: one that tells another time is another mail.
  const ids = (await mailsTo(stage, clinic, "customer")).map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(3);
  const late = (await calendarsOf("customer")).slice(1);
  expect(late.map(([, sequence, , start]) => [sequence, start])).toEqual(Array(2).fill(["4", instant(18)]));
});

test("every refusal says why, and moves nothing", async () => {
  const { professionalId, otherProfessionalId, tenantId } = clinic;
  const booking = await paidAt(20);
  const unpaid = await stage.reachPaymentPage(clinic, { start: slotStart(24) });
  await stage.owner.query("delete from service_professional where professional_id = $1 and service_id = $2", [
    otherProfessionalId,
    clinic.serviceId,
  ]);
  const day = slotStart(0).slice(0, 10);
  const json = { kind: "closed", from: day, to: day, startsAt: "18:00", endsAt: "19:00" };
  const block = await ask(stage, `/api/professionals/${professionalId}/exceptions`, { headers: { cookie: merchant.cookie }, json });
  expect(block.status, block.text).toBe(201);
  await stage.owner.query("update working_hours set starts_at = '06:00' where professional_id = $1", [professionalId]);
  const away = { professionalId, start: `${day}T23:15:00.000Z` };
  const early = { professionalId, start: `${new Date(Date.parse(day) + 172_800_000).toISOString().slice(0, 10)}T08:00:00.000Z` };
  const cases = [
    [unpaid.id, at(24), at(26), "booking_not_paid"],
    [randomUUID(), at(20), at(26), "checkout_unknown"],
    [booking.id, at(21), at(26), "changed_meanwhile"],
    [booking.id, at(20, otherProfessionalId), at(26), "changed_meanwhile"],
    [booking.id, at(20), { ...at(20), start: new Date(Math.floor(Date.now() / 60_000) * 60_000 - 60_000).toISOString() }, "time_past"],
    [
      booking.id,
      at(20),
      { ...at(20), start: new Date(Math.floor(Date.now() / 60_000) * 60_000 + 800 * 86_400_000).toISOString() },
      "invalid_request",
    ],
    [booking.id, at(20), { ...at(20), start: slotStart(26).replace(":00.000", ":30.000") }, "invalid_request"],
    [booking.id, at(20), at(26, randomUUID()), "professional_unknown"],
    [booking.id, at(20), at(26, otherProfessionalId), "service_not_given"],
    [booking.id, at(20), early, "outside_hours"],
    [booking.id, at(20), { ...away, ignoreHours: true }, "professional_away"],
    [booking.id, at(20), at(24), "slot_taken"],
  ] as const;
  const before = await rowsOf(booking.id);
  for (const [id, expected, to, code] of cases) expectProblem(await move(id, expected, to), code);
  expect(await rowsOf(booking.id)).toEqual(before);
  // A hold that has lapsed is in nobody's way, and a merchant may decide against the hours.
  await stage.owner.query("update slot_claim set state = 'held', expires_at = now() - interval '1 second' where checkout_id = $1", [
    unpaid.id,
  ]);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId, checkoutId: unpaid.id } });
  const held = await stage.hold(clinic, { start: slotStart(28) });
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [held.body.id]);
  expect((await move(booking.id, at(20), at(28))).status).toBe(200);
  expect((await move(booking.id, at(28), { ...early, ignoreHours: true })).status).toBe(200);
  await stage.settled(booking.id);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId, checkoutId: booking.id } });
  expectProblem(await move(booking.id, early, at(40)), "booking_not_paid");
  await eventually(async () => {
    const cancelled = (await mailsTo(stage, clinic, "customer")).find((mail) => lineOf(mail, "METHOD") === "METHOD:CANCEL");
    expect(lineOf(cancelled, "SEQUENCE")).toBe("SEQUENCE:8");
  });
});
