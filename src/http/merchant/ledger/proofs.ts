import type { Context } from "hono";
import { addRefundProof } from "#commands/refund-cases/add-proof.ts";
import { type ProofFileType, proofBytesMax, proofFileTypes } from "#contracts/ledger/limits.ts";
import type { proofOperations } from "#contracts/operations/ledger/proofs.ts";
import { Refusal } from "#contracts/problem.ts";
import { type HttpEnv, readBytes } from "#http/requests.ts";
import type { HandlersOf } from "#http/route.ts";
import { loadRefundCase } from "#queries/desk/refund-cases.ts";
import { loadProofFile } from "#queries/ledger/proof-files.ts";

export const proofHandlers: HandlersOf<typeof proofOperations> = {
  async addRefundProofFile({ caller, input: { params, query }, c }) {
    const { tenantId } = caller;
    const file = { type: proofTypeOf(c), bytes: await readBytes(c, proofBytesMax), name: query.name ?? "" };
    await addRefundProof({ caller, input: { ...file, tenantId, refundCaseId: params.id } });
    return loadRefundCase(tenantId, params.id);
  },

  async getRefundProofFile({ caller: { tenantId }, input: { params }, c }) {
    const { name, type, content } = await loadProofFile({ tenantId, refundCaseId: params.id, proofId: params.proof });
    return c.body(new Uint8Array(content), 200, { "content-type": type, "content-disposition": attachment(name) });
  },
};

/** Refuses: proof_type. */
function proofTypeOf(c: Context<HttpEnv>): ProofFileType {
  const given = (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  const type = proofFileTypes.find((known) => known === given);
  if (!type) throw new Refusal("proof_type");
  return type;
}

/** RFC 6266: a plain name for old readers, the whole one for all others. */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.\- ]/g, "_");
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
