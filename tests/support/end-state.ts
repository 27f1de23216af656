import { expect, vi } from "vitest";
import { roomNameOf } from "#domain/room-name.ts";
import type { Clinic } from "./clinic.ts";
import type { World } from "./world.ts";

export { timePasses } from "./time-passes.ts";

/** Everything that a test may claim about how a booking ended, read as the owner of the database and from the outside world. */
export type EndState = {
  booking: { status: string; paymentStatus: string };
  payments: string[];
  claims: string[];
  refundCases: { reason: string; state: string; amountMinor: number }[];
  followUps: Record<string, string>;
  mails: string[];
  rooms: number;
  callbacks: { event: string; firma: string; standardWebhook: string; sequence: number }[];
};

export async function endState(world: World, clinic: Clinic, bookingId: string): Promise<EndState> {
  const rows = async <T extends object>(text: string) => (await world.owner.query<T>(text, [bookingId])).rows;
  const [booking] = await rows<{ status: string; paymentStatus: string }>(
    `select status, payment_status as "paymentStatus" from checkout where id = $1`,
  );
  const payments = await rows<{ status: string }>("select status from payment where checkout_id = $1 order by created_at");
  const claims = await rows<{ state: string }>("select state from slot_claim where checkout_id = $1 order by created_at");
  const refundCases = await rows<EndState["refundCases"][number]>(
    `select reason, state, amount_minor::int as "amountMinor" from refund_case where checkout_id = $1 order by created_at`,
  );
  const followUps = await rows<{ key: string; state: string }>(
    "select e.kind || ' ' || f.job as key, f.state from follow_up f join event e on e.tenant_id = f.tenant_id and e.id = f.event_id where f.subject_id = $1",
  );
  return {
    booking: booking ?? { status: "gone", paymentStatus: "gone" },
    payments: payments.map((row) => row.status),
    claims: claims.map((row) => row.state),
    refundCases,
    followUps: statesByKey(followUps),
    mails: await mailsTo(world, clinic),
    rooms: await roomsFor(world, bookingId),
    callbacks: await callbacksOf(world, clinic, bookingId),
  };
}

/** The same follow-up of two events shows as two states: an event that happened twice cannot hide. */
function statesByKey(rows: { key: string; state: string }[]): Record<string, string> {
  const groups = Map.groupBy(rows, (row) => row.key);
  return Object.fromEntries([...groups].map(([key, group]) => [key, group.map((row) => row.state).join(" and ")]));
}

async function json(url: string): Promise<never> {
  return (await (await fetch(url)).json()) as never;
}

async function mailsTo(world: World, clinic: Clinic): Promise<string[]> {
  const { mails }: { mails: { to: string; messageId: string }[] } = await json(`${world.simulatorsUrl}/mail/state`);
  return mails
    .filter((mail) => JSON.stringify(mail.to).includes(clinic.link))
    .map((mail) => JSON.stringify(mail.to).replace(/.*?([\w.]+)@.*/, "$1"))
    .sort();
}

async function roomsFor(world: World, bookingId: string): Promise<number> {
  const { rooms }: { rooms: { name: string }[] } = await json(`${world.simulatorsUrl}/daily/state`);
  return rooms.filter((room) => room.name === roomNameOf(bookingId)).length;
}

type SeenCallback = {
  body: string | { evento: string; booking_id: string; secuencia: number };
  firma: { verdict: string };
  standardWebhook: { verdict: string };
};

async function callbacksOf(world: World, clinic: Clinic, bookingId: string): Promise<EndState["callbacks"]> {
  const { callbacks }: { callbacks: SeenCallback[] } = await json(`${world.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  return callbacks
    .map((seen) => ({
      ...seen,
      body:
        typeof seen.body === "string" ? (JSON.parse(seen.body) as { evento: string; booking_id: string; secuencia: number }) : seen.body,
    }))
    .filter(({ body }) => body.booking_id === bookingId)
    .map(({ body, firma, standardWebhook }) => ({
      event: body.evento,
      firma: firma.verdict,
      standardWebhook: standardWebhook.verdict,
      sequence: body.secuencia,
    }))
    .sort((a, b) => a.sequence - b.sequence);
}

/** Waits for a state of the world, without sleeping for a guess of time. */
export function eventually<T>(check: () => Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000, interval: 50 });
}

/** Every follow-up of the booking has ended. */
export function settled(world: World, bookingId: string): Promise<void> {
  return eventually(async () => {
    const { rows } = await world.owner.query(
      "select job, state, last_error from follow_up where subject_id = $1 and state in ('pending', 'waiting')",
      [bookingId],
    );
    expect(rows).toEqual([]);
  });
}
