import { testCallback } from "#commands/callbacks/test-callback.ts";
import type { callbackOperations } from "#contracts/operations/settings/callbacks.ts";
import { listCallbackDeliveries } from "#queries/merchant/callback-deliveries.ts";
import type { HandlersOf } from "../route.ts";

export const callbackHandlers: HandlersOf<typeof callbackOperations> = {
  testCallback: ({ caller }) => testCallback({ caller, input: { tenantId: caller.tenantId } }),

  listCallbackDeliveries: async ({ caller }) => ({ deliveries: await listCallbackDeliveries(caller.tenantId) }),
};
