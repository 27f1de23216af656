import { beforeAll, describe, expect, test } from "vitest";
import { type Deliveries, deliveries, deskBooking, timeline } from "#contracts/desk/booking.ts";
import { bookHeld, changeService } from "#tests/engine/services/walk.ts";
import { settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { readEffects } from "#tests/support/outside-effects.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { expectProblem, expectShape } from "../request.ts";
import { appointmentIn, bookAndPay, bookingOf, type Desk, deskOf, mailTextsTo, terms } from "./desk.ts";

const stage = prepareStage({ keepsPromises: true });
const price = 10_000_000;

let clinic: Clinic;
let desk: Desk;
beforeAll(async () => {
  clinic = await stage.openClinic();
  await changeService(clinic, { cancellation: terms });
  desk = await deskOf(stage, clinic);
});

const told = async (id: string) => Object.fromEntries((await stage.endState(clinic, id)).refundCases.map((one) => [one.reason, one]));

describe("reading", () => {
  test("the owner sees all of a deposit's booking, what happened, what went out and each mail again", async () => {
    const booking = await bookAndPay(stage, clinic, 0, { serviceId: clinic.depositServiceId });
    const seen = expectShape(deskBooking, (await desk(booking.id)).body);
    expect(seen).toMatchObject({
      status: "confirmed",
      reference: booking.reference,
      customer: { name: "Ana María Pérez", email: booking.email, phone: "+573001234567" },
      money: { priceMinor: price, paidMinor: 2_500_000, restMinor: 7_500_000, leftMinor: 2_500_000, byTermsMinor: null },
      payments: [{ charges: [{ isWhatPaid: true, status: "approved" }] }],
      refundCases: [],
      may: { cancel: true, refund: true, attend: false, note: true, resendMail: true, seeDeliveries: true },
      attendanceRefusal: "attendance_too_early",
    });
    const { events } = expectShape(timeline, (await desk(`${booking.id}/timeline`)).body);
    expect(events.map(({ kind }) => kind).toSorted()).toEqual(
      ["booking.confirmed", "booking.created", "booking.paid", "callback.sent", "payment.started"].toSorted(),
    );
    const { followUps } = expectShape(deliveries, (await desk(`${booking.id}/deliveries`)).body);
    const callback = followUps.find(({ job }) => job === "deliver-callback")?.callback;
    expect(JSON.parse(callback?.body ?? "{}")).toMatchObject({ evento: "booking.paid", seguridad: { firma_hmac: "" } });
    expect(callback?.attempts).toMatchObject([{ status: 200, error: null }]);
    for (const { id } of followUps.filter(({ job }) => job.startsWith("mail-"))) {
      const mail = await desk(`${booking.id}/mails/${id}`);
      expect(mail.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
      expect(mail.text).toContain("Tratamiento");
    }
    const other = await bookAndPay(stage, clinic, 1);
    const mail = followUps.find(({ job }) => job === "mail-customer-paid");
    expectProblem(await desk(`${other.id}/mails/${mail?.id}`), "follow_up_unknown");
  });

  test("staff see their own bookings without money's ways and, unless allowed, without the phone; others' are unknown", async () => {
    const booking = await bookAndPay(stage, clinic, 2);
    const mine = { role: "staff", professionalId: clinic.professionalId } as const;
    const own = await bookingOf(await deskOf(stage, clinic, mine), booking.id);
    expect(own).toMatchObject({ customer: { phone: null }, payments: null, refundCases: null });
    expect(own.may).toMatchObject({ cancel: false, refund: false, note: true, resendMail: false, seeDeliveries: false });
    const trusted = await deskOf(stage, clinic, { ...mine, seesPhones: true });
    expect((await bookingOf(trusted, booking.id)).customer.phone).toBe("+573001234567");
    const others = await deskOf(stage, clinic, { role: "staff", professionalId: clinic.otherProfessionalId });
    const nobodys = await deskOf(stage, clinic, { role: "staff" });
    for (const stranger of [others, nobodys]) {
      for (const path of ["", "/timeline"]) expectProblem(await stranger(`${booking.id}${path}`), "checkout_unknown");
      expectProblem(await stranger(`${booking.id}/notes`, { json: { text: "¿?" } }), "checkout_unknown");
      expectProblem(await stranger(`${booking.id}/attendance`, { method: "PUT", json: { attendance: "arrived" } }), "checkout_unknown");
      expectProblem(await stranger(`${booking.id}/room`, { method: "POST" }), "checkout_unknown");
    }
    expectProblem(await trusted(`${booking.id}/cancel`, { json: { refund: "full" } }), "forbidden");
    expectProblem(await trusted(`${booking.id}/deliveries`), "forbidden");
  });

  test("the hour of the customer's own clock is kept, and a zone that nobody knows is left out", async () => {
    for (const [n, timezone, kept] of [
      [44, "America/New_York", "America/New_York"],
      [46, "Mars/Olympus", null],
    ] as const) {
      const held = await stage.hold(clinic, { start: slotStart(n) });
      const booked = await bookHeld(stage, clinic, held.body, { timezone });
      expect((await bookingOf(desk, booked.body.id)).customerTimezone).toBe(kept);
    }
  });

  test("the host's link into the room is made for who may enter it, and for nobody once it is cancelled", async () => {
    const booking = await bookAndPay(stage, clinic, 4, { serviceId: clinic.onlineServiceId });
    expect(await bookingOf(desk, booking.id)).toMatchObject({ may: { enterRoom: true }, roomUrl: expect.not.stringContaining("t=") });
    const staff = await deskOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId });
    const { url } = (await staff(`${booking.id}/room`, { method: "POST" })).body as { url: string };
    const { tokens } = await (await fetch(`${stage.simulatorsUrl}/daily/state`)).json();
    const { properties } = tokens.find(({ token }: { token: string }) => url.endsWith(token));
    expect(properties).toMatchObject({ is_owner: true, user_name: "Laura" });
    await desk(`${booking.id}/cancel`, { json: { refund: "none" } });
    expectProblem(await staff(`${booking.id}/room`, { method: "POST" }), "booking_not_standing");
  });
});

