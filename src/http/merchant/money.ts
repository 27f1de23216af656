import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import type { deskMoneyOperations } from "#contracts/operations/desk/money.ts";
import { Refusal } from "#contracts/problem.ts";
import { merchantAttention } from "#queries/desk/merchant-attention.ts";
import { listRefundCases, loadRefundCase } from "#queries/desk/refund-cases.ts";
import type { HandlersOf } from "../route.ts";

export const deskMoneyHandlers: HandlersOf<typeof deskMoneyOperations> = {
  listRefundCases: ({ caller: { tenantId }, input: { query } }) => listRefundCases({ tenantId, ...query }),

  async resolveRefundCase({ caller, input: { params, body } }) {
    const { tenantId } = caller;
    const isResolved = await resolveRefundManually({ caller, input: { tenantId, refundCaseId: params.id, proof: body.proof } });
    const refundCase = await loadRefundCase(tenantId, params.id);
    // A repeat finds it done with its own words.
    if (!isResolved && refundCase.proof !== body.proof) throw new Refusal("refund_case_not_manual");
    return refundCase;
  },

  listMerchantAttention: ({ caller }) => merchantAttention(caller.tenantId),
};
