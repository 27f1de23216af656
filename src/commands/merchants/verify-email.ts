import { sql } from "kysely";
import { type Origin, system } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { proofHash } from "#platform/accounts/proof-hash.ts";
import type { SessionCookie } from "#platform/auth.ts";
import { openSession } from "#platform/auth.ts";
import { inSystem } from "#platform/db.ts";
import { createMerchant } from "./create-merchant.ts";

type Taken = { business: string; country: string; email: string; locale: string; password: string };

/**
 * Makes person, tenant and owner from what was typed when registering, and signs in. If anything
 * fails, nothing is made and the link still works. Refuses: proof_spent, email_taken.
 */
export async function verifyEmail({
  input,
}: {
  input: { token: string; origin: Origin };
}): Promise<{ tenantId: string; cookie: SessionCookie }> {
  const { token, origin } = input;
  const { tenantId, personId } = await inSystem(async (tx) => {
    const { rows } = await sql<Taken>`select * from take_registration(${proofHash("verify", token)})`.execute(tx);
    const [typed] = rows;
    if (!typed) throw new Refusal("proof_spent");
    const { password: passwordHash, ...rest } = typed;
    return createMerchant(tx, { caller: system, input: { ...rest, passwordHash, origin } });
  });
  const { cookie } = await openSession({ personId, tenantId, ...origin });
  return { tenantId, cookie };
}