describe("cancelling", () => {
  test.each([
    ["none", "none", 0, "Esta cancelación no tiene devolución"],
    ["by_terms", "by_terms", 4_000_000, "De los $ 100.000 que pagaste te devolvemos $ 40.000."],
    ["full", "full", price, "Te devolvemos los $ 100.000 que pagaste."],
    ["an amount", { amountMinor: 2_500_000 }, 2_500_000, "De los $ 100.000 que pagaste te devolvemos $ 25.000."],
  ] as const)(
    "with %s sends back what was shown, frees the time and tells the customer the truth",
    async (_name, refund, refundMinor, words) => {
      const n = 6 + refundMinor / 500_000;
      const booking = await bookAndPay(stage, clinic, n);
      const { money } = await bookingOf(desk, booking.id);
      expect(money).toMatchObject({ paidMinor: price, leftMinor: price, byTermsMinor: 4_000_000 });
      const json = { refund, reason: "Llamó por teléfono.", seen: { status: "confirmed", refundMinor } };
      const cancel = () => desk(`${booking.id}/cancel`, { json, headers: { "idempotency-key": `cancel-${booking.id}` } });
      const [first, second] = [await cancel(), await cancel()];
      expect(first.body).toMatchObject({
        status: "cancelled",
        money: { sentBackMinor: refundMinor, leftMinor: refundMinor === price ? 0 : price - refundMinor, restMinor: 0 },
        notes: [{ text: "Llamó por teléfono.", actor: { kind: "member", name: "Ana Pérez" } }],
        may: { cancel: false, attend: false, resendMail: false },
      });
      expect(second.status).toBe(200);
      expectProblem(await desk(`${booking.id}/cancel`, { json: { refund: "full" } }), "already_cancelled");
      expect((await stage.hold(clinic, { start: slotStart(n) })).status).toBe(201);
      await settledAtOnce(stage, booking.id);
      expect(await told(booking.id)).toMatchObject(refundMinor ? { cancelled: { amountMinor: refundMinor } } : {});
      const mails = await mailTextsTo(stage, booking.email);
      expect(mails.some((text) => text.includes(words))).toBe(true);
      const page = await stage.state(booking);
      expect(page).toMatchObject({ status: "cancelled", refund: refundMinor ? { amountMinor: refundMinor } : null });
    },
  );

  test("is refused, and changes nothing, for more than is left, without terms, or when what was seen has changed", async () => {
    const booking = await bookAndPay(stage, clinic, 30, { serviceId: clinic.depositServiceId });
    const cancel = (json: object) => desk(`${booking.id}/cancel`, { json });
    expectProblem(await cancel({ refund: { amountMinor: 2_500_001 } }), "nothing_to_refund");
    expectProblem(await cancel({ refund: "by_terms" }), "terms_missing");
    expectProblem(await cancel({ refund: "none", seen: { status: "paid", refundMinor: 0 } }), "changed_meanwhile");
    expectProblem(await cancel({ refund: "full", seen: { status: "confirmed", refundMinor: 1 } }), "changed_meanwhile");
    expectProblem(await cancel({ refund: { amountMinor: -1 } }), "invalid_request");
    expect(await stage.endState(clinic, booking.id)).toMatchObject({
      booking: { status: "confirmed" },
      claims: ["booked"],
      refundCases: [],
    });
  });
});

