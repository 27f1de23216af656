import type { PaymentProvider } from "#domain/payment-provider.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { readCredentials } from "#queries/connections.ts";

/** The provider of a connection, with its credentials. Throws ProviderFailure `misconfigured`. */
export async function connectedProvider(input: { tenantId: string; connectionId: string }): Promise<PaymentProvider> {
  const connection = await readCredentials(input);
  return connectPayment({ provider: connection.provider, mode: connection.mode, credentials: connection.credentials });
}
