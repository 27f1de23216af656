import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { schedulePoll } from "./schedule-poll.ts";

/**
 * Closes the provider's page after the claim has ended, if the provider can. If the customer has
 * paid meanwhile, the payment is settled. Throws ProviderFailure; the queue retries.
 */
export async function closePayment(input: { tenantId: string; paymentId: string }): Promise<void> {
  const { tenantId, paymentId } = input;
  const payment = await inTenant(tenantId, (tx) => tx.selectFrom("payment").selectAll().where("id", "=", paymentId).executeTakeFirst());
  if (!payment || !paymentProvider(payment.provider)?.capabilities.canCloseEarly) return;
  const provider = await connectedProvider({ tenantId, connectionId: payment.connection_id });
  const known = { reference: payment.reference, providerPaymentId: payment.provider_payment_id, currency: payment.currency };
  const answer = await provider.close?.(known);
  if (answer === "already_paid") await inTenant(tenantId, (tx) => schedulePoll(tx, { tenantId, paymentId, at: new Date(databaseNow()) }));
}
