import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { checkoutAnswer, holdAnswer } from "#contracts/checkout.ts";
import { appPool } from "#platform/db.ts";
import { sha256Hex } from "#platform/ids.ts";
import { newSession } from "#queries/sessions.ts";
import type { Clinic } from "../support/clinic.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { type Answered, ask, expectProblem, expectShape } from "./request.ts";

const stage = prepareStage({ worker: false });
let clinic: Clinic;
let nextSlot = 0;
beforeAll(async () => {
  clinic = await stage.openClinic();
});

const freeSlot = () => slotStart(nextSlot++);
type Asking = { key?: string; session?: string; from?: string; cookie?: string };
const headersOf = ({ key, from, cookie }: Asking) => ({
  ...(key === undefined ? {} : { "idempotency-key": key }),
  ...(from ? { "x-forwarded-for": from } : {}),
  ...(cookie ? { cookie } : {}),
});

function hold(start: string, asking: Asking): Promise<Answered> {
  const json = { link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId, start };
  return ask(stage, "/api/holds", { json, session: asking.session, headers: headersOf(asking) });
}

const claims = async (start: string) => (await stage.owner.query("select state from slot_claim where starts_at = $1", [start])).rows;
const keysKept = async () =>
  (await stage.owner.query<{ count: number }>("select count(*)::int as count from idempotency_key")).rows[0]?.count;

/** How many connections the app takes from its pool meanwhile: each is at least one round trip. */
async function tripsOf(work: () => Promise<unknown>): Promise<number> {
  let trips = 0;
  const count = () => {
    trips += 1;
  };
  appPool().on("acquire", count);
  await work();
  appPool().off("acquire", count);
  return trips;
}

describe("POST /api/holds with an Idempotency-Key", () => {
  test("gives the same answer again: status, hold, end, session and cookie; and the slot is held once", async () => {
    const [start, key] = [freeSlot(), randomUUID()];
    const first = await hold(start, { key });
    expect(first.status).toBe(201);
    expectShape(holdAnswer, first.body);
    const again = await hold(start, { key });
    expect([again.status, again.body, again.headers.get("set-cookie")]).toEqual([201, first.body, first.headers.get("set-cookie")]);
    expect(await claims(start)).toEqual([{ state: "held" }]);
  });

  test("gives the same answer to two at the same moment", async () => {
    const [start, key] = [freeSlot(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 6 }, () => hold(start, { key })));
    for (const answer of answers) expect([answer.status, answer.body]).toEqual([201, answers[0]?.body]);
    expect(await claims(start)).toHaveLength(1);
  });

  test("gives the same answer even when the hold has moved on since", async () => {
    const [start, key] = [freeSlot(), randomUUID()];
    const first = expectShape(holdAnswer, (await hold(start, { key })).body);
    await hold(freeSlot(), { session: first.session });
    expect((await hold(start, { key })).body).toEqual(first);
    expect(await claims(start)).toEqual([{ state: "released" }]);
  });

  test("refuses the same key with another body, and forgets a refusal", async () => {
    const [start, key, session] = [freeSlot(), randomUUID(), newSession("program")];
    await hold(start, {});
    expectProblem(await hold(start, { key, session }), "slot_taken");
    await stage.owner.query("update slot_claim set state = 'released' where starts_at = $1", [start]);
    expect((await hold(start, { key, session })).status).toBe(201);
    expectProblem(await hold(freeSlot(), { key, session }), "idempotency_key_reused");
  });

  test("a key that somebody else knows hands nobody's session out: not from another address, and not to another session", async () => {
    const [start, key] = [freeSlot(), randomUUID()];
    const first = expectShape(holdAnswer, (await hold(start, { key, from: "198.51.100.1" })).body);
    const strangers = [
      await hold(start, { key, from: "198.51.100.2" }),
      await hold(start, { key, from: "198.51.100.1", session: newSession("program") }),
    ];
    for (const stranger of strangers) {
      expectProblem(stranger, "slot_taken");
      expect(stranger.headers.get("set-cookie")).toBeNull();
      expect(stranger.text).not.toContain(first.session);
    }
    expect((await hold(start, { key, from: "198.51.100.1" })).body).toEqual(first);
    // With the session that it was given, the customer is known too.
    expect(expectShape(holdAnswer, (await hold(start, { key, session: first.session })).body).id).toBe(first.id);
  });

  test("without a session a key must be one that nobody can guess", async () => {
    expect(expectProblem(await hold(freeSlot(), { key: "order-1" }), "invalid_request")).toEqual(["Idempotency-Key"]);
    expect((await hold(freeSlot(), { key: "order-1", session: newSession("program") })).status).toBe(201);
    for (const key of ["", "x".repeat(256)])
      expectProblem(await hold(freeSlot(), { key, session: newSession("program") }), "invalid_request");
  });

  test("what is kept holds neither session nor key owner in the clear", async () => {
    const [start, key] = [freeSlot(), randomUUID()];
    const { session } = expectShape(holdAnswer, (await hold(start, { key })).body);
    await hold(start, { key: "with-a-session", session });
    const { rows } = await stage.owner.query(
      "select scope, answer::text, request_hash from idempotency_key where key in ($1, 'with-a-session')",
      [key],
    );
    expect(rows).toHaveLength(2);
    // Nobody can try what was asked for, such as a yes or no in a booking's personal answers.
    const guessed = JSON.stringify({ link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId, start });
    expect(JSON.stringify(rows)).not.toContain(sha256Hex(guessed));
    expect(JSON.stringify(rows)).not.toContain(session);
    expect(JSON.stringify(rows)).not.toContain("127.0.0.1");
  });

  test("a hold that was made just before a crash is found again", async () => {
    const [start, key] = [freeSlot(), randomUUID()];
    const first = await hold(start, { key });
    await stage.owner.query("update idempotency_key set answer = null, created_at = now() - interval '31 seconds' where key = $1", [key]);
    expect((await hold(start, { key })).body).toEqual(first.body);
  });
});

