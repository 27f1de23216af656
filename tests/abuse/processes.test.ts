import { afterEach, expect, test, vi } from "vitest";
import { book, hold, slotStart, state } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import type { World } from "../support/world.ts";
import { type Program, startProgram, stopPrograms } from "./program.ts";

const stage = prepareStage({ worker: false });
afterEach(() => stopPrograms());

/** Four processes start on two cores: longer than usual. */
const eventually = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 45_000, interval: 50 });
const at = (program: Program): World => ({ ...stage, appUrl: program.url });
const onlineJobs = [
  "create-room",
  "mail-customer-paid",
  "mail-professional-paid",
  "mail-merchant-paid",
  "notify-merchant",
  "deliver-callback",
];

test.each(["src/server.ts", "src/worker.ts"] as const)("%s does not start with an address of a provider that is none", async (file) => {
  const settings = { WOMPI_API_URL: "wrong-address", DAILY_API_URL: "ftp://wrong-address" };
  const problem = await startProgram(stage, file, settings).catch(String);
  expect(problem).toMatch(/ended: The environment is not complete\. WOMPI_API_URL is not usable: .*\. DAILY_API_URL is not usable: /);
  expect(problem).not.toContain("wrong-address");
});

test("two web processes and two workers on one database share the work, and every effect happens once", async () => {
  const bookings = 12;
  const clinic = await stage.openClinic();
  const [web, otherWeb, worker, otherWorker] = await Promise.all([
    startProgram(stage, "src/server.ts"),
    startProgram(stage, "src/server.ts"),
    startProgram(stage, "src/worker.ts", { WORKER_CONCURRENCY: "2" }),
    startProgram(stage, "src/worker.ts", { WORKER_CONCURRENCY: "2" }),
  ]);
  const webs = [web, otherWeb];
  const paid = await Promise.all(
    Array.from({ length: bookings }, async (_, n) => {
      // Held at one process, booked at the other, watched at the first.
      const here = at(webs[n % 2] ?? web);
      const there = at(webs[(n + 1) % 2] ?? web);
      const held = await hold(here, clinic, { start: slotStart(n), serviceId: clinic.onlineServiceId });
      const customer = { name: "Ana", email: `customer@${clinic.link}.example`, phone: "300 123 4567" };
      const booked = await book(there, clinic, { holdId: held.body.id, session: held.body.session, customer });
      expect([held.status, booked.status]).toEqual([201, 201]);
      // Each fact comes twice: by two events at once.
      await stage.pay(booked.body.checkoutUrl, "approve", { copies: 2 });
      return { here, booking: booked.body };
    }),
  );
  for (const { here, booking } of paid) {
    await eventually(async () => expect((await state(here, booking)).status).toBe("confirmed"));
    await stage.settled(booking.id);
    const end = await stage.endState(clinic, booking.id);
    expect(end).toMatchObject({ claims: ["booked"], payments: ["approved"], rooms: 1, refundCases: [] });
    expect(end.callbacks).toHaveLength(1);
    expect(Object.values(end.followUps)).toEqual(Array(onlineJobs.length).fill("done"));
  }
  const anyEnd = await stage.endState(clinic, paid[0]?.booking.id ?? "");
  expect(anyEnd.mails).toHaveLength(3 * bookings);
  const done = [worker, otherWorker].map((each) => each.lines().filter((line) => line["msg"] === "follow-up ended").length);
  expect(done.reduce((sum, count) => sum + count)).toBe(bookings * onlineJobs.length);
  expect(Math.min(...done)).toBeGreaterThan(0);

  // What a worker does is counted in its own process.
  for (const each of [worker, otherWorker])
    expect(await (await fetch(`${each.url}/metrics`)).text()).toMatch(/^konfirmado_follow_up_lag_seconds_count [1-9]/m);

  // One request id leads from the webhook, through the worker, to the last mail.
  const { rows } = await stage.owner.query<{ id: string; headers: Record<string, string> }>(
    "select e.details ->> 'requestId' as id, i.headers from event e join payment p on p.checkout_id = e.subject_id join inbox_event i on i.reference = p.reference and i.headers ->> 'konfirmado-request-id' = e.details ->> 'requestId' where e.kind = 'booking.paid' and e.tenant_id = $1",
    [clinic.tenantId],
  );
  expect(rows.length).toBeGreaterThan(0);
  const [first] = rows;
  const logged = [worker, otherWorker]
    .flatMap((each) => each.lines())
    .filter((line) => line["requestId"] === first?.id && line["msg"] === "follow-up ended");
  expect(logged.map((line) => line["job"])).toEqual(expect.arrayContaining(onlineJobs));
  for (const program of [web, otherWeb, worker, otherWorker]) expect(program.words()).not.toMatch(/customer@|3001234567|"Ana"/);
});

