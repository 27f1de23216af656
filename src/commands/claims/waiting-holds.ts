import { inBatches } from "#platform/batches.ts";
import { appPool } from "#platform/db.ts";
import { env } from "#platform/env.ts";

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

/** Asks the database for a hold, together with those that wait at this moment. Each answer is that of `hold_slot` alone. */
export const askForHold = inBatches<Wish, Answer>({ ask, itemsMax: 64, atOnce: 1, order: byProfessionalAndTime });

function byProfessionalAndTime(a: Wish, b: Wish): number {
  if (a.professionalId !== b.professionalId) return a.professionalId < b.professionalId ? -1 : 1;
  return a.start - b.start;
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
