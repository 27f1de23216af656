import { expect, test } from "vitest";
import { payingPerSessionMax, paymentsPerCheckoutMax } from "#domain/hold-times.ts";
import { newSession } from "#queries/sessions.ts";
import type { Clinic } from "../support/clinic.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

const holdsPerAddress = 4;
const stage = prepareStage({ worker: false, settings: { RATE_LIMIT_CHANGES: "10", HOLDS_PER_ADDRESS: String(holdsPerAddress) } });

let addresses = 0;
/** Documentation addresses: every test is somebody else. */
const newAddress = () => `203.0.113.${++addresses}`;

type Asked = { address: string; session?: string };
async function ask(method: string, path: string, { address, session }: Asked, body?: object) {
  const headers: Record<string, string> = { "x-forwarded-for": address, "content-type": "application/json" };
  if (session) headers["x-checkout-session"] = session;
  const answer = await fetch(stage.appUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  return {
    status: answer.status,
    retryAfter: answer.headers.get("retry-after"),
    body: (text.startsWith("{") ? JSON.parse(text) : {}) as Record<string, string>,
  };
}
const hold = (clinic: Clinic, n: number, asked: Asked) =>
  ask("POST", "/api/holds", asked, {
    link: clinic.link,
    serviceId: clinic.serviceId,
    professionalId: clinic.professionalId,
    start: slotStart(n),
  });
const book = (clinic: Clinic, holdId: string | undefined, asked: Asked) =>
  ask("POST", "/api/bookings", asked, { link: clinic.link, holdId, customer: customerOfTests, acceptedTerms: true, provider: "wompi" });
const liveClaims = async (clinic: Clinic) =>
  Number(
    (await stage.owner.query("select count(*) from slot_claim where tenant_id = $1 and state in ('held', 'paying')", [clinic.tenantId]))
      .rows[0].count,
  );

test("one address gets ten changes in ten seconds, then 429 with when to come back", async () => {
  const clinic = await stage.openClinic();
  const address = newAddress();
  const answers = [];
  for (let n = 0; n < 13; n += 1) answers.push(await hold(clinic, n, { address }));
  expect(answers.slice(10).map(({ status, body }) => [status, body["code"]])).toEqual(Array(3).fill([429, "rate_limited"]));
  expect(Number(answers[12]?.retryAfter)).toBeGreaterThan(0);
  expect((await hold(clinic, 20, { address: newAddress() })).status).toBe(201);
});

test("a new session for every hold does not get an address more than its slots", async () => {
  const clinic = await stage.openClinic();
  const address = newAddress();
  const answers = [];
  for (let n = 0; n < 9; n += 1) answers.push(await hold(clinic, n, { address, session: newSession("program") }));
  expect(answers.map(({ status }) => status)).toEqual([...Array(holdsPerAddress).fill(201), ...Array(5).fill(429)]);
  expect(answers.at(-1)?.body["code"]).toBe("too_many_holds");
  expect(await liveClaims(clinic)).toBe(holdsPerAddress);
});

test("payment pages that nobody pays count as well: opening them does not free the address's places", async () => {
  const clinic = await stage.openClinic();
  const address = newAddress();
  const answers = [];
  for (let n = 0; n < holdsPerAddress; n += 1) {
    const session = newSession("program");
    const held = await hold(clinic, n, { address, session });
    answers.push(held.status, (await book(clinic, held.body["id"], { address, session })).status);
  }
  expect(answers).toEqual(Array(2 * holdsPerAddress).fill(201));
  expect((await hold(clinic, 40, { address })).body["code"]).toBe("too_many_holds");
  expect(await liveClaims(clinic)).toBe(holdsPerAddress);
});

test("one session opens at most five unpaid payment pages, whatever addresses it uses", async () => {
  const clinic = await stage.openClinic();
  const session = newSession("program");
  const answers = [];
  for (let n = 0; n <= payingPerSessionMax; n += 1) {
    const asked = { address: newAddress(), session };
    const held = await hold(clinic, n, asked);
    expect(held.status).toBe(201);
    answers.push(await book(clinic, held.body["id"], asked));
  }
  expect(answers.map(({ status }) => status)).toEqual([...Array(payingPerSessionMax).fill(201), 429]);
  expect(answers.at(-1)?.body["code"]).toBe("too_many_payments");
});

test("a booking is tried to be paid ten times, not for ever", async () => {
  const clinic = await stage.openClinic();
  const session = newSession("program");
  const held = await hold(clinic, 0, { address: newAddress(), session });
  const booked = await book(clinic, held.body["id"], { address: newAddress(), session });
  const tries = [];
  for (let n = 1; n <= paymentsPerCheckoutMax; n += 1) {
    const path = `/api/bookings/${booked.body["id"]}/payments?token=${booked.body["token"]}`;
    tries.push(await ask("POST", path, { address: newAddress() }, { provider: "wompi" }));
  }
  expect(tries.map(({ status }) => status)).toEqual([...Array(paymentsPerCheckoutMax - 1).fill(201), 429]);
  expect(tries.at(-1)?.body["code"]).toBe("too_many_payments");
});

test("a whole /64 of IPv6 is one customer; its neighbour is another", async () => {
  const clinic = await stage.openClinic();
  const answers = [];
  for (let n = 0; n < 11; n += 1)
    answers.push(await hold(clinic, n, { address: `2001:db8:1:2:${(n + 1).toString(16)}::${n}`, session: newSession("program") }));
  expect(answers.map(({ status }) => status)).toEqual([...Array(holdsPerAddress).fill(201), ...Array(7).fill(429)]);
  expect((await hold(clinic, 20, { address: "2001:db8:1:3::1" })).status).toBe(201);
});

test("what is no address cannot be used to become somebody new with every request", async () => {
  const clinic = await stage.openClinic();
  const answers = [];
  for (let n = 0; n < 12; n += 1) answers.push((await hold(clinic, n, { address: `nobody-${n}`, session: newSession("program") })).status);
  expect(answers.filter((status) => status === 201).length).toBeLessThanOrEqual(holdsPerAddress);
});

test("looking is limited too: sixty states in ten seconds, twenty open event streams", async () => {
  const clinic = await stage.openClinic();
  const session = newSession("program");
  const held = await hold(clinic, 0, { address: newAddress(), session });
  const booked = await book(clinic, held.body["id"], { address: newAddress(), session });
  const path = `/api/bookings/${booked.body["id"]}`;
  const query = `?token=${booked.body["token"]}`;
  const poller = newAddress();
  // All at once, so that they come within the ten seconds on a slow machine too.
  const looks = await Promise.all(Array.from({ length: 62 }, () => ask("GET", `${path}/status${query}`, { address: poller })));
  expect(looks.map((look) => look.status).toSorted()).toEqual([...Array(60).fill(200), 429, 429]);

  const watcher = newAddress();
  const ends = new AbortController();
  const open = () => fetch(`${stage.appUrl}${path}/events${query}`, { signal: ends.signal, headers: { "x-forwarded-for": watcher } });
  const streams = await Promise.all(Array.from({ length: 22 }, open));
  expect(streams.map((stream) => stream.status).toSorted()).toEqual([...Array(20).fill(200), 429, 429]);
  // A HEAD opens nothing that would have to be closed.
  expect(
    (await fetch(`${stage.appUrl}${path}/events${query}`, { method: "HEAD", headers: { "x-forwarded-for": newAddress() } })).status,
  ).toBe(200);
  ends.abort();
  await expect
    .poll(
      async () =>
        (
          await fetch(`${stage.appUrl}${path}/events${query}`, {
            headers: { "x-forwarded-for": watcher },
            signal: AbortSignal.timeout(300),
          }).catch(() => null)
        )?.status,
      { timeout: 5000 },
    )
    .toBe(200);
});
