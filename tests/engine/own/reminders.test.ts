import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { planReminders } from "#commands/reminders/plan-reminders.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { linesOf, mailsTo } from "../mails/seen.ts";
import { settledAtOnce } from "../stories.ts";
import { type Own, ownPost, setTenant, startsIn, toldLongAgo } from "./own.ts";

const stage = prepareStage({ keepsPromises: true });

async function openReminding(): Promise<Clinic> {
  const clinic = await stage.openClinic();
  await setTenant(clinic, { firstReminderHours: 24 });
  return clinic;
}

async function booked(clinic: Clinic, hours: number, wish: { serviceId?: string; n?: number } = {}): Promise<Own> {
  const { n = 0, ...service } = wish;
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(n), ...service });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  await startsIn(stage, booking, hours);
  await toldLongAgo(stage, booking);
  return booking;
}

const reminders = async (clinic: Clinic) =>
  (await mailsTo(stage, clinic, "customer")).filter(({ subject }) => subject.startsWith("Recordatorio"));

async function remindersOf({ id }: Own): Promise<{ state: string; hours: number }[]> {
  const { rows } = await stage.owner.query(
    `select f.state, (e.details ->> 'hoursBefore')::int as hours from event e join follow_up f on f.event_id = e.id
     where e.subject_id = $1 and e.kind = 'booking.reminder_due' order by e.id`,
    [id],
  );
  return rows;
}

async function remind(booking: Own): Promise<void> {
  await Promise.all([planReminders(), planReminders()]);
  await settledAtOnce(stage, booking.id);
}

test("a day before, the customer is reminded once, with the ways to change it and the same calendar entry", async () => {
  const clinic = await openReminding();
  const booking = await booked(clinic, 25);
  await remind(booking);
  expect(await remindersOf(booking)).toEqual([]);
  await startsIn(stage, booking, 23.5);
  await setTenant(clinic, { customerMoveHours: 12, customerCancelHours: 12 });
  for (const _ of [1, 2, 3]) await remind(booking);
  expect(await remindersOf(booking)).toEqual([{ state: "done", hours: 24 }]);
  const [mail, ...more] = await reminders(clinic);
  expect(more).toEqual([]);
  expect(mail?.text).toContain(`/book/${booking.id}/move?token=${booking.token}`);
  // It was paid, and its service has no terms of cancellation.
  expect(mail?.text).not.toContain(`/book/${booking.id}/cancel`);
  const [file] = mail?.attachments ?? [];
  expect(linesOf(file?.text ?? "")).toEqual(expect.arrayContaining([`UID:${booking.id}@konfirmado`, "METHOD:PUBLISH", "SEQUENCE:0"]));
});

test("an online appointment's reminder brings the way into its room", async () => {
  const clinic = await openReminding();
  const booking = await booked(clinic, 3, { serviceId: clinic.onlineServiceId });
  await remind(booking);
  const { meetingUrl } = await stage.state(booking);
  expect(meetingUrl).not.toBeNull();
  expect((await reminders(clinic))[0]?.text).toContain(meetingUrl);
});

test("of two reminders that a pause has left behind, the nearer one is sent, and never the other afterwards", async () => {
  const clinic = await openReminding();
  await setTenant(clinic, { firstReminderHours: 24, secondReminderHours: 2 });
  const booking = await booked(clinic, 1.5);
  await remind(booking);
  await remind(booking);
  expect(await remindersOf(booking)).toEqual([{ state: "done", hours: 2 }]);
});

test("nobody is reminded of a cancelled or unpaid appointment, nor of what they have just booked, nor with reminders off", async () => {
  const clinic = await openReminding();
  const cancelled = await booked(clinic, 20);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: cancelled.id } });
  await remind(cancelled);
  const fresh = await booked(clinic, 20, { n: 8 });
  await stage.owner.query("update event set created_at = now() where subject_id = $1 and kind = 'booking.paid'", [fresh.id]);
  const unpaid = await stage.reachPaymentPage(clinic, { start: slotStart(4) });
  await startsIn(stage, unpaid, 17);
  await planReminders();
  for (const booking of [cancelled, fresh, unpaid]) expect(await remindersOf(booking)).toEqual([]);
  const quiet = await stage.openClinic();
  await setTenant(quiet, { firstReminderHours: null });
  const silent = await booked(quiet, 20);
  await remind(silent);
  expect(await remindersOf(silent)).toEqual([]);
});

test("cancelled between the plan and the mail: the reminder is skipped", async () => {
  const clinic = await openReminding();
  const booking = await booked(clinic, 20);
  await stage.stopWorker();
  await planReminders();
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await stage.startWorker();
  await settledAtOnce(stage, booking.id);
  expect(await remindersOf(booking)).toEqual([{ state: "skipped", hours: 24 }]);
  expect(await reminders(clinic)).toEqual([]);
});

test("moved by its customer, a booking is reminded of its new time as well, and the old mail is not sent", async () => {
  const clinic = await openReminding();
  await setTenant(clinic, { customerMoveHours: 0 });
  const booking = await booked(clinic, 20);
  await stage.stopWorker();
  await planReminders();
  const { start: from } = await stage.state(booking);
  expect(await ownPost(stage, booking, "own-move", { start: slotStart(12), from })).toMatchObject({ status: 200 });
  await stage.startWorker();
  await settledAtOnce(stage, booking.id);
  expect(await remindersOf(booking)).toEqual([{ state: "skipped", hours: 24 }]);
  await setTenant(clinic, { firstReminderHours: 168 });
  await toldLongAgo(stage, booking);
  await remind(booking);
  expect((await remindersOf(booking)).map(({ state }) => state)).toEqual(["skipped", "done"]);
  expect(await reminders(clinic)).toHaveLength(1);
});