test("without the header a hold is one round trip, and no key is kept", async () => {
  await hold(freeSlot(), {});
  const before = await keysKept();
  const session = newSession("program");
  // On a busy machine the catalogue's copy may grow too old in between, and is read again.
  const isOneTrip = (known: { session?: string }) =>
    vi.waitFor(async () => expect(await tripsOf(() => hold(freeSlot(), known))).toBe(1), { timeout: 20_000, interval: 10 });
  await isOneTrip({});
  await isOneTrip({ session });
  expect(await keysKept()).toBe(before);
  expect(await tripsOf(() => hold(freeSlot(), { key: randomUUID() }))).toBeGreaterThan(1);
});

describe("POST /api/bookings/{id}/payments with an Idempotency-Key", () => {
  type Booking = { id: string; token: string; session: string };
  const another = (booking: { id: string }, asking: Asking & { token?: string; provider?: string }) => {
    const query = asking.token === undefined ? "" : `?token=${asking.token}`;
    const json = { provider: asking.provider ?? "wompi" };
    return ask(stage, `/api/bookings/${booking.id}/payments${query}`, { json, session: asking.session, headers: headersOf(asking) });
  };
  const payments = async (booking: Booking) =>
    (await stage.owner.query<{ count: number }>("select count(*)::int as count from payment where checkout_id = $1", [booking.id])).rows[0]
      ?.count;
  const booked = (): Promise<Booking> => stage.reachPaymentPage(clinic, { start: freeSlot() });

  test("opens one payment, however often and at whatever moment it is asked for", async () => {
    const booking = await booked();
    const asking = { key: "retry-1", token: booking.token };
    const answers = await Promise.all(Array.from({ length: 4 }, () => another(booking, asking)));
    const again = await another(booking, asking);
    for (const answer of [...answers, again]) expect([answer.status, answer.body]).toEqual([201, answers[0]?.body]);
    expectShape(checkoutAnswer, again.body);
    expect(await payments(booking)).toBe(2);
    expect(expectShape(checkoutAnswer, (await another(booking, { ...asking, key: "retry-2" })).body).reference).not.toBe(
      expectShape(checkoutAnswer, again.body).reference,
    );
    expect(await payments(booking)).toBe(3);
  });

  test("refuses the same key for another body or another booking of the session", async () => {
    const booking = await booked();
    const asking = { key: "retry-1", session: booking.session };
    expect((await another(booking, asking)).status).toBe(201);
    expectProblem(await another(booking, { ...asking, provider: "stripe" }), "idempotency_key_reused");
    const held = expectShape(holdAnswer, (await hold(freeSlot(), { session: booking.session })).body);
    const json = { link: clinic.link, holdId: held.id, customer: customerOfTests, acceptedTerms: true, provider: "wompi" };
    const other = expectShape(checkoutAnswer, (await ask(stage, "/api/bookings", { session: booking.session, json })).body);
    expectProblem(await another(other, asking), "idempotency_key_reused");
  });

  test("answers nobody who does not prove whose booking it is, whatever key they know", async () => {
    const booking = await booked();
    const first = await another(booking, { key: "retry-1", token: booking.token });
    expect(first.status).toBe(201);
    const strangers = [{ token: "wrong" }, { session: newSession("program") }, {}, { token: "" }];
    for (const stranger of strangers) expectProblem(await another(booking, { key: "retry-1", ...stranger }), "checkout_unknown");
    expectProblem(await another({ id: randomUUID() }, { key: "retry-1", token: booking.token }), "checkout_unknown");
    expect(await payments(booking)).toBe(2);
  });
});

test("under first_payer_wins a key alone makes one booking, for its own address only", async () => {
  const own = await stage.openClinic({ policy: "first_payer_wins" });
  const place = { serviceId: own.serviceId, professionalId: own.professionalId, start: slotStart(0) };
  const json = { link: own.link, ...place, customer: customerOfTests, acceptedTerms: true, provider: "wompi" };
  const book = (asking: Asking) => ask(stage, "/api/bookings", { json, headers: headersOf(asking) });
  const key = randomUUID();
  const first = await book({ key, from: "198.51.100.1" });
  expect((await book({ key, from: "198.51.100.1" })).body).toEqual(first.body);
  const stranger = expectShape(checkoutAnswer, (await book({ key, from: "198.51.100.2" })).body);
  expect(stranger.token).not.toBe(expectShape(checkoutAnswer, first.body).token);
  expectProblem(await book({ key: "order-1" }), "invalid_request");
});
