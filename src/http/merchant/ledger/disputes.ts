import { logEvidence } from "#commands/refund-cases/log-evidence.ts";
import type { disputeOperations } from "#contracts/operations/ledger/disputes.ts";
import type { HandlersOf } from "#http/route.ts";
import { listDisputes } from "#queries/ledger/disputes.ts";
import { loadEvidence } from "#queries/ledger/evidence.ts";
import { evidencePdf } from "#ui/documents/evidence-pdf.ts";

export const disputeHandlers: HandlersOf<typeof disputeOperations> = {
  listDisputes: ({ caller: { tenantId }, input: { query } }) => listDisputes({ tenantId, isOpen: query.open === "true" }),

  async getDisputeEvidence({ caller, input: { params }, c }) {
    const asked = { tenantId: caller.tenantId, disputeId: params.id };
    await logEvidence({ caller, input: asked });
    const { bytes, name } = await evidencePdf(await loadEvidence(asked));
    return c.body(bytes, 200, { "content-type": "application/pdf", "content-disposition": `attachment; filename="${name}"` });
  },
};
