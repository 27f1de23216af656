import { expect, test } from "vitest";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { withLateBanks } from "./capabilities/playable.ts";
import { facts, hurryPolls, minutesOfHold, minutesUntilGone, settledAtOnce, silence, unpaidFollowUp } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

async function cleanUp(what: "cleanup-unpaid" | "cleanup-holds"): Promise<Record<string, unknown>> {
  const answer = await fetch(`${stage.appUrl}/api/cron/${what}`, {
    method: "POST",
    headers: { authorization: "Bearer cron-secret-of-the-tests" },
  });
  return (await answer.json()) as Record<string, unknown>;
}

/** A booking that a job has just in hand is left to the next clean-up. */
function deleteUnpaid(): Promise<void> {
  return eventually(async () => expect(await cleanUp("cleanup-unpaid")).toMatchObject({ success: true, deletedBookings: 1 }));
}

/** Rows of a tenant that tell of what customers did; its catalogue is not counted. */
async function traces(clinic: Clinic): Promise<Record<string, number>> {
  const tables = ["booking", "slot_claim", "payment", "charge", "event", "follow_up", "refund_case", "notification", "callback_message"];
  const counts = tables.map((table) => `(select count(*)::int from ${table} where tenant_id = $1) as ${table}`);
  const { rows } = await stage.owner.query<Record<string, number>>(`select ${counts.join(", ")}`, [clinic.tenantId]);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([, count]) => count > 0));
}

test("abandoned until the hold ends: expired in silence, the slot can be held again, and the clean-up leaves nothing behind", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "leave_unpaid");
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");

  await stage.timePasses(booking.id, minutesOfHold);
  await stage.reaches(booking, { status: "expired" });
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "expired", paymentStatus: "pending" },
    payments: ["expired"],
    claims: ["expired"],
    ...silence,
  });
  expect((await stage.retry(booking)).body.code).toBe("checkout_closed");

  await cleanUp("cleanup-unpaid");
  expect((await stage.endState(clinic, booking.id)).booking.status).toBe("expired");
  await stage.timePasses(booking.id, minutesUntilGone);
  await deleteUnpaid();
  expect(await traces(clinic)).toEqual({});
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
});

test("half an hour after its end a hold frees the slot by time alone, without any worker", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.timePasses(booking.id, 41);
  expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["created"],
    claims: ["expired"],
    ...silence,
  });
  await stage.startWorker();
  await stage.reaches(booking, { status: "expired" });
});

test.each([
  ["decline", "declined"],
  ["error", "error"],
] as const)(
  "tried, %s and left until the hold ends: only the customer is told, and it is kept while the bank may still say yes",
  async (outcome, status) => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, outcome);
    await stage.reaches(booking, { paymentStatus: "failed" });
    await stage.timePasses(booking.id, minutesOfHold);
    await stage.reaches(booking, { status: "failed" });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual({
      booking: { status: "failed", paymentStatus: "failed" },
      payments: [status],
      claims: ["expired"],
      ...silence,
      followUps: unpaidFollowUp("done"),
      mails: ["customer"],
    });
    expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);

    await stage.timePasses(booking.id, 60);
    await cleanUp("cleanup-unpaid");
    expect((await stage.endState(clinic, booking.id)).booking.status).toBe("failed");
    await stage.timePasses(booking.id, (facts.pendingHoursMax + 1) * 60);
    await deleteUnpaid();
    expect(await traces(clinic)).toEqual({ slot_claim: 1 });
  },
);

withLateBanks.story(
  "a payment that is still pending when the hold ends leaves the booking failed and the payment pending, in silence",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "pending", { method: "bank_transfer" });
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      expect((await stage.endState(clinic, booking.id)).payments).toEqual(["pending"]);
    });
    await stage.timePasses(booking.id, minutesOfHold);
    await stage.reaches(booking, { status: "failed" });
    expect(await stage.endState(clinic, booking.id)).toEqual({
      booking: { status: "failed", paymentStatus: "pending" },
      payments: ["pending"],
      claims: ["expired"],
      ...silence,
      followUps: unpaidFollowUp("pending"),
    });
  },
);

test("a hold of a customer who never went on lapses, is relabelled by the clean-up, and its row goes", async () => {
  const clinic = await stage.openClinic();
  const held = await stage.hold(clinic, { start: slotStart(0) });
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [held.body.id]);
  expect(await cleanUp("cleanup-holds")).toEqual({ success: true, lapsedHolds: 1 });
  await stage.owner.query("update slot_claim set created_at = now() - interval '3 hours' where id = $1", [held.body.id]);
  expect(await cleanUp("cleanup-holds")).toEqual({ success: true, lapsedHolds: 0 });
  expect(await traces(clinic)).toEqual({});
});

test("the clean-ups are for whoever knows the secret", async () => {
  for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: "Bearer " }] as Record<string, string>[]) {
    const answer = await fetch(`${stage.appUrl}/api/cron/cleanup-unpaid`, { method: "POST", headers });
    expect(answer.status).toBe(401);
  }
});
