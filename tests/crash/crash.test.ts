import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type CrashPoint, crashPoints } from "#platform/crash-points.ts";
import { examine } from "#queries/doctor.ts";
import { openClinic } from "../support/clinic.ts";
import { type EndState, endState } from "../support/end-state.ts";
import { type Engine, startEngine } from "../support/engine-process.ts";
import { hasten } from "../support/hasten.ts";
import { effectProblems, readEffects, uniqueEffects } from "../support/outside-effects.ts";
import { type OwnWorld, startWorld, type World } from "../support/world.ts";
import { scenarioOf, scenarios } from "./scenarios.ts";

let base: OwnWorld;
let world: World;
let engine: Engine;
const visited = new Set<CrashPoint>();
const withoutCrash = new Map<string, EndState>();

beforeAll(async () => {
  base = await startWorld({ worker: false });
  engine = await startEngine();
  world = { ...base, appUrl: engine.url };
});
afterAll(async () => {
  await engine?.stop();
  await base?.stop();
});

/**
 * The end of a scenario: everything it set in motion is over. Waits that would take minutes are
 * made short.
 */
async function play(name: keyof typeof scenarios, crashAt?: string): Promise<EndState> {
  const clinic = await openClinic(world);
  const deaths = engine.deaths.length;
  if (crashAt) engine.crashAt(crashAt);
  const { bookingId, isOver } = await scenarios[name]({ world, clinic });
  await vi.waitFor(
    async () => {
      await hasten(world);
      if (crashAt) expect(engine.deaths.slice(deaths), `the process dies at: ${crashAt} ${engine.words()}`).toEqual(["SIGKILL"]);
      await engine.ready();
      expect(await isOver()).toBe(true);
      const open = await world.owner.query(
        `select job, state, last_error from follow_up where tenant_id = $1 and state in ('pending', 'waiting')
         union all select 'inbox', state, null from inbox_event where tenant_id = $1 and state in ('received', 'unmatched')`,
        [clinic.tenantId],
      );
      expect(open.rows).toEqual([]);
    },
    { timeout: 25_000, interval: 150 },
  );
  const effects = await readEffects(world, clinic);
  expect(effectProblems(effects)).toEqual([]);
  const { mails, callbacks } = uniqueEffects(effects);
  const seen = await endState(world, clinic, bookingId);
  return {
    ...seen,
    // Which of two payments of the same moment comes first is chance, with a crash and without: the
    // other one goes back.
    payments: seen.payments.toSorted(),
    mails: mails.map((mail) => mail.to.join().replace(/@.*/, "")).sort(),
    callbacks: callbacks
      .map(({ body, firma, standardWebhook }) => {
        const { evento, secuencia } = JSON.parse(body) as { evento: string; secuencia: number };
        return { event: evento, firma: firma.verdict, standardWebhook: standardWebhook.verdict, sequence: secuencia };
      })
      .sort((a, b) => a.sequence - b.sequence),
  };
}

describe("the end state after a crash is the end state without it", () => {
  test("without a crash each scenario ends well", async () => {
    for (const name of Object.keys(scenarios) as (keyof typeof scenarios)[]) withoutCrash.set(name, await play(name));
    const money = { booking: { status: "confirmed", paymentStatus: "paid" }, claims: ["booked"], rooms: 1 };
    expect(withoutCrash.get("paid")).toMatchObject({ ...money, refundCases: [], payments: ["approved"] });
    expect(withoutCrash.get("paidTwiceInSilence")).toMatchObject({ ...money, refundCases: [{ reason: "duplicate", state: "done" }] });
    expect(withoutCrash.get("twoCharges")).toMatchObject({ ...money, refundCases: [{ reason: "duplicate", state: "done" }] });
  });

  for (const point of crashPoints) {
    test(`killed at: ${point}`, async () => {
      const name = scenarioOf[point];
      expect(await play(name, point)).toEqual(withoutCrash.get(name));
      visited.add(point);
    });
  }

  test("killed at the last ledger entry: the sweep confirms the booking", async () => {
    expect(await play("paid", "ledger written, checkout not confirmed #2")).toEqual(withoutCrash.get("paid"));
  });

  test("every named point was visited, and the doctor finds nothing", async () => {
    console.log(`crash points: ${crashPoints.length} named, ${visited.size} visited; the process was killed ${engine.deaths.length} times`);
    expect([...visited].toSorted()).toEqual(crashPoints.toSorted());
    expect(await examine()).toEqual([]);
    expect(engine.words()).toBe("");
  });
});
