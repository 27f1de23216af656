import { pollPayment } from "#commands/settlement/poll-payment.ts";
import type { ChargeFact, PaymentCapabilities } from "#domain/payment-provider.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { bookAtPretended, newService as emptyService, type PretendedService, pretendProvider } from "#tests/support/pretend-provider.ts";
import type { prepareStage } from "#tests/support/stage.ts";
import { settledAtOnce } from "../stories.ts";

type Stage = ReturnType<typeof prepareStage>;
type Booking = { id: string; token: string; reference: string; amountMinor: number };

export const byApi: PaymentCapabilities["refunds"] = { voidByApi: false, refundByApi: true, partial: true, idempotencyKey: true };

export const newService = (parts: PretendedService["parts"]): PretendedService => ({ ...emptyService(), ...(parts && { parts }) });

/** A booking that is paid at a provider which tells each part of what goes back. */
export async function paidAtPretended(stage: Stage, service: PretendedService, refunds = byApi) {
  paymentProviders["pretend"] = pretendProvider(service, { refunds });
  const clinic: Clinic = await stage.openClinic();
  const { booking } = await bookAtPretended(stage, clinic);
  const charge: ChargeFact = {
    providerChargeId: `charge-${booking.reference}`,
    reference: booking.reference,
    state: "approved",
    providerStatus: "approved",
    amountMinor: booking.amountMinor,
    currency: "COP",
    method: "card",
    finalizedAt: new Date(),
    refunds: [],
    disputes: [],
  };
  service.charges.set(charge.providerChargeId, charge);
  await look(stage, booking);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await settledAtOnce(stage, booking.id);
  return { clinic, booking, charge };
}

/** As a webhook would cause it: the provider is asked about the payment. */
export async function look(stage: Stage, { id }: Pick<Booking, "id">): Promise<void> {
  const { rows } = await stage.owner.query<{ tenant_id: string; id: string }>(
    "select tenant_id, id from payment where checkout_id = $1 order by created_at limit 1",
    [id],
  );
  for (const row of rows) await pollPayment({ tenantId: row.tenant_id, paymentId: row.id, isExtra: true });
}

export async function casesOf(stage: Stage, { id }: Pick<Booking, "id">) {
  const { rows } = await stage.owner.query<{ id: string; state: string; method: string | null; last_error: string | null; reason: string }>(
    "select id, state, method, last_error, reason from refund_case where checkout_id = $1 order by created_at",
    [id],
  );
  return rows;
}

export async function eventsOf(stage: Stage, { id }: Pick<Booking, "id">, kind: string): Promise<Record<string, unknown>[]> {
  const { rows } = await stage.owner.query<{ details: Record<string, unknown> }>(
    "select details from event where subject_id = $1 and kind = $2 order by created_at",
    [id, kind],
  );
  return rows.map(({ details }) => details);
}

export async function questionOf(stage: Stage, { id }: Pick<Booking, "id">): Promise<string | null> {
  const { rows } = await stage.owner.query<{ answer: string | null }>("select reversal_answer as answer from checkout where id = $1", [id]);
  return rows[0]?.answer ?? null;
}
