import { listsCharges } from "#commands/settlement-check/listing.ts";
import type { checkOperations } from "#contracts/operations/ledger/checks.ts";
import type { HandlersOf } from "#http/route.ts";
import { loadSettlementChecks } from "#queries/ledger/settlement-checks.ts";

export const checkHandlers: HandlersOf<typeof checkOperations> = {
  listSettlementChecks: ({ caller: { tenantId } }) => loadSettlementChecks({ tenantId, lists: listsCharges }),
};
