import { sql } from "kysely";
import { unsettledStates } from "#domain/payment-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import type { Tx } from "#platform/db.ts";
import type { PaymentRow } from "#platform/rows.ts";
import { closingProviders } from "#providers/payments/registry.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { pollPaymentNow } from "./schedule-poll.ts";

/** What became of the wish to close a page. Not knowing is none of the other two. */
export type Closing = "closed" | "already_paid" | ProviderFailure;

/** Asks the provider to close a page, outside any transaction. Safe to repeat. */
export async function closePage(payment: PaymentRow): Promise<Closing> {
  crashPoint("page to be closed, provider not asked");
  try {
    const provider = await connectedProvider({ tenantId: payment.tenant_id, connectionId: payment.connection_id });
    const known = { reference: payment.reference, providerPaymentId: payment.provider_payment_id, currency: payment.currency };
    if (provider.close) return await provider.close(known);
    return new ProviderFailure({ provider: provider.id, kind: "misconfigured", message: "no page can be closed here" });
  } catch (error) {
    if (error instanceof ProviderFailure) return error;
    throw error;
  }
}

type Pages = { tenantId: string; checkoutId: string };

/**
 * Wants the checkout's open pages closed before their end, as far as their providers can, and has
 * each provider asked at once. Returns their payments: their closing is not known yet.
 */
export async function wantPagesClosed(tx: Tx, { tenantId, checkoutId }: Pages): Promise<string[]> {
  const providers = closingProviders();
  if (providers.length === 0) return [];
  const pages = await tx
    .updateTable("payment")
    .set({ close_wanted_at: sql`coalesce(close_wanted_at, now())` })
    .where("checkout_id", "=", checkoutId)
    .where("provider", "in", providers)
    .where("status", "in", unsettledStates)
    .where("checkout_url", "is not", null)
    .where("closed_at", "is", null)
    .returning("id")
    .execute();
  for (const { id: paymentId } of pages) await pollPaymentNow(tx, { tenantId, paymentId });
  return pages.map(({ id }) => id);
}
