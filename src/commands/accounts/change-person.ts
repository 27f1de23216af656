import { z } from "zod";
import { Refusal } from "#contracts/problem.ts";
import { authDb, inAuth, inSystem } from "#platform/db.ts";
import { sqlState } from "#platform/db-errors.ts";
import { membershipsOf } from "#queries/members.ts";
import { requirePassword } from "./own-password.ts";
import { endProofs, takeProof } from "./proofs.ts";
import { wishMail } from "./wish-mail.ts";

export async function changeName({ input: { personId, name } }: { input: { personId: string; name: string } }): Promise<void> {
  await authDb().updateTable("auth.person").set({ name }).where("id", "=", personId).execute();
  await copyToMembers(personId);
}

type Wish = { personId: string; email: string; password: string; locale: string };

/** A mail to the new address confirms it, and voids the ones before. Refuses: password_wrong. */
export async function changeEmail({ input: { personId, email, password, locale } }: { input: Wish }): Promise<void> {
  await requirePassword({ personId, password });
  await inAuth(async (tx) => {
    await endProofs(tx, personId);
    await wishMail(tx, { kind: "email-change", email, locale, personId });
  });
}

const uniqueViolation = "23505";
export const emailProof = z.object({ personId: z.uuid(), email: z.string() });

/** The old address is told; what was mailed there is void. Refuses: proof_spent, email_taken. */
export async function confirmEmailChange({ input: { token } }: { input: { token: string } }): Promise<void> {
  const personId = await inAuth(async (tx) => {
    const value = await takeProof(tx, { purpose: "email", token });
    if (value === null) throw new Refusal("proof_spent");
    const wish = emailProof.parse(JSON.parse(value));
    const { email: old, locale } = await tx
      .selectFrom("auth.person")
      .select(["email", "locale"])
      .where("id", "=", wish.personId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await tx.updateTable("auth.person").set({ email: wish.email }).where("id", "=", wish.personId).execute();
    await endProofs(tx, wish.personId);
    await wishMail(tx, { kind: "email-changed", email: old, locale, personId: wish.personId });
    return wish.personId;
  }).catch((error: unknown) => {
    throw sqlState(error) === uniqueViolation ? new Refusal("email_taken") : error;
  });
  await copyToMembers(personId);
}

/** Merchants keep a copy of name and address, because they cannot read a person's account. */
async function copyToMembers(personId: string): Promise<void> {
  const { name, email } = await authDb()
    .selectFrom("auth.person")
    .select(["name", "email"])
    .where("id", "=", personId)
    .executeTakeFirstOrThrow();
  const memberships = await membershipsOf(personId);
  await inSystem(async (tx) => {
    for (const { tenantId, memberId } of memberships)
      await tx.updateTable("member").set({ name, email }).where("tenant_id", "=", tenantId).where("id", "=", memberId).execute();
  });
}
