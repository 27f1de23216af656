import { expect, test } from "vitest";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { post } from "#tests/support/post.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { hurryFollowUps, settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });

const server = (clinic: Clinic, knobs: object) => post(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, knobs);

async function endpointOf(clinic: Clinic) {
  const { rows } = await stage.owner.query<{ failures: number; isFailing: boolean; reason: string | null; isDisabled: boolean }>(
    `select failures, failing_since is not null as "isFailing", disabled_reason as reason, disabled_at is not null as "isDisabled"
     from callback_endpoint where tenant_id = $1`,
    [clinic.tenantId],
  );
  return rows[0];
}
const attemptsAt = async (clinic: Clinic) =>
  (await stage.owner.query("select id from callback_attempt where tenant_id = $1", [clinic.tenantId])).rows.length;
const endpointAges = (clinic: Clinic, days: number) =>
  stage.owner.query("update callback_endpoint set failing_since = failing_since - make_interval(days => $2) where tenant_id = $1", [
    clinic.tenantId,
    days,
  ]);

async function payFor(clinic: Clinic, n: number) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(n) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { paymentStatus: "paid" });
  return booking;
}

/** The callback of this booking is tried until so many attempts of the merchant were made. */
async function tryUntil(clinic: Clinic, bookingId: string, attempts: number): Promise<void> {
  await eventually(async () => {
    if ((await attemptsAt(clinic)) < attempts) await hurryFollowUps(stage, bookingId);
    expect(await attemptsAt(clinic)).toBe(attempts);
  });
}

/** `failures` unacknowledged attempts, and then the worker rests, so that a test decides what is tried. */
async function failTimes(clinic: Clinic, n: number, failures: number) {
  await server(clinic, { status: 500, failures: 1000, retryAfter: "3600" });
  const booking = await payFor(clinic, n);
  await tryUntil(clinic, booking.id, failures);
  return booking;
}

test("an address that has failed ten times in five days is switched off once: a mail, a notice, and no further attempt", async () => {
  const clinic = await stage.openClinic();
  const booking = await failTimes(clinic, 0, 9);
  expect(await endpointOf(clinic)).toEqual({ failures: 9, isFailing: true, reason: null, isDisabled: false });
  await endpointAges(clinic, 6);
  await tryUntil(clinic, booking.id, 10);
  await eventually(async () =>
    expect(await endpointOf(clinic)).toEqual({ failures: 10, isFailing: true, reason: "only_fails", isDisabled: true }),
  );
  await settledAtOnce(stage, booking.id);
  await settledAtOnce(stage, clinic.tenantId);
  const next = await payFor(clinic, 1);
  await settledAtOnce(stage, next.id);
  expect(await attemptsAt(clinic)).toBe(10);
  for (const { id } of [booking, next])
    expect((await stage.endState(clinic, id)).followUps).toMatchObject({ "booking.paid deliver-callback": "attention" });
  // The sweeper may have rung for the callback that was given up.
  const { "attention.arose notify-merchant": _, ...told } = (await stage.endState(clinic, clinic.tenantId)).followUps;
  expect(told).toEqual({
    "callback.disabled mail-merchant-callback-disabled": "done",
    "callback.disabled notify-merchant": "done",
  });
});

test("neither nine failures in many days nor ten in a day switch an address off", async () => {
  const many = await stage.openClinic();
  const old = await stage.openClinic();
  const ofMany = await failTimes(many, 0, 11);
  await endpointAges(many, 4);
  await tryUntil(many, ofMany.id, 12);
  const ofOld = await failTimes(old, 0, 8);
  await endpointAges(old, 30);
  await tryUntil(old, ofOld.id, 9);
  expect([await endpointOf(many), await endpointOf(old)]).toMatchObject([
    { failures: 12, isDisabled: false },
    { failures: 9, isDisabled: false },
  ]);
  for (const clinic of [many, old]) await server(clinic, { reset: "on" });
  for (const { id } of [ofMany, ofOld]) await settledAtOnce(stage, id);
});

test("one success forgets all failures: the days and the tries count from the beginning again", async () => {
  const clinic = await stage.openClinic();
  const first = await failTimes(clinic, 0, 9);
  await endpointAges(clinic, 6);
  await server(clinic, { reset: "on" });
  await settledAtOnce(stage, first.id);
  expect(await endpointOf(clinic)).toEqual({ failures: 0, isFailing: false, reason: null, isDisabled: false });
  expect(await attemptsAt(clinic)).toBe(10);
  await failTimes(clinic, 1, 12);
  expect(await endpointOf(clinic)).toEqual({ failures: 2, isFailing: true, reason: null, isDisabled: false });
  await server(clinic, { reset: "on" });
});
