import { createApiKey } from "#commands/api-keys/create-api-key.ts";
import { revokeApiKey } from "#commands/api-keys/revoke-api-key.ts";
import type { keyOperations } from "#contracts/operations/keys.ts";
import { Refusal } from "#contracts/problem.ts";
import { apiKeys } from "#queries/merchant/api-keys.ts";
import type { HandlersOf } from "../route.ts";
import { madeOnce } from "./made-once.ts";

export const keyHandlers: HandlersOf<typeof keyOperations> = {
  listApiKeys: async ({ caller }) => ({ keys: await apiKeys(caller.tenantId) }),

  async createApiKey({ caller, input: { body }, key: once }) {
    const { tenantId } = caller;
    // What is kept for a repeat holds the id alone, never the key.
    let key: string | null = null;
    const { id } = await madeOnce({ caller, makes: "api_key", key: once, request: body }, async () => {
      const made = await createApiKey({ caller, input: { ...body, tenantId } });
      key = made.key;
      return { id: made.id };
    });
    const [row] = await apiKeys(tenantId, id);
    if (!row) throw new Refusal("api_key_unknown");
    return { ...row, key };
  },

  async revokeApiKey({ caller, input: { params } }) {
    await revokeApiKey({ caller, input: { tenantId: caller.tenantId, apiKeyId: params.id } });
    return undefined;
  },
};
