import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { examine } from "#queries/doctor.ts";
import { refundOfCard } from "../engine/stories.ts";
import { openClinic } from "../support/clinic.ts";
import { type EndState, endState } from "../support/end-state.ts";
import { type Engine, startEngine } from "../support/engine-process.ts";
import { hasten } from "../support/hasten.ts";
import { effectProblems, readEffects, uniqueEffects } from "../support/outside-effects.ts";
import { type OwnWorld, startWorld, type World } from "../support/world.ts";
import { type GroupName, groups } from "./groups.ts";
import { playable } from "./playable.ts";
import { providerFor, type ScenarioName, scenarios } from "./scenarios.ts";

/** `shop`: what became of the stock, where something was bought. */
type End = EndState & { shop: object | null };

let base: OwnWorld;
let world: World;
let engine: Engine;

/**
 * The end of a scenario: everything it set in motion is over. Waits that would take minutes are
 * made short.
 */
async function play(name: ScenarioName, crashAt?: string): Promise<End> {
  const provider = providerFor(name);
  const clinic = await openClinic(world, provider && { provider });
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
    shop: await shopOf(bookingId),
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

async function shopOf(orderId: string): Promise<object | null> {
  const { rows } = await world.owner.query(
    `select v.on_hand as "onHand", c.state || ' ' || c.quantity as claims, o.number::int
     from stock_claim c join variant v on v.tenant_id = c.tenant_id and v.id = c.variant_id
       left join shop_order o on o.tenant_id = c.tenant_id and o.id = c.checkout_id
     where c.checkout_id = $1`,
    [orderId],
  );
  return rows[0] ?? null;
}

const money = { booking: { status: "confirmed", paymentStatus: "paid" }, claims: ["booked"], rooms: 1 };
const sold = { booking: money.booking, claims: [], rooms: 0, shop: { onHand: 8, claims: "booked 2", number: 1 } };
const paidTwice = { ...money, refundCases: [{ reason: "duplicate", state: refundOfCard.state }] };
const ends: Record<ScenarioName, object> = {
  leftUnpaid: {
    booking: { status: "expired", paymentStatus: "pending" },
    refundCases: [],
    payments: ["expired"],
    claims: ["expired"],
    rooms: 0,
  },
  paid: { ...money, refundCases: [], payments: ["approved"] },
  ordered: { ...sold, refundCases: [], payments: ["approved"] },
  orderedInSilence: { ...sold, refundCases: [], payments: ["approved"] },
  paidInSilence: { ...money, refundCases: [], payments: ["approved"] },
  roomFailsOnce: { ...money, refundCases: [], payments: ["approved"] },
  paidTwiceInSilence: paidTwice,
  otherMoneyInSilence: { refundCases: [{ reason: "mismatch", state: "done" }], rooms: 0 },
  twoCharges: paidTwice,
  // Of no checkout; that its case is done is how the scenario ends.
  unknownCharge: { booking: { status: "gone", paymentStatus: "gone" }, payments: [], claims: [], rooms: 0 },
};

/** The tests of one file: the process is killed at each point of the group. */
export function crashAtEachPointOf(group: GroupName): void {
  const points = Object.entries(groups[group]);
  const withoutCrash = new Map<string, Promise<End>>();
  const endWithoutCrash = (name: ScenarioName) => withoutCrash.getOrInsertComputed(name, () => play(name));

  beforeAll(async () => {
    base = await startWorld({ worker: false });
    engine = await startEngine();
    world = { ...base, appUrl: engine.url };
  });
  afterAll(async () => {
    await engine?.stop();
    await base?.stop();
  });
  afterEach(async () => {
    expect(await examine()).toEqual([]);
    expect(engine.words()).toBe("");
  });

  for (const [point, name] of points)
    playable(point, name).story(`killed at: ${point}`, async () => {
      const wanted = await endWithoutCrash(name);
      expect(wanted).toMatchObject(ends[name]);
      expect(await play(name, point)).toEqual(wanted);
    });
}
