import { sql } from "kysely";
import type { CheckoutAnswer } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { pageEndAtProvider } from "#domain/hold-times.ts";
import type { CustomerDocument } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { appPool, inTenant } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import type { CheckoutRow, PaymentRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { paymentMayBeSlow } from "./payment-may-be-slow.ts";
import { requireDocument } from "./require-document.ts";

export type Opened = { checkout: CheckoutRow; payment: PaymentRow };
/**
 * `document` is passed on to the provider and stored nowhere. `sessionToken` is what the merchant
 * knows the checkout by beside its id, for a provider that keeps such a word.
 */
type Asked = Opened & { description: string; document?: CustomerDocument | null; sessionToken?: string | null };

/**
 * What the customer gets for an opened payment. Refuses: document_required, provider_unavailable.
 */
export async function checkoutAnswer(asked: Asked): Promise<CheckoutAnswer> {
  const { checkout, payment } = asked;
  return {
    id: checkout.id,
    token: checkout.token,
    status: "pending",
    paymentStatus: checkout.payment_status === "failed" ? "pending" : checkout.payment_status,
    amountMinor: payment.amount_minor,
    currency: payment.currency,
    reference: payment.reference,
    checkoutUrl: await askForPage(asked),
    expiresAt: payment.expires_at.toISOString(),
  };
}

/** Asks the provider for its page, outside any transaction. */
async function askForPage({ checkout, payment, description, document = null, sessionToken = null }: Asked): Promise<string> {
  if (payment.checkout_url !== null) return payment.checkout_url;
  const { tenant_id: tenantId } = checkout;
  requireDocument(payment.provider, document !== null);
  try {
    crashPoint("payment opened, provider not asked");
    const provider = await connectedProvider({ tenantId, connectionId: payment.connection_id });
    const { checkoutUrl, providerPaymentId } = await provider.start({
      reference: payment.reference,
      amountMinor: payment.amount_minor,
      currency: payment.currency,
      expiresAt: endAtProvider(payment),
      returnUrl: `${env().APP_URL}/pay/return/${checkout.id}/${checkout.token}`,
      webhookUrl: `${env().APP_URL}/api/webhooks/${payment.provider}/${payment.connection_id}`,
      description,
      locale: checkout.locale,
      customer: { name: checkout.customer_name, email: checkout.customer_email, phone: checkout.customer_phone, document },
      mayBeSlow: await paymentMayBeSlow({ checkout, payment }),
      sessionToken,
    });
    crashPoint("provider's page known, not recorded");
    return await recordPage(payment, { checkoutUrl, providerPaymentId });
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    await recordNoPage(payment);
    throw new Refusal("provider_unavailable");
  }
}

function endAtProvider({ provider, expires_at: expiresAt, created_at: createdAt }: PaymentRow): Date {
  const pageMinutesMin = paymentProvider(provider)?.capabilities.pageMinutesMin ?? 0;
  return pageEndAtProvider({ expiresAt, createdAt, pageMinutesMin });
}

/**
 * Two tabs may ask at once, and not every provider answers both with one page. Returns the page
 * that was recorded first: all tabs show that one, and it is the one that is asked about.
 */
async function recordPage(payment: PaymentRow, page: { checkoutUrl: string; providerPaymentId: string | null }): Promise<string> {
  const { rows } = await appPool().query<{ kept: string | null }>({
    name: "record-page",
    text: "select record_page($1, $2, $3, $4) as kept",
    values: [payment.tenant_id, payment.id, page.checkoutUrl, page.providerPaymentId],
  });
  return rows[0]?.kept ?? page.checkoutUrl;
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
