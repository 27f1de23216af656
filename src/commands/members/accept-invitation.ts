import { sql } from "kysely";
import { type Origin, system } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { hashPassword } from "#platform/accounts/passwords.ts";
import { proofHash } from "#platform/accounts/proof-hash.ts";
import type { SignedIn } from "#platform/auth.ts";
import { inSystem, type Tx } from "#platform/db.ts";
import { personOf } from "#queries/accounts/own-account.ts";
import { loadInvitation } from "#queries/accounts/team.ts";
import { makePerson } from "../accounts/make-person.ts";
import { addMember } from "./add-member.ts";

type Acceptance = {
  token: string;
  /** Who is signed in. Without it, name and password make a new person. */
  person: SignedIn | null;
  name?: string | undefined;
  password?: string | undefined;
  locale: string;
  origin: Origin;
};

/**
 * Joins, once for an invitation. Refuses: invitation_unknown, proof_spent, invitation_for_other,
 * member_already, unauthorized (whoever has an account signs in first), invalid_request.
 */
export async function acceptInvitation({ input }: { input: Acceptance }): Promise<{ tenantId: string; personId: string; isNew: boolean }> {
  const tokenHash = proofHash("invitation", input.token);
  const { email } = await loadInvitation(tokenHash);
  const { person } = input;
  if (person && person.email !== email) throw new Refusal("invitation_for_other");
  if (!person && (await personOf(email))) throw new Refusal("unauthorized");
  const passwordHash = person ? null : await newHash(input);
  return inSystem(async (tx) => {
    const taken = await take(tx, tokenHash);
    const name = person?.name ?? input.name ?? "";
    const made = passwordHash && (await makePerson(tx, { name, email, locale: input.locale, passwordHash }));
    const personId = person?.personId ?? made;
    if (!personId) throw new Refusal("unauthorized");
    const { tenantId, role, professional_id: professionalId, sees_phones: seesPhones } = taken;
    // The system stands for the new member here, who has no id yet.
    await addMember(tx, {
      caller: system,
      input: { tenantId, personId, role, name, email, professionalId, seesPhones, origin: input.origin },
    });
    return { tenantId, personId, isNew: person === null };
  });
}

function newHash({ name, password }: Acceptance): Promise<string> {
  const missing = Object.entries({ name, password }).flatMap(([path, given]) =>
    given === undefined ? [{ path, message: "is missing" }] : [],
  );
  if (password === undefined || missing.length > 0) throw new Refusal("invalid_request", "Name and password are needed.", missing);
  return hashPassword(password);
}

/** In one statement, so that two who open the link at once do not both join. */
async function take(tx: Tx, tokenHash: string) {
  const taken = await tx
    .updateTable("invitation")
    .set({ accepted_at: sql`now()` })
    .where("token_hash", "=", tokenHash)
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("expires_at", ">", sql<Date>`now()`)
    .returning(["tenant_id as tenantId", "role", "professional_id", "sees_phones"])
    .executeTakeFirst();
  if (!taken) throw new Refusal("proof_spent");
  return taken;
}
