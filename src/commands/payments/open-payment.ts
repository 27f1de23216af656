import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import type { PaymentProvider } from "#domain/payment-provider.ts";
import { nextPollAt } from "#domain/poll-ladder.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { newId, newReference } from "#platform/ids.ts";
import { connectPayment } from "#providers/payments/registry.ts";
import { readCredentials } from "#queries/connections.ts";
import { rematchUnmatched } from "../inbox/match-event.ts";
import { logEvent } from "../log-event.ts";

export type OpenedPayment = {
  paymentId: string;
  reference: string;
  amountMinor: number;
  currency: string;
  expiresAt: Date;
  checkoutUrl: string | null;
};

/**
 * The payment row and its reference, in the caller's transaction: committed before the customer is sent away.
 * Its polling starts with it, so that a lost webhook, or a crash right after, loses nothing.
 */
export async function openPayment(
  tx: Tx,
  input: {
    tenantId: string;
    bookingId: string;
    connectionId: string;
    provider: string;
    amountMinor: number;
    currency: string;
    expiresAt: Date;
    now: Date;
  },
): Promise<OpenedPayment> {
  const { tenantId, expiresAt, now } = input;
  const payment = { id: newId(), reference: newReference() };
  await tx
    .insertInto("payment")
    .values({
      tenant_id: tenantId,
      id: payment.id,
      booking_id: input.bookingId,
      connection_id: input.connectionId,
      provider: input.provider,
      reference: payment.reference,
      amount_minor: input.amountMinor,
      currency: input.currency,
      expires_at: expiresAt,
    })
    .execute();
  // The customer is paying again: until this try is declined too, nothing has failed.
  await tx
    .updateTable("booking")
    .set({ payment_status: "pending", updated_at: sql`now()` })
    .where("id", "=", input.bookingId)
    .where("payment_status", "=", "failed")
    .execute();
  await schedulePoll(tx, { tenantId, paymentId: payment.id, at: nextPollAt({ now, polls: 0, expiresAt, isPaid: false }) ?? now });
  await rematchUnmatched(tx, { tenantId, reference: payment.reference });
  await logEvent(tx, {
    tenantId,
    subject: { kind: "booking", id: input.bookingId },
    kind: "payment.started",
    details: { paymentId: payment.id, provider: input.provider, reference: payment.reference },
    actor: "customer",
  });
  return {
    paymentId: payment.id,
    reference: payment.reference,
    amountMinor: input.amountMinor,
    currency: input.currency,
    expiresAt,
    checkoutUrl: null,
  };
}

/** A timer: the next ask at the provider about this payment. */
export async function schedulePoll(tx: Tx, next: { tenantId: string; paymentId: string; at: Date }): Promise<void> {
  const payload = JSON.stringify({ tenantId: next.tenantId, paymentId: next.paymentId });
  await sql`select enqueue_job('poll-payment', ${payload}::json, run_at := ${next.at}, job_key := ${`poll-${next.paymentId}`})`.execute(tx);
}

/** Asks the provider for its page, outside any transaction. Refuses: provider_unavailable. */
export async function fetchCheckoutUrl(
  opened: OpenedPayment,
  booking: {
    tenantId: string;
    id: string;
    token: string;
    connectionId: string;
    description: string;
    locale: string;
    customer: { name: string; email: string; phone: string };
  },
): Promise<string> {
  const { tenantId } = booking;
  try {
    crashPoint("payment opened, provider not asked");
    const provider = await connectedProvider({ tenantId, connectionId: booking.connectionId });
    const { checkoutUrl } = await provider.start({
      reference: opened.reference,
      amountMinor: opened.amountMinor,
      currency: opened.currency,
      expiresAt: opened.expiresAt,
      returnUrl: `${env().APP_URL}/pay/return/${booking.id}/${booking.token}`,
      description: booking.description,
      locale: booking.locale,
      customer: booking.customer,
    });
    crashPoint("provider's page known, not recorded");
    await inTenant(tenantId, (tx) =>
      tx.updateTable("payment").set({ checkout_url: checkoutUrl, updated_at: sql`now()` }).where("id", "=", opened.paymentId).execute(),
    );
    return checkoutUrl;
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    await inTenant(tenantId, (tx) =>
      tx
        .updateTable("payment")
        .set({ status: "error", updated_at: sql`now()` })
        .where("id", "=", opened.paymentId)
        .where("status", "=", "created")
        .execute(),
    );
    throw new Refusal("provider_unavailable");
  }
}

export async function connectedProvider(input: { tenantId: string; connectionId: string }): Promise<PaymentProvider> {
  const connection = await readCredentials(input);
  return connectPayment({ provider: connection.provider, mode: connection.mode, credentials: connection.credentials });
}
