import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpApp } from "#http/app.ts";
import { resetEnv } from "#platform/env.ts";
import { newToken } from "#platform/ids.ts";
import { loadOwnHold } from "#queries/own-hold.ts";
import { cookieName, newSession } from "#queries/sessions.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { type OwnWorld, startWorld } from "../support/world.ts";
import { type Answered, ask, expectProblem } from "./request.ts";

let world: OwnWorld;
let clinic: Clinic;
let nextSlot = 0;
beforeAll(async () => {
  world = await startWorld({ worker: false });
  clinic = await openClinic(world);
});
afterAll(() => world.stop());

const freeSlot = () => slotStart(nextSlot++);
/** What the server knows a caller by: a browser's cookie, or a program's header. */
type Known = { cookie?: string | undefined; header?: string | undefined; key?: string; json?: unknown; method?: string };
function call(path: string, { cookie, header, key, ...asked }: Known): Promise<Answered> {
  const headers = {
    ...(header === undefined ? { origin: world.appUrl } : {}),
    ...(cookie === undefined ? {} : { cookie: `${cookieName()}=${cookie}` }),
    ...(key === undefined ? {} : { "idempotency-key": key }),
  };
  return ask(world, path, { ...asked, headers, session: header });
}
const place = () => ({ link: clinic.link, serviceId: clinic.serviceId, professionalId: clinic.professionalId });
const hold = (start: string, known: Known) => call("/api/holds", { ...known, json: { ...place(), start } });
const book = (holdId: string, known: Known, customer = customerOfTests) =>
  call("/api/bookings", { ...known, json: { link: clinic.link, holdId, customer, acceptedTerms: true, provider: "wompi" } });
const release = (id: string, known: Known) => call(`/api/holds/${id}`, { ...known, method: "DELETE" });

/** What a browser keeps of an answer. */
function cookieOf(answer: Answered): string | undefined {
  return new RegExp(`^${cookieName()}=([^;]+);`).exec(answer.headers.get("set-cookie") ?? "")?.[1];
}
const bodyOf = (answer: Answered) => answer.body as { id: string; session?: string; token: string; checkoutUrl: string };
async function held(known: Known = {}, start = freeSlot()) {
  const answer = await hold(start, known);
  expect(answer.status, answer.text).toBe(201);
  return { id: bodyOf(answer).id, start, answer, cookie: cookieOf(answer) ?? known.cookie };
}
const ownHold = (session: string | undefined) => loadOwnHold({ link: clinic.link, session: session ?? "" });

describe("a session that the server did not issue", () => {
  test.each([
    ["a word", () => "s".repeat(32)],
    ["a token in our own form", () => newToken()],
    ["one with a wrong seal", () => `${newSession("browser").slice(0, -3)}abc`],
    ["one of a program", () => newSession("program")],
  ])("is not adopted as a cookie: %s", async (_what, chosen) => {
    const session = chosen();
    const first = await held({ cookie: session });
    expect(first.cookie).not.toBe(session);
    expectProblem(await release(first.id, { cookie: session }), "hold_unknown");
    expectProblem(await book(first.id, { cookie: session }), "hold_unknown");
    expect((await release(first.id, { cookie: first.cookie })).status).toBe(204);
  });

  test.each([
    ["a token in our own form", () => newToken()],
    ["one of a browser", () => newSession("browser")],
  ])("is not adopted as a header: %s", async (_what, chosen) => {
    const session = chosen();
    const { id, answer } = await held({ header: session });
    const given = bodyOf(answer).session;
    expect([typeof given, given === session]).toEqual(["string", false]);
    expectProblem(await release(id, { header: session }), "hold_unknown");
    expect((await release(id, { header: given })).status).toBe(204);
  });
});

