import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { metrics } from "#platform/metrics.ts";
import { openClinic, post } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { hurryPolls, inbox, noPromiseIsBroken, resolve, settledAtOnce, wompi } from "./stories.ts";

/** One row that nobody can read hides nothing else, and is no "there is nothing". */
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

async function unreadRows(): Promise<number> {
  return (await metrics().unreadableRows.get()).values.reduce((sum, { value }) => sum + value, 0);
}

async function answeredAt(bookingId: string): Promise<Date | null> {
  const { rows } = await world.owner.query<{ asked_at: Date | null }>("select asked_at from payment where checkout_id = $1", [bookingId]);
  return rows[0]?.asked_at ?? null;
}

async function polls(bookingId: string): Promise<number> {
  const { rows } = await world.owner.query<{ polls: number }>("select polls from payment where checkout_id = $1", [bookingId]);
  return rows[0]?.polls ?? 0;
}

test("an approval under the same reference as an unreadable row confirms, by the poll alone; the row is counted", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const before = await unreadRows();
  await wompi(world, clinic, { apiBadRows: 1 });
  await pay(world, booking.checkoutUrl, "approve", { event: "never" });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
  expect(await unreadRows()).toBeGreaterThan(before);
});

test("a look-up with nothing but an unreadable row is no answer: nothing may be given up after it", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await wompi(world, clinic, { apiBadRows: 2 });
  const before = await polls(booking.id);
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect(await polls(booking.id)).toBeGreaterThan(before);
  });
  expect(await answeredAt(booking.id)).toBeNull();
  await wompi(world, clinic, { apiBadRows: 0 });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect(await answeredAt(booking.id)).not.toBeNull();
  });
});

test("an approval on the second page confirms", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const charge = { publicKey: clinic.merchant.publicKey, reference: booking.reference, amountInCents: 10_000_000, event: "never" };
  await post(`${world.simulatorsUrl}/wompi/transactions/create`, charge);
  for (let n = 0; n < 10; n += 1) await post(`${world.simulatorsUrl}/wompi/transactions/create`, { ...charge, status: "DECLINED" });
  await wompi(world, clinic, { apiPageRows: 10 });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
});

test("the charge that an event names is asked for by its id: the event settles it, although no search shows it whole", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const { transactionIds } = await pay(world, booking.checkoutUrl, "pending", { event: "never" });
  // The search gives no more than the rows of one page, over and over; the charge is not among them.
  await wompi(world, clinic, { apiBadRows: 12, apiPageRows: 1 });
  const charge = { publicKey: clinic.merchant.publicKey, reference: booking.reference, amountInCents: 10_000_000, event: "never" };
  for (let n = 0; n < 12; n += 1) await post(`${world.simulatorsUrl}/wompi/transactions/create`, { ...charge, status: "DECLINED" });
  await resolve(world, transactionIds[0], "APPROVED");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  await eventually(async () => expect((await inbox(world, clinic)).map((row) => row.state)).toEqual(["settled"]));
});
