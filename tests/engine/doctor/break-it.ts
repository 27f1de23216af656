import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { DB } from "#db/types.ts";
import { examine, examineIn, type Finding } from "#queries/doctor.ts";
import type { Clinic } from "../../support/clinic.ts";
import type { World } from "../../support/world.ts";

/** The problems that the doctor names in one clinic, each once. */
export async function foundIn(clinic: Clinic): Promise<string[]> {
  return problemsOf(clinic, await examine());
}

function problemsOf(clinic: Clinic, findings: readonly Finding[]): string[] {
  const problems = findings.filter(({ tenantId }) => tenantId === clinic.tenantId).map(({ problem }) => problem);
  return [...new Set(problems)].toSorted();
}

/** The problems that the doctor names once the statement has run. Then nothing of it is left. */
export async function foundWhenBroken(world: Pick<World, "databaseUrl">, clinic: Clinic, broken: Broken): Promise<string[]> {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: world.databaseUrl, max: 1 }) }) });
  const tx = await db.startTransaction().execute();
  try {
    for (const statement of statementsOf(broken)) await sql.raw(statement).execute(tx);
    return problemsOf(clinic, await examineIn(tx));
  } finally {
    await tx.rollback().execute();
    await db.destroy();
  }
}

/** `:booking` of the statement is the booking's id. */
type Broken = { statement: string; bookingId: string };

/** Nothing stands in the way: neither keys nor the constraint that keeps the Slot promise. */
const statementsOf = ({ statement, bookingId }: Broken): string[] => [
  "set session_replication_role = replica",
  "alter table slot_claim drop constraint if exists slot_claim_no_overlap",
  statement.replaceAll(":booking", `'${bookingId}'`),
];

export async function breakIt(world: Pick<World, "owner">, statement: string, bookingId: string): Promise<void> {
  const client = await world.owner.connect();
  try {
    for (const each of statementsOf({ statement, bookingId })) await client.query(each);
  } finally {
    client.release(true);
  }
}
