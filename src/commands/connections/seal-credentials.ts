import { Refusal } from "#contracts/problem.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { connectPayment, paymentProvider } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";

export type Credentials = {
  tenantId: string;
  connectionId: string;
  kind: string;
  provider: string;
  mode: "test" | "production";
  credentials: unknown;
};

/** As the row keeps them; `account` is null for what is no payment provider, or tells none. */
export type SealedCredentials = { credentials: string; account: string | null };

/**
 * Bound to this connection: moved to another row, they cannot be read. Refuses:
 * credentials_invalid.
 */
export function sealCredentials(given: Credentials): SealedCredentials {
  const credentials = encryptSecret(JSON.stringify(given.credentials), secretContext(given));
  if (given.kind !== "payment") return { credentials, account: null };
  requireUsable(given);
  return { credentials, account: paymentProvider(given.provider)?.accountOf(given.credentials) ?? null };
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
