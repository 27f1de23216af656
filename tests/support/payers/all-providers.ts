import { randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import type { Clinic } from "../clinic.ts";
import type { Place } from "../world.ts";

/** Every provider that is simulated, beside the one that the clinic has: by provider, the account's id. */
export async function connectAll(place: Place, clinic: Clinic): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const { id: provider, testAccount } of Object.values(paymentProviders)) {
    if (!testAccount) continue;
    const id = randomUUID();
    const credentials = testAccount.newCredentials();
    const webhookUrl = `${place.appUrl}/api/webhooks/${provider}/${id}`;
    await testAccount.open({ simulatorsUrl: place.simulatorsUrl, credentials, webhookUrl });
    await createConnection({ caller, input: { tenantId: clinic.tenantId, id, kind: "payment", provider, mode: "test", credentials } });
    ids[provider] = id;
  }
  return ids;
}