describe("browsers and programs", () => {
  test("a browser gets a cookie and no text that a script could read; a program gets a text and no cookie", async () => {
    const browser = (await held()).answer;
    expect(cookieOf(browser)).toMatch(/^[A-Za-z0-9_-]{40,}$/);
    expect(browser.headers.get("set-cookie")).toMatch(/HttpOnly/);
    expect(browser.headers.get("set-cookie")).toMatch(/SameSite=Lax/);
    expect(bodyOf(browser).session).toBeUndefined();
    const program = await ask(world, "/api/holds", { json: { ...place(), start: freeSlot() } });
    expect(program.headers.get("set-cookie")).toBeNull();
    expect(bodyOf(program).session).toMatch(/^[A-Za-z0-9_-]{40,}$/);
  });

  test("neither sees, changes or ends what the other made, with the very same text", async () => {
    const browser = await held();
    const header = bodyOf((await held({ header: "" })).answer).session;
    for (const stranger of [{ header: browser.cookie }, { header }]) {
      expectProblem(await release(browser.id, stranger), "hold_unknown");
      expectProblem(await book(browser.id, stranger), "hold_unknown");
    }
    const ofProgram = await held({ header });
    for (const stranger of [{ cookie: header }, { cookie: browser.cookie }]) {
      expectProblem(await release(ofProgram.id, stranger), "hold_unknown");
      expectProblem(await book(ofProgram.id, stranger), "hold_unknown");
    }
    const booked = bodyOf(await book(browser.id, { cookie: browser.cookie }));
    const pay = (known: Known) => call(`/api/bookings/${booked.id}/payments`, { ...known, json: { provider: "wompi" } });
    expectProblem(await pay({ header }), "checkout_unknown");
    expectProblem(await pay({ header: browser.cookie }), "checkout_unknown");
  });

  test("a header beside a cookie is a program: the cookie counts for nothing", async () => {
    const browser = await held();
    expectProblem(await release(browser.id, { cookie: browser.cookie, header: newSession("program") }), "hold_unknown");
    expectProblem(await release(browser.id, { cookie: browser.cookie, header: "nonsense" }), "hold_unknown");
  });
});

describe("a booking of a browser renews its session", () => {
  test("the old value is worthless: whoever planted it sees nothing, changes nothing and pays nothing", async () => {
    const { id, cookie: old } = await held();
    expect(await ownHold(old)).toMatchObject({ id });
    const answer = await book(id, { cookie: old });
    const renewed = cookieOf(answer);
    expect([answer.status, typeof renewed, renewed === old]).toEqual([201, "string", false]);
    const { id: bookingId } = bodyOf(answer);

    expect(await ownHold(old)).toBeNull();
    expectProblem(await book(id, { cookie: old }, { ...customerOfTests, email: "thief@example.com" }), "hold_unknown");
    expectProblem(await call(`/api/bookings/${bookingId}/payments`, { cookie: old, json: { provider: "wompi" } }), "checkout_unknown");
    const { rows } = await world.owner.query("select customer_email from checkout where id = $1", [bookingId]);
    expect(rows).toEqual([{ customer_email: customerOfTests.email }]);

    expect(await ownHold(renewed)).toMatchObject({ id, bookingId });
    const again = await book(id, { cookie: renewed });
    expect([bodyOf(again).id, bodyOf(again).checkoutUrl, cookieOf(again)]).toEqual([bookingId, bodyOf(answer).checkoutUrl, undefined]);
  });

  test("holds and open payment pages of the browser go along, also those at another merchant", async () => {
    const other = await openClinic(world);
    const first = await held();
    const paying = await book(first.id, { cookie: first.cookie });
    const cookie = cookieOf(paying);
    const elsewhere = { link: other.link, serviceId: other.serviceId, professionalId: other.professionalId, start: slotStart(0) };
    const there = bodyOf(await call("/api/holds", { cookie, json: elsewhere }));
    const second = await held({ cookie });
    const renewed = cookieOf(await book(second.id, { cookie }));
    expect(await loadOwnHold({ link: other.link, session: renewed ?? "" })).toMatchObject({ id: there.id });
    expect((await release(there.id, { cookie: renewed })).status).toBe(204);
    const { id } = bodyOf(paying);
    expectProblem(await call(`/api/bookings/${id}/payments`, { cookie, json: { provider: "wompi" } }), "checkout_unknown");
    expect((await call(`/api/bookings/${id}/payments`, { cookie: renewed, json: { provider: "wompi" } })).status).toBe(201);
  });

  test("an answer that was lost is given again, with its cookie, under the same key, and to nobody without it", async () => {
    const { id, cookie } = await held();
    const key = randomUUID();
    const first = await book(id, { cookie, key });
    const again = await book(id, { cookie, key });
    expect([again.status, again.body, cookieOf(again)]).toEqual([201, first.body, cookieOf(first)]);
    expect(await ownHold(cookieOf(again))).toMatchObject({ bookingId: bodyOf(first).id });
    expectProblem(await book(id, { cookie, key: randomUUID() }), "hold_unknown");
  });

  test("a crash before the answer was kept, or a page that could not be had, costs the customer nothing", async () => {
    const { id, cookie } = await held();
    const key = randomUUID();
    const first = await book(id, { cookie, key });
    await world.owner.query("update idempotency_key set answer = null, created_at = now() - interval '31 seconds' where key = $1", [key]);
    const again = await book(id, { cookie, key });
    expect([bodyOf(again).id, cookieOf(again)]).toEqual([bodyOf(first).id, cookieOf(first)]);

    const own = await openClinic(world);
    const credentials = "update connection set credentials = $2 where tenant_id = $1 and kind = 'payment'";
    const { rows } = await world.owner.query("select credentials from connection where tenant_id = $1 and kind = 'payment'", [
      own.tenantId,
    ]);
    await world.owner.query(credentials, [own.tenantId, "unreadable"]);
    const wish = { link: own.link, serviceId: own.serviceId, professionalId: own.professionalId, start: slotStart(0) };
    const taken = await call("/api/holds", { json: wish });
    const json = { link: own.link, holdId: bodyOf(taken).id, customer: customerOfTests, acceptedTerms: true, provider: "wompi" };
    const failed = await call("/api/bookings", { cookie: cookieOf(taken), json });
    expect(failed.status).toBe(500);
    await world.owner.query(credentials, [own.tenantId, rows[0].credentials]);
    expect((await call("/api/bookings", { cookie: cookieOf(failed), json })).status).toBe(201);
  });

  test("a program's session stays as it is", async () => {
    const { id, answer } = await held({ header: "" });
    const header = bodyOf(answer).session;
    const booked = await book(id, { header });
    expect([booked.status, booked.headers.get("set-cookie")]).toEqual([201, null]);
    expect(bodyOf(await book(id, { header })).id).toBe(bodyOf(booked).id);
  });
});

