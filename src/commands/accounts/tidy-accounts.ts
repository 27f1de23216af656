import { sql } from "kysely";
import { authDb } from "#platform/db.ts";

/** Deletes what time has ended. Nothing waits for it: every reader looks at `expires_at` itself. */
export async function tidyAccounts(): Promise<void> {
  const over = sql<boolean>`expires_at < now() - interval '1 hour'`;
  const db = authDb();
  await db.deleteFrom("auth.person_session").where(over).execute();
  await db.deleteFrom("auth.person_proof").where(over).execute();
  await db.deleteFrom("auth.registration").where(over).execute();
}
