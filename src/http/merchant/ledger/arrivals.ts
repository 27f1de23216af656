import type { arrivalOperations } from "#contracts/operations/ledger/arrivals.ts";
import type { HandlersOf } from "#http/route.ts";
import { arrivalColumns, arrivalLines, loadArrivals } from "#queries/ledger/arrivals.ts";
import { csvAnswer } from "../csv.ts";

export const arrivalHandlers: HandlersOf<typeof arrivalOperations> = {
  listArrivals: ({ caller: { tenantId }, input: { query } }) => loadArrivals({ tenantId, query }),

  exportArrivals: ({ caller: { tenantId }, input: { query }, c }) =>
    csvAnswer(c, { name: "arrivals", columns: arrivalColumns, pages: arrivalLines({ tenantId, query }) }),
};
