import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { type ProofPurpose, proofHash } from "#platform/accounts/proof-hash.ts";
import type { Tx } from "#platform/db.ts";
import { env } from "#platform/env.ts";

/**
 * The link's token follows from a row's id and a secret. So it is stored nowhere, and a mail that
 * is sent again has the same one.
 */
export function tokenOf(purpose: ProofPurpose, id: string): string {
  return createHmac("sha256", env().APP_SECRET).update(`${purpose}:${id}`).digest("base64url");
}

type NewProof = { purpose: ProofPurpose; id: string; value: string; minutes: number };

/** Returns the token for the link. */
export async function keepProof(tx: Tx, { purpose, id, value, minutes }: NewProof): Promise<string> {
  const token = tokenOf(purpose, id);
  await tx
    .insertInto("auth.person_proof")
    .values({
      identifier: proofHash(purpose, token),
      value,
      expires_at: sql<Date>`now() + make_interval(mins => ${minutes})`,
    })
    .onConflict((conflict) => conflict.column("identifier").doNothing())
    .execute();
  return token;
}

/** Takes it, so that it is good for once. Returns what it was kept for, or null. */
export async function takeProof(tx: Tx, { purpose, token }: { purpose: ProofPurpose; token: string }): Promise<string | null> {
  const taken = await tx
    .deleteFrom("auth.person_proof")
    .where("identifier", "=", proofHash(purpose, token))
    .where("expires_at", ">", sql<Date>`now()`)
    .returning("value")
    .executeTakeFirst();
  return taken?.value ?? null;
}

/**
 * Every proof about a person names them in its value: links for a password or an address, sign-ins
 * that wait for a code, passkeys that are being made. Whoever changes how they sign in ends them
 * all, so that nothing that somebody else has begun goes on afterwards.
 */
export async function endProofs(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom("auth.person_mail").where("person_id", "=", personId).where("kind", "=", "email-change").execute();
  await tx.deleteFrom("auth.person_proof").where(sql<boolean>`strpos(value, ${personId}) > 0`).execute();
}