test("SIGTERM under load: what was answered is there, what runs is finished, and nothing is left locked", async () => {
  const clinic = await stage.openClinic();
  const [web, worker] = await Promise.all([startProgram(stage, "src/server.ts"), startProgram(stage, "src/worker.ts")]);
  // The provider of rooms takes its time, so that jobs are running when the signal comes.
  await fetch(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ delayMs: 600 }),
  });
  const paying: { id: string; token: string }[] = [];
  let refused = 0;
  let broken = 0;
  let isOver = false;
  const customers = Array.from({ length: 8 }, async (_, k) => {
    for (let n = 0; !isOver; n += 1) {
      try {
        const held = await hold(at(web), clinic, { start: slotStart(k * 40 + n) });
        const booked = await book(at(web), clinic, { holdId: held.body.id, session: held.body.session });
        if (booked.status === 201) paying.push(booked.body);
        else refused += 1;
        if (booked.status === 201 && n === 0) await stage.pay(booked.body.checkoutUrl, "approve", { tells: "before_return" });
      } catch (error) {
        // The door is closed: nothing was begun. A connection that broke in the middle of a request
        // would be ours.
        const cause = error instanceof Error && error.cause instanceof Error ? (error.cause as NodeJS.ErrnoException).code : String(error);
        if (cause !== "ECONNREFUSED") broken += 1;
        return;
      }
    }
  });
  await eventually(async () => {
    const { rows } = await stage.owner.query("select count(*) from graphile_worker.jobs j where locked_at is not null");
    expect(rows[0].count).toBeGreaterThan(0);
    expect(paying.length).toBeGreaterThan(10);
  });
  web.child.kill("SIGTERM");
  worker.child.kill("SIGTERM");
  expect(await Promise.all([web.ended, worker.ended])).toEqual([0, 0]);
  isOver = true;
  await Promise.all(customers);
  expect([refused, broken]).toEqual([0, 0]);
  for (const program of [web, worker]) expect(program.lines().at(-1)).toMatchObject({ msg: "stopped" });

  const { rows } = await stage.owner.query<{ id: string }>(
    "select b.id from checkout b join slot_claim c on c.checkout_id = b.id and c.tenant_id = b.tenant_id where b.id = any ($1)",
    [paying.map(({ id }) => id)],
  );
  expect(rows).toHaveLength(paying.length);
  expect((await stage.owner.query("select id from graphile_worker.jobs where locked_at is not null")).rows).toEqual([]);
  expect((await stage.owner.query("select worker_id from worker_process")).rows).toEqual([]);
  // Whoever starts next finishes what is left: no follow-up was lost.
  await stage.startWorker();
  await eventually(async () => {
    const left = await stage.owner.query("select job from follow_up where tenant_id = $1 and state in ('pending', 'waiting')", [
      clinic.tenantId,
    ]);
    expect(left.rows).toEqual([]);
    const paid = await stage.owner.query("select count(*) from checkout where tenant_id = $1 and status = 'confirmed'", [clinic.tenantId]);
    expect(paid.rows[0].count).toBe(8);
  });
  await stage.stopWorker();
});
