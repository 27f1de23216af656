import type { Throwaway } from "#scripts/postgres/throwaway.ts";
import type { Clinic } from "../support/clinic.ts";
import type { Engine } from "../support/engine-process.ts";
import type { World } from "../support/world.ts";
import type { Desk } from "./desks.ts";
import type { Random } from "./random.ts";
import type { Shelf } from "./shelf.ts";

/** What was done in the provider's panel and at the bank, by the provider's ids. */
export type Outside = {
  /** Sales of the merchant's own shop. */
  foreign: Set<string>;
  /** Voided in the panel. */
  reversed: Set<string>;
  /** The bank has decided. */
  decided: Set<string>;
  /** Approved, and later told with other money. */
  reworded: Set<string>;
};

export const newOutside = (): Outside => ({ foreign: new Set(), reversed: new Set(), decided: new Set(), reworded: new Set() });

/** What everybody in a storm shares. */
export type Sea = {
  world: World;
  engine: Engine;
  /** The storm's own PostgreSQL. */
  databaseServer: Throwaway;
  /** Settles when the database is there (again). */
  databaseBack: Promise<void>;
  clinic: Clinic;
  /** One, or one for each provider. */
  desks: readonly Desk[];
  /** The clinic's shop. */
  shelf: Shelf;
  outside: Outside;
  random: Random;
  /** Minutes that were jumped over so far. */
  jumped: number;
  /** How often the process may still be killed: each death costs a second. */
  deathsLeft: number;
  /** Time-outs are real seconds: only long storms have them. */
  isLong: boolean;
  /** What happened, by name, for the summary. */
  counts: Record<string, number>;
  /** What must never be seen on the way. */
  findings: string[];
};

export function count(sea: Pick<Sea, "counts">, what: string, times = 1): void {
  if (times > 0) sea.counts[what] = (sea.counts[what] ?? 0) + times;
}

const triesMax = 8;

/**
 * A customer's request: asked again after a lost connection or an honest "not now", as people do. Null: given up.
 * An answer that is neither success nor an honest refusal is a finding.
 */
export async function ask<T extends { status: number; body?: unknown }>(sea: Sea, request: () => Promise<T>): Promise<T | null> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const answer = await request().catch(() => null);
    if (answer && answer.status >= 500 && answer.status !== 503)
      sea.findings.push(`an answer was ${answer.status}: ${JSON.stringify(answer.body)}`);
    if (answer && answer.status < 500) return answer;
    count(sea, answer ? "answers 503" : "answers lost");
    await sea.databaseBack;
    await sea.engine.ready();
  }
  return null;
}

export async function rowsOf<T extends object = Record<string, unknown>>({ world, clinic }: Sea, text: string): Promise<T[]> {
  return (await world.owner.query<T>(text, [clinic.tenantId])).rows;
}
