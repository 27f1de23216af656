import { sql } from "kysely";
import type { z } from "zod";
import type { Account, sessionShown } from "#contracts/account.ts";
import { authDb } from "#platform/db.ts";
import { membershipsOf } from "../members.ts";

export async function loadAccount(personId: string): Promise<Account> {
  const person = await authDb()
    .selectFrom("auth.person")
    .select(["name", "email", "two_factor_enabled as hasTwoFactor"])
    .where("id", "=", personId)
    .executeTakeFirstOrThrow();
  const merchants = await membershipsOf(personId);
  return { person, merchants: merchants.map(({ tenantId, tenantName: name, role }) => ({ tenantId, name, role })) };
}

const sessionsMax = 100;

/** Never their tokens. */
export async function listSessions(given: { personId: string; sessionId: string }): Promise<z.infer<typeof sessionShown>[]> {
  const rows = await authDb()
    .selectFrom("auth.person_session")
    .select(["id", "ip_address", "user_agent", "created_at", "updated_at"])
    .where("user_id", "=", given.personId)
    .where("expires_at", ">", sql<Date>`now()`)
    .orderBy("updated_at", "desc")
    .limit(sessionsMax)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === given.sessionId,
    address: row.ip_address,
    browser: row.user_agent,
    startedAt: row.created_at.toISOString(),
    usedAt: row.updated_at.toISOString(),
  }));
}

export async function personOf(email: string): Promise<{ id: string; name: string; locale: string } | null> {
  const found = await authDb().selectFrom("auth.person").select(["id", "name", "locale"]).where("email", "=", email).executeTakeFirst();
  return found ?? null;
}