test("a browser's own hold does not stand in the way of a wish that holds nothing, which no session can reach", async () => {
  const own = await openClinic(world);
  await world.owner.query("update service set capacity_policy = 'first_payer_wins' where id = $1", [own.depositServiceId]);
  const wish = { link: own.link, professionalId: own.professionalId, start: slotStart(0) };
  const taken = await call("/api/holds", { json: { ...wish, serviceId: own.serviceId } });
  const cookie = cookieOf(taken);
  const json = { ...wish, serviceId: own.depositServiceId, customer: customerOfTests, acceptedTerms: true, provider: "wompi" };
  expectProblem(await call("/api/bookings", { json }), "slot_taken");
  const booked = await call("/api/bookings", { cookie, json });
  expect(booked.status, booked.text).toBe(201);
  expect(await loadOwnHold({ link: own.link, session: cookie ?? "" })).toBeNull();
  const pay = (query = "") => call(`/api/bookings/${bodyOf(booked).id}/payments${query}`, { cookie, json: { provider: "wompi" } });
  expectProblem(await pay(), "checkout_unknown");
  expect((await pay(`?token=${bodyOf(booked).token}`)).status).toBe(201);
});

test("new contact details of an open payment are told in an event, masked; the same ones are not", async () => {
  const { id, answer } = await held({ header: "" });
  const header = bodyOf(answer).session;
  const { id: bookingId } = bodyOf(await book(id, { header }));
  const events = async () =>
    (
      await world.owner.query<{ details: Record<string, string>; actor: string }>(
        "select details, actor from event where subject_id = $1 and kind = 'booking.contact_changed'",
        [bookingId],
      )
    ).rows;
  await book(id, { header });
  expect(await events()).toEqual([]);
  await book(id, { header }, { ...customerOfTests, email: "maria@other.example", phone: "301 765 4321" });
  const [changed, ...more] = await events();
  expect(more).toEqual([]);
  expect(changed?.actor).toBe("customer");
  expect(changed?.details).toMatchObject({ email: "a…@e… → m…@o…", phone: "…67 → …21" });
  expect(changed?.details).not.toHaveProperty("name");
});

test("where the site is https the cookie is bound to this host: __Host-, Secure, the whole path, no domain", async () => {
  const before = process.env["APP_URL"] ?? "";
  process.env["APP_URL"] = "https://citas.example.com";
  resetEnv();
  try {
    const app = createHttpApp({ runDueJobs: async () => {} });
    const answer = await app.request("/api/holds", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: "https://citas.example.com",
        cookie: `checkout_session=${newSession("browser")}`,
      },
      body: JSON.stringify({ ...place(), start: freeSlot() }),
    });
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect([answer.status, cookieName()]).toEqual([201, "__Host-checkout_session"]);
    expect(cookie).toMatch(/^__Host-checkout_session=[A-Za-z0-9_-]{40,}; /);
    for (const part of [/; Path=\/(;|$)/, /; Secure(;|$)/, /; HttpOnly(;|$)/, /; SameSite=Lax(;|$)/]) expect(cookie).toMatch(part);
    expect(cookie).not.toMatch(/Domain/i);
  } finally {
    process.env["APP_URL"] = before;
    resetEnv();
  }
});