test("money goes back without cancelling, in parts and never more than was paid; a second press finds the first", async () => {
  const booking = await bookAndPay(stage, clinic, 32);
  const refund = (amountMinor: number, seenLeftMinor: number, key?: string) =>
    desk(`${booking.id}/refunds`, { json: { amountMinor, seenLeftMinor }, headers: key ? { "idempotency-key": key } : {} });
  const both = await Promise.all([refund(3_000_000, price, `r-${booking.id}`), refund(3_000_000, price, `r-${booking.id}`)]);
  for (const answer of both)
    expect(answer.body).toMatchObject({ status: "confirmed", refundCases: [{ reason: "requested", amountMinor: 3_000_000 }] });
  expectProblem(await refund(3_000_000, price), "changed_meanwhile");
  expectProblem(await refund(7_000_001, 7_000_000), "nothing_to_refund");
  // The terms gave 4 of 10 million, of which 3 are on their way.
  expect((await bookingOf(desk, booking.id)).money).toMatchObject({
    sentBackMinor: 3_000_000,
    leftMinor: 7_000_000,
    byTermsMinor: 1_000_000,
  });
  const cancelled = await desk(`${booking.id}/cancel`, { json: { refund: "by_terms" } });
  expect(cancelled.body).toMatchObject({ money: { sentBackMinor: 4_000_000 } });
  await settledAtOnce(stage, booking.id);
  const [text] = (await mailTextsTo(stage, booking.email)).filter((mail) => mail.includes("ya no tienes que asistir"));
  expect(text).toContain("Antes de cancelar ya te habíamos devuelto, o estamos devolviéndote, $ 30.000.");
  expect(text).toContain("De los $ 100.000 que pagaste te devolvemos $ 10.000.");
  const rest = await refund(6_000_000, 6_000_000);
  expect(rest.body).toMatchObject({ money: { leftMinor: 0 }, may: { refund: false } });
});

test("who came is said from the day on, once, is taken back the same day and no later, and stands against a cancellation", async () => {
  const booking = await bookAndPay(stage, clinic, 34);
  const say = (attendance: string | null) => desk(`${booking.id}/attendance`, { method: "PUT", json: { attendance } });
  expectProblem(await say("arrived"), "attendance_too_early");
  await appointmentIn(stage, booking.id, -24);
  for (const attendance of ["arrived", "arrived", "no_show"]) expect((await say(attendance)).body).toMatchObject({ attendance });
  expectProblem(await desk(`${booking.id}/cancel`, { json: { refund: "none" } }), "booking_attended");
  expect((await say(null)).body).toMatchObject({ attendance: null, attendedAt: null, may: { cancel: true } });
  await say("completed");
  await stage.owner.query("update booking set attended_at = attended_at - interval '1 day' where id = $1", [booking.id]);
  expectProblem(await say(null), "attendance_settled");
  expect(await bookingOf(desk, booking.id)).toMatchObject({ may: { attend: false }, attendanceRefusal: "attendance_settled" });
  const { rows } = await stage.owner.query(
    "select details - 'requestId' as said from event where subject_id = $1 and kind = 'booking.attendance_set' order by created_at",
    [booking.id],
  );
  expect(rows.map(({ said }) => said)).toEqual([
    { attendance: "arrived", before: null },
    { attendance: "no_show", before: "arrived" },
    { attendance: null, before: "no_show" },
    { attendance: "completed", before: null },
  ]);
});

