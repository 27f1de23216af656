import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually, timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import {
  confirmed,
  hurryInbox,
  hurryPolls,
  inbox,
  noPromiseIsBroken,
  resolve,
  sentBack,
  settledAtOnce,
  silence,
  wompi,
} from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const untouched = { booking: { status: "pending", paymentStatus: "pending" }, payments: ["created"], claims: ["paying"], ...silence };

async function pollsMade(bookingId: string): Promise<number> {
  const { rows } = await world.owner.query<{ polls: number }>("select max(polls)::int as polls from payment where checkout_id = $1", [
    bookingId,
  ]);
  return rows[0]?.polls ?? 0;
}

test("Wompi is down while we poll: nothing changes, the ladder goes on, and once it is back the payment is found", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "close", { event: "never", apiStatus: 503, apiFailures: 1000 });
  for (const polls of [1, 2, 3]) {
    await hurryPolls(world, booking.id);
    await eventually(async () => expect(await pollsMade(booking.id)).toBeGreaterThanOrEqual(polls));
  }
  expect(await endState(world, clinic, booking.id)).toEqual(untouched);
  await wompi(world, clinic, { apiStatus: 0, apiFailures: 0 });
  await hurryPolls(world, booking.id);
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("Wompi's API is down while its event is settled: the event is answered, kept and settled when it is back", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await world.owner.query("delete from graphile_worker._private_jobs where key like 'poll-%'");
  await pay(world, booking.checkoutUrl, "approve", { apiStatus: 503, apiFailures: 1000 });
  await eventually(async () => {
    const { rows } = await world.owner.query(
      "select key from graphile_worker._private_jobs where key like 'inbox-%' and (payload ->> 'tries')::int > 0",
    );
    expect(rows).toHaveLength(1);
  });
  expect(await inbox(world, clinic)).toEqual([{ state: "received", reference: booking.reference }]);
  expect(await endState(world, clinic, booking.id)).toEqual(untouched);
  await wompi(world, clinic, { apiStatus: 0, apiFailures: 0 });
  await eventually(async () => {
    await hurryInbox(world, booking.reference);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
  expect(await inbox(world, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("Wompi is down beyond the half hour that a slot waits for it: an approval found when it is back is booked late", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "close", { event: "never", apiStatus: 500, apiFailures: 1000 });
  await timePasses(world, booking.id, 41);
  await eventually(async () => expect((await state(world, booking)).status).toBe("expired"));
  expect(await endState(world, clinic, booking.id)).toMatchObject({ payments: ["expired"], claims: ["expired"], ...silence });
  await wompi(world, clinic, { apiStatus: 0, apiFailures: 0 });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ claims: ["expired", "booked"] }));
});

test("Wompi answers slowly: the webhook is answered at once all the same, and the booking follows", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const paid = (await pay(world, booking.checkoutUrl, "approve", { apiDelayMs: 1200 })) as unknown as {
    events: { attempts: { status: number; milliseconds: number }[] }[];
  };
  const attempt = paid.events[0]?.attempts[0];
  expect(attempt).toMatchObject({ status: 200 });
  expect(attempt?.milliseconds).toBeLessThan(1200);
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("Wompi's API lags behind its own event: the decision waits until the API says it too", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve", { apiLag: 4 });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("Wompi is down when money must go back: the refund waits for it and is made once", async () => {
  const clinic = await openClinic(world);
  const first = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const { transactionIds } = await pay(world, first.checkoutUrl, "pending");
  await timePasses(world, first.id, 13);
  await eventually(async () => expect((await state(world, first)).status).toBe("failed"));
  await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await world.stopWorker();
  await resolve(world, transactionIds[0], "APPROVED");
  await world.startWorker();
  await eventually(async () => expect((await state(world, first)).refund).not.toBeNull());
  await wompi(world, clinic, { apiStatus: 503, apiFailures: 3 });
  await settledAtOnce(world, first.id);
  await eventually(async () => expect((await state(world, first)).refund?.state).toBe("done"));
  expect(await endState(world, clinic, first.id)).toEqual(sentBack());
});
