import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";

export type ProofFile = { name: string; type: string; content: Buffer };

/** Refuses: proof_unknown. */
export function loadProofFile(input: { tenantId: string; refundCaseId: string; proofId: string }): Promise<ProofFile> {
  return inTenant(input.tenantId, async (tx) => {
    const found = await tx
      .selectFrom("refund_proof")
      .select(["name", "type", "content"])
      .where("refund_case_id", "=", input.refundCaseId)
      .where("id", "=", input.proofId)
      .executeTakeFirst();
    if (!found) throw new Refusal("proof_unknown");
    return found;
  });
}
