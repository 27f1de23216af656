import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { hold, pay, reachPaymentPage, retry, slotStart, state } from "../support/customer.ts";
import { endState, eventually, timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { hurryPolls, noPromiseIsBroken, settledAtOnce, silence, unpaidFollowUp } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

async function cleanUp(what: "cleanup-unpaid" | "cleanup-holds"): Promise<Record<string, unknown>> {
  const answer = await fetch(`${world.appUrl}/api/cron/${what}`, {
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
  const { rows } = await world.owner.query<Record<string, number>>(`select ${counts.join(", ")}`, [clinic.tenantId]);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([, count]) => count > 0));
}

test("abandoned until the hold ends: expired in silence, the slot can be held again, and the clean-up leaves nothing behind", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await pay(world, booking.checkoutUrl, "abandon");
  expect((await hold(world, clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");

  await timePasses(world, booking.id, 13);
  await eventually(async () => expect((await state(world, booking)).status).toBe("expired"));
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "expired", paymentStatus: "pending" },
    payments: ["expired"],
    claims: ["expired"],
    ...silence,
  });
  expect((await retry(world, booking)).body.code).toBe("checkout_closed");

  await cleanUp("cleanup-unpaid");
  expect((await endState(world, clinic, booking.id)).booking.status).toBe("expired");
  await timePasses(world, booking.id, 31);
  await deleteUnpaid();
  expect(await traces(clinic)).toEqual({});
  expect((await hold(world, clinic, { start: slotStart(0) })).status).toBe(201);
});

test("the end of a hold frees the slot by time alone, without any worker", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await world.stopWorker();
  await timePasses(world, booking.id, 13);
  expect((await hold(world, clinic, { start: slotStart(0) })).status).toBe(201);
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["created"],
    claims: ["expired"],
    ...silence,
  });
  await world.startWorker();
  await eventually(async () => expect((await state(world, booking)).status).toBe("expired"));
});

test.each([
  ["decline", "declined"],
  ["error", "error"],
])(
  "tried, %s and left until the hold ends: only the customer is told, and it is kept while the bank may still say yes",
  async (outcome, status) => {
    const clinic = await openClinic(world);
    const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
    await pay(world, booking.checkoutUrl, outcome);
    await eventually(async () => expect((await state(world, booking)).paymentStatus).toBe("failed"));
    await timePasses(world, booking.id, 13);
    await eventually(async () => expect((await state(world, booking)).status).toBe("failed"));
    await settledAtOnce(world, booking.id);
    expect(await endState(world, clinic, booking.id)).toEqual({
      booking: { status: "failed", paymentStatus: "failed" },
      payments: [status],
      claims: ["expired"],
      ...silence,
      followUps: unpaidFollowUp("done"),
      mails: ["customer"],
    });
    expect((await hold(world, clinic, { start: slotStart(0) })).status).toBe(201);

    await timePasses(world, booking.id, 60);
    await cleanUp("cleanup-unpaid");
    expect((await endState(world, clinic, booking.id)).booking.status).toBe("failed");
    await timePasses(world, booking.id, 73 * 60);
    await deleteUnpaid();
    expect(await traces(clinic)).toEqual({ slot_claim: 1 });
  },
);

test("a payment that is still pending when the hold ends leaves the booking failed and the payment pending, in silence", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "pending", { method: "PSE" });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await endState(world, clinic, booking.id)).payments).toEqual(["pending"]);
  });
  await timePasses(world, booking.id, 13);
  await eventually(async () => expect((await state(world, booking)).status).toBe("failed"));
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "failed", paymentStatus: "pending" },
    payments: ["pending"],
    claims: ["expired"],
    ...silence,
    followUps: unpaidFollowUp("pending"),
  });
});

test("a hold of a customer who never went on lapses, is relabelled by the clean-up, and its row goes", async () => {
  const clinic = await openClinic(world);
  const held = await hold(world, clinic, { start: slotStart(0) });
  await world.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [held.body.id]);
  expect(await cleanUp("cleanup-holds")).toEqual({ success: true, lapsedHolds: 1 });
  await world.owner.query("update slot_claim set created_at = now() - interval '3 hours' where id = $1", [held.body.id]);
  expect(await cleanUp("cleanup-holds")).toEqual({ success: true, lapsedHolds: 0 });
  expect(await traces(clinic)).toEqual({});
});

test("the clean-ups are for whoever knows the secret", async () => {
  for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: "Bearer " }] as Record<string, string>[]) {
    const answer = await fetch(`${world.appUrl}/api/cron/cleanup-unpaid`, { method: "POST", headers });
    expect(answer.status).toBe(401);
  }
});
