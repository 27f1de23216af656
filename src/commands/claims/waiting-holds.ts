import type { Offer } from "#contracts/offer.ts";
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
  /** Frozen with the hold. */
  offer: Offer;
};
export type Answer = { outcome: "held" | "kept" | "slot_taken" | "too_many_holds"; claim_id: string | null; expires_at: Date | null };

/** Batches the holds that wait at this moment. Each gets the answer it would get alone. */
export const askForHold = inBatches<Wish, Answer>({
  ask,
  itemsMax: 64,
  atOnce: 1,
  compare: byProfessionalAndTime,
  tenantOf: (wish) => wish.tenantId,
});

function byProfessionalAndTime(a: Wish, b: Wish): number {
  if (a.professionalId !== b.professionalId) return a.professionalId < b.professionalId ? -1 : 1;
  return a.start - b.start;
}

async function ask(wishes: Wish[]): Promise<Answer[]> {
  const { rows } = await appPool().query<Answer>({
    name: "hold-slots",
    text: "select * from hold_slots($1, $2)",
    values: [JSON.stringify(wishes.map(asJson)), env().HOLDS_PER_ADDRESS],
  });
  return rows;
}

function asJson(wish: Wish) {
  const instant = (time: number) => new Date(time).toISOString();
  return { ...wish, start: instant(wish.start), end: instant(wish.end), from: instant(wish.from), until: instant(wish.until) };
}