test("a note is kept with who wrote it, and is in no mail, callback or log", async () => {
  const booking = await bookAndPay(stage, clinic, 36);
  const text = "Es alérgica al látex 🌿";
  const staff = await deskOf(stage, clinic, { role: "staff", professionalId: clinic.professionalId, name: "Zoë Çelik" });
  const add = () => staff(`${booking.id}/notes`, { json: { text }, headers: { "idempotency-key": `note-${booking.id}` } });
  await Promise.all([add(), add()]);
  expect((await bookingOf(desk, booking.id)).notes).toMatchObject([{ text, actor: { kind: "member", name: "Zoë Çelik" } }]);
  expectProblem(await staff(`${booking.id}/notes`, { json: { text: "  " } }), "invalid_request");
  await desk(`${booking.id}/cancel`, { json: { refund: "none" } });
  await settledAtOnce(stage, booking.id);
  const { rows } = await stage.owner.query("select coalesce(json_agg(e)::text, '') as all from event e where tenant_id = $1", [
    clinic.tenantId,
  ]);
  const { callbacks } = await readEffects(stage, clinic);
  expect(JSON.stringify([callbacks, rows, await mailTextsTo(stage, booking.email)])).not.toContain("látex");
});

test("the confirmation goes out again to the address of now, three times an hour, and never for a cancelled booking", async () => {
  const booking = await bookAndPay(stage, clinic, 38);
  const corrected = `correct@${clinic.link}.example`;
  await stage.owner.query("update checkout set customer_email = $2 where id = $1", [booking.id, corrected]);
  const resend = () => desk(`${booking.id}/resend`, { method: "POST" });
  for (let n = 1; n <= 3; n += 1) expect((await resend()).status).toBe(200);
  expectProblem(await resend(), "too_many_mails");
  await settledAtOnce(stage, booking.id);
  expect(await mailTextsTo(stage, corrected)).toHaveLength(3);
  await stage.stopWorker();
  await stage.owner.query("update event set created_at = created_at - interval '1 hour' where subject_id = $1", [booking.id]);
  await resend();
  await desk(`${booking.id}/cancel`, { json: { refund: "none" } });
  expectProblem(await resend(), "booking_not_standing");
  await stage.startWorker();
  await settledAtOnce(stage, booking.id);
  const texts = await mailTextsTo(stage, corrected);
  expect(texts).toHaveLength(4);
  expect(texts[0]).toContain("ya no tienes que asistir");
});

test("a callback is sent again with the same bytes and id; what has ended well is not run twice", async () => {
  const booking = await bookAndPay(stage, clinic, 40);
  const { followUps } = (await desk(`${booking.id}/deliveries`)).body as Deliveries;
  const idOf = (job: string) => followUps.find((one) => one.job === job)?.id;
  const run = (job: string) => desk(`${booking.id}/deliveries/${idOf(job)}/run`, { method: "POST" });
  const presses = await Promise.all([run("deliver-callback"), run("deliver-callback")]);
  expect(presses.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expectProblem(await run("mail-customer-paid"), "follow_up_over");
  await eventually(async () => {
    const sent = (await readEffects(stage, clinic)).callbacks.filter(({ webhookId }) => webhookId === idOf("deliver-callback"));
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
  });
  await settledAtOnce(stage, booking.id);
  const other = await bookAndPay(stage, clinic, 42);
  expectProblem(await desk(`${other.id}/deliveries/${idOf("deliver-callback")}/run`, { method: "POST" }), "follow_up_unknown");
});
