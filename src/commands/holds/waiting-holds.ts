import { appPool } from "../../platform/db.ts";
import { sqlState } from "../../platform/db-errors.ts";
import { env } from "../../platform/env.ts";

export type Wish = {
  tenantId: string;
  id: string;
  professionalId: string;
  serviceId: string;
  start: number;
  end: number;
  /** The span that is claimed: the appointment with its buffers. */
  from: number;
  until: number;
  sessionHash: string;
  isNewSession: boolean;
  addressHash: string | null;
  holdMinutes: number;
};
export type Answer = { outcome: "held" | "kept" | "slot_taken" | "too_many_holds"; claim_id: string | null; expires_at: Date | null };

type Waiting = { wish: Wish; resolve: (answer: Answer) => void; reject: (error: unknown) => void };

/** Statements under way at once, and holds in one of them. The first free statement takes everything that waits: nobody waits for company. */
const statementsMax = 2;
const holdsPerStatementMax = 64;

const queue: Waiting[] = [];
let underWay = 0;

/** Asks the database for a hold, together with those that wait at this moment. Each answer is that of `hold_slot` alone. */
export function askForHold(wish: Wish): Promise<Answer> {
  return new Promise((resolve, reject) => {
    queue.push({ wish, resolve, reject });
    if (underWay < statementsMax) void sendWaiting();
  });
}

async function sendWaiting(): Promise<void> {
  underWay += 1;
  while (queue.length > 0) await send(queue.splice(0, holdsPerStatementMax));
  underWay -= 1;
}

async function send(waiting: Waiting[]): Promise<void> {
  waiting.sort((a, b) =>
    a.wish.professionalId < b.wish.professionalId ? -1 : a.wish.professionalId > b.wish.professionalId ? 1 : a.wish.start - b.wish.start,
  );
  try {
    const answers = await ask(waiting.map(({ wish }) => wish));
    for (const [index, { resolve, reject }] of waiting.entries()) {
      const answer = answers[index];
      if (answer) resolve(answer);
      else reject(new Error("hold_slots gave no answer"));
    }
  } catch (error) {
    if (waiting.length === 1) return retryOrReject(waiting, error);
    // One of them spoiled it for all (a deadlock, a vanished professional): each alone, so that the others get their own answer.
    for (const alone of waiting) await send([alone]);
  }
}

/** A deadlock's loser is asked again; PostgreSQL has let the other one through. */
async function retryOrReject([alone]: Waiting[], error: unknown): Promise<void> {
  if (!alone) return;
  for (let attempt = 2; attempt <= 3 && ["40P01", "40001"].includes(sqlState(error) ?? ""); attempt += 1) {
    const again = await ask([alone.wish]).catch(() => null);
    if (again?.[0]) return alone.resolve(again[0]);
  }
  alone.reject(error);
}

async function ask(wishes: Wish[]): Promise<Answer[]> {
  const instants = (pick: (wish: Wish) => number) => wishes.map((wish) => new Date(pick(wish)).toISOString());
  const { rows } = await appPool().query<Answer>({
    name: "hold-slots",
    text: "select * from hold_slots($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    values: [
      wishes.map((wish) => wish.tenantId),
      wishes.map((wish) => wish.id),
      wishes.map((wish) => wish.professionalId),
      wishes.map((wish) => wish.serviceId),
      instants((wish) => wish.start),
      instants((wish) => wish.end),
      instants((wish) => wish.from),
      instants((wish) => wish.until),
      wishes.map((wish) => wish.sessionHash),
      wishes.map((wish) => wish.isNewSession),
      wishes.map((wish) => wish.addressHash),
      wishes.map((wish) => wish.holdMinutes),
      env().HOLDS_PER_ADDRESS,
    ],
  });
  return rows;
}
