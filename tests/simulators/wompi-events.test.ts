import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { checkoutQuery, merchant, type Received, sha256, startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.press("/reset");
  world.receiver.received.length = 0;
  world.receiver.answers.length = 0;
});

const pay = (reference: string, outcome: string, more: Record<string, string | number> = {}) =>
  world.press("/wompi/p/pay", { query: checkoutQuery(reference), outcome, ...more });
const advance = (seconds: number) => world.press("/clock/advance", { seconds });
const create = (fields: Record<string, string | number>) =>
  world.press("/wompi/transactions/create", { publicKey: merchant.publicKey, amountInCents: 5_000_000, ...fields });

/** An independent reading of the documented check. */
function isRight(event: Received | undefined): boolean {
  const body = JSON.parse(event?.body ?? "{}");
  const values = body.signature.properties.map((path: string) => path.split(".").reduce((at, key) => at[key], body.data));
  const timestamp = body.timestamp ?? body.signature.timestamp;
  return sha256(values.join("") + timestamp + merchant.eventsSecret) === body.signature.checksum;
}

test("an event has the documented headers, shape and checksum", async () => {
  const paid = await pay("E-1", "approve");
  const event = world.receiver.received[0];
  const body = JSON.parse(event?.body ?? "");
  expect(event?.headers).toMatchObject({
    "user-agent": "Faraday v0.15.4",
    "content-type": "application/json",
    "x-event-checksum": body.signature.checksum,
  });
  expect(body).toMatchObject({
    event: "transaction.updated",
    environment: "test",
    data: {
      transaction: { id: paid.body.transactionIds[0], reference: "E-1", status: "APPROVED", amount_in_cents: 8_500_000, currency: "COP" },
    },
  });
  expect(Number.isInteger(body.timestamp)).toBe(true);
  expect(isRight(event)).toBe(true);
});

test("a wrong checksum is wrong; another property list and timestamp place are right", async () => {
  await pay("E-2", "approve", { checksum: "wrong" });
  await pay("E-3", "approve", {
    eventProperties: "transaction.reference,transaction.id,transaction.status",
    timestampPosition: "signature",
  });
  const [forged, moved] = world.receiver.received;
  expect(isRight(forged)).toBe(false);
  expect(isRight(moved)).toBe(true);
  expect(JSON.parse(moved?.body ?? "")).not.toHaveProperty("timestamp");
});

test("a currency or reference changed after signing still checks, an amount does not", async () => {
  await pay("E-4", "approve", { eventCurrency: "USD", eventReference: "somebody-else" });
  await pay("E-5", "approve", { eventAmountInCents: 150_000 });
  const [altered, amount] = world.receiver.received;
  expect(JSON.parse(altered?.body ?? "").data.transaction).toMatchObject({ currency: "USD", reference: "somebody-else" });
  expect([isRight(altered), isRight(amount)]).toEqual([true, false]);
});

test("copies are the same bytes; never means never; a delayed one waits for the clock", async () => {
  await pay("E-6", "approve", { eventCopies: 5 });
  expect(new Set(world.receiver.received.map((event) => event.body)).size).toBe(1);
  expect(world.receiver.received).toHaveLength(5);
  await pay("E-7", "approve", { event: "never" });
  await pay("E-8", "approve", { eventDelaySeconds: 600 });
  expect(world.receiver.received).toHaveLength(5);
  await advance(599);
  expect(world.receiver.received).toHaveLength(5);
  await advance(2);
  expect(world.receiver.received).toHaveLength(6);
});

test("an event after the redirect leaves by itself a moment later", async () => {
  await pay("E-9", "approve", { event: "after" });
  expect(world.receiver.received).toHaveLength(0);
  await vi.waitFor(() => expect(world.receiver.received).toHaveLength(1), { timeout: 5000, interval: 100 });
});

test("only exactly 200 counts; retries come after 30 minutes, 3 hours and 24 hours with the same bytes, then no more", async () => {
  world.receiver.answers.push(500, 201, 404, 302);
  await pay("E-10", "approve");
  for (const [seconds, count] of [
    [1799, 1],
    [2, 2],
    [8000, 2],
    [1000, 3],
    [75_000, 3],
    [700, 4],
    [864_000, 4],
  ] as const) {
    await advance(seconds);
    expect(world.receiver.received).toHaveLength(count);
  }
  expect(new Set(world.receiver.received.map((event) => event.body)).size).toBe(1);
  const { events } = (await world.read("/wompi/state?reference=E-10")).body;
  expect(events[0].state).toBe("exhausted");
  expect(events[0].attempts.map((attempt: { status: number }) => attempt.status)).toEqual([500, 201, 404, 302]);
});

test("a retry that is answered 200 ends the ladder", async () => {
  world.receiver.answers.push(503);
  await pay("E-11", "approve");
  await advance(100_000);
  expect(world.receiver.received).toHaveLength(2);
  expect((await world.read("/wompi/state?reference=E-11")).body.events[0].state).toBe("delivered");
});

test("a pending payment is resolved later, and its event can be sent again", async () => {
  const paid = await pay("E-12", "pending");
  const id = paid.body.transactionIds[0];
  expect(world.receiver.received).toHaveLength(0);
  await world.press(`/wompi/transactions/${id}/resolve`, { status: "APPROVED" });
  await world.press(`/wompi/transactions/${id}/send-event`, { copies: 3 });
  expect(world.receiver.received.map((event) => JSON.parse(event.body).data.transaction.status)).toEqual(Array(4).fill("APPROVED"));
});

test("events about unknown references and transactions without a page", async () => {
  const forged = await world.press("/wompi/events/send", {
    publicKey: merchant.publicKey,
    reference: "nobody",
    amountInCents: 5_000_000,
    checksum: "wrong",
  });
  expect(forged.status).toBe(200);
  await create({ reference: "direct" });
  expect(world.receiver.received.map(isRight)).toEqual([false, true]);
  expect((await world.read("/wompi/state?reference=nobody")).body.transactions).toEqual([]);
  expect((await world.read("/wompi/state?reference=direct")).body.transactions).toHaveLength(1);
});

test("knobs of a merchant hold for every payment until they are reset", async () => {
  await world.press("/wompi/panel/knobs", { publicKey: merchant.publicKey, eventCopies: 2 });
  await pay("E-13", "approve");
  expect(world.receiver.received).toHaveLength(2);
  await world.press("/wompi/panel/knobs", { publicKey: merchant.publicKey, reset: "on" });
  await pay("E-14", "approve");
  expect(world.receiver.received).toHaveLength(3);
});
