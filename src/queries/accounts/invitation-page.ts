import { type InvitationPage, proofToken } from "#contracts/account.ts";
import { Refusal } from "#contracts/problem.ts";
import { proofHash } from "#platform/accounts/proof-hash.ts";
import { loadInvitation } from "./team.ts";

/** Returns null for an invitation that is unknown, used or over. */
export async function invitationOf(token: string): Promise<InvitationPage | null> {
  if (!proofToken.safeParse(token).success) return null;
  try {
    return await loadInvitation(proofHash("invitation", token));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
