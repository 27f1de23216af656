import { Refusal } from "#contracts/problem.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";

export type Credentials = {
  tenantId: string;
  connectionId: string;
  kind: string;
  provider: string;
  mode: "test" | "production";
  credentials: unknown;
};

/** Binds the sealed text to this connection. Refuses: credentials_invalid. */
export function sealCredentials(given: Credentials): string {
  if (given.kind === "payment") requireUsable(given);
  return encryptSecret(JSON.stringify(given.credentials), secretContext(given));
}

function requireUsable(given: Credentials): void {
  try {
    connectPayment(given);
  } catch (error) {
    // The provider's message names no secret.
    if (error instanceof ProviderFailure && error.kind === "misconfigured") throw new Refusal("credentials_invalid", error.message);
    throw error;
  }
}
