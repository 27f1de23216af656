import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";

export type NewPerson = { name: string; email: string; locale: string; passwordHash: string };

/** With a proven address. Returns null if the address has a person already. */
export async function makePerson(tx: Tx, { name, email, locale, passwordHash }: NewPerson): Promise<string | null> {
  const given = JSON.stringify({ name, email, locale, password: passwordHash });
  const { rows } = await sql<{ id: string | null }>`select make_person(${given}::jsonb) as id`.execute(tx);
  return rows[0]?.id ?? null;
}
