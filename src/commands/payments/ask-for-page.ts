import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import type { CheckoutRow, PaymentRow } from "#platform/rows.ts";
import { connectedProvider } from "../connections/connected-provider.ts";

type Asked = { checkout: CheckoutRow; payment: PaymentRow; description: string };

/**
 * Returns the address of the provider's page. Asks the provider, outside any transaction, if it is
 * not known yet. Refuses: provider_unavailable.
 */
export async function askForPage({ checkout, payment, description }: Asked): Promise<string> {
  if (payment.checkout_url !== null) return payment.checkout_url;
  const { tenant_id: tenantId } = checkout;
  try {
    crashPoint("payment opened, provider not asked");
    const provider = await connectedProvider({ tenantId, connectionId: payment.connection_id });
    const { checkoutUrl, providerPaymentId } = await provider.start({
      reference: payment.reference,
      amountMinor: payment.amount_minor,
      currency: payment.currency,
      expiresAt: payment.expires_at,
      returnUrl: `${env().APP_URL}/pay/return/${checkout.id}/${checkout.token}`,
      description,
      locale: checkout.locale,
      customer: { name: checkout.customer_name, email: checkout.customer_email, phone: checkout.customer_phone },
    });
    crashPoint("provider's page known, not recorded");
    await keepPage(payment, { checkout_url: checkoutUrl, provider_payment_id: providerPaymentId });
    return checkoutUrl;
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    await recordNoPage(payment);
    throw new Refusal("provider_unavailable");
  }
}

async function keepPage(payment: PaymentRow, page: { checkout_url: string; provider_payment_id: string | null }): Promise<void> {
  await inTenant(payment.tenant_id, (tx) =>
    tx
      .updateTable("payment")
      .set({ ...page, updated_at: sql`now()` })
      .where("id", "=", payment.id)
      .execute(),
  );
}

async function recordNoPage(payment: PaymentRow): Promise<void> {
  await inTenant(payment.tenant_id, (tx) =>
    tx
      .updateTable("payment")
      .set({ status: "error", updated_at: sql`now()` })
      .where("id", "=", payment.id)
      .where("status", "=", "created")
      .execute(),
  );
}
