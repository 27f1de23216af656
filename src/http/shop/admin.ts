import { cleanExpired } from "#commands/clean-expired.ts";
import type { orderSessionAdminOperations } from "#contracts/operations/shop/admin.ts";
import { loadSessionStats } from "#queries/shop/session-stats.ts";
import type { CallerOf } from "../callers.ts";
import type { HandlersOf } from "../route.ts";

export const orderSessionAdminHandlers: HandlersOf<typeof orderSessionAdminOperations> = {
  orderSessionStats: ({ caller, input }) => loadSessionStats({ tenantId: tenantOf(caller), days: input.query.days }),

  cleanOrderSessions: async ({ caller }) => ({
    success: true,
    ...(await cleanExpired({ caller, input: { tenantId: tenantOf(caller) } })),
  }),
};

/** The operator's are all merchants. */
function tenantOf(caller: CallerOf["operator" | "member" | "api_key"]): string | null {
  return "tenantId" in caller ? caller.tenantId : null;
}
