import { z } from "zod";
import { type CallbackBody, callbackPaymentStates } from "#domain/callback-body.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { inTenant } from "#platform/db.ts";
import { postCallback } from "#providers/callbacks/post-callback.ts";
import { buildSignedBody, standardWebhookHeaders } from "#providers/callbacks/sign.ts";
import { type BookingForWork, loadBookingForWork } from "#queries/booking-for-work.ts";
import { findConnection } from "#queries/connections.ts";
import { confirmBooking } from "../checkouts/confirm-checkout.ts";
import type { FollowUp, FollowUpResult } from "../follow-ups/run-follow-up.ts";
import { recordCallbackAttempt } from "./record-attempt.ts";

/** `hmacSecret` signs the body; `webhookSecrets` sign the headers, newest first: two live while they rotate. */
const callbackSecrets = z.object({ hmacSecret: z.string().min(16), webhookSecrets: z.array(z.string().min(16)).min(1).max(2) });

/** One attempt to tell the merchant's server one fact. The bytes are made once: every retry sends the same. Throws ProviderFailure when it must be tried again. */
export async function deliverCallback(followUp: FollowUp): Promise<FollowUpResult> {
  const refundCaseId = typeof followUp.details["refundCaseId"] === "string" ? followUp.details["refundCaseId"] : undefined;
  const work = await loadBookingForWork({ tenantId: followUp.tenantId, bookingId: followUp.subjectId, refundCaseId });
  if (!work) return { result: "skipped", reason: "the booking is gone" };
  const url = work.tenant.callback_url;
  if (!url) return { result: "skipped", reason: "the merchant has no callback address any more" };
  const secrets = callbackSecrets.safeParse((await findConnection({ tenantId: followUp.tenantId, kind: "callback" }))?.credentials);
  if (!secrets.success) throw misconfigured("the merchant has no callback secret");
  if (await isDisabled(followUp.tenantId)) throw misconfigured("the callback address is switched off because it only failed");
  const body = await bodyOf(followUp, work, secrets.data.hmacSecret);
  const headers = standardWebhookHeaders({
    id: followUp.id,
    timestamp: Math.floor(Date.now() / 1000),
    body,
    secrets: secrets.data.webhookSecrets,
  });
  crashPoint("callback written, not sent");
  const startedAt = performance.now();
  try {
    const reply = await postCallback({ url, headers, body });
    crashPoint("callback answered, attempt not recorded");
    const isTaken = reply.status >= 200 && reply.status < 300;
    await recordCallbackAttempt({
      followUp,
      url,
      status: reply.status,
      error: null,
      excerpt: reply.bodyExcerpt,
      durationMs: reply.durationMs,
      isTaken,
    });
    if (reply.status === 410) throw misconfigured("the address answered 410 Gone and was switched off");
    if (!isTaken) throw failureOf(reply);
  } catch (error) {
    if (!(error instanceof ProviderFailure) || /answered/.test(error.message)) throw error;
    const durationMs = Math.round(performance.now() - startedAt);
    await recordCallbackAttempt({ followUp, url, status: null, error: error.message, excerpt: null, durationMs, isTaken: false });
    throw error;
  }
  return { result: "done" };
}

/** After the ledger says done: the merchant knows, so the booking may be confirmed. */
export async function afterCallback(followUp: FollowUp): Promise<void> {
  if (followUp.eventKind === "booking.paid") await confirmBooking({ tenantId: followUp.tenantId, bookingId: followUp.subjectId });
}

const misconfigured = (message: string) => new ProviderFailure({ provider: "callback", kind: "misconfigured", message });

function failureOf(reply: { status: number; retryAfterSeconds: number | null }): ProviderFailure {
  return new ProviderFailure({
    provider: "callback",
    kind: "unexpected_reply",
    message: `the merchant's server answered ${reply.status}`,
    retryAfterSeconds: reply.retryAfterSeconds,
  });
}

async function isDisabled(tenantId: string): Promise<boolean> {
  const endpoint = await inTenant(tenantId, (tx) => tx.selectFrom("callback_endpoint").select("disabled_at").executeTakeFirst());
  return endpoint?.disabled_at != null;
}

async function bodyOf(followUp: FollowUp, work: BookingForWork, hmacSecret: string): Promise<string> {
  const { tenantId, id } = followUp;
  return inTenant(tenantId, async (tx) => {
    const kept = await tx.selectFrom("callback_message").select("body").where("id", "=", id).executeTakeFirst();
    if (kept) return kept.body;
    // Under the booking's lock: a room that comes at this moment is in these bytes, or finds them and sends a callback of its own.
    const locked = await tx.selectFrom("booking").select("meeting_url").where("id", "=", work.booking.id).forShare().executeTakeFirst();
    const booking = { ...work.booking, ...locked };
    const fresh = buildSignedBody(callbackBody(followUp, { ...work, booking }), hmacSecret);
    await tx
      .insertInto("callback_message")
      .values({ tenant_id: tenantId, id, body: fresh })
      .onConflict((conflict) => conflict.columns(["tenant_id", "id"]).doNothing())
      .execute();
    const { body } = await tx.selectFrom("callback_message").select("body").where("id", "=", id).executeTakeFirstOrThrow();
    return body;
  });
}

function callbackBody(
  followUp: FollowUp,
  { booking, tenant, service, professional, payment, charge, refundCase }: BookingForWork,
): CallbackBody {
  return {
    evento: followUp.eventKind,
    secuencia: followUp.sequence ?? 1,
    tenant_id: tenant.tenant_id,
    booking_id: booking.id,
    servicio: {
      id: service.id,
      nombre: service.name,
      duracion_min: service.durationMinutes,
      pago: booking.charge_type,
      precio: booking.price_minor,
      monto_cobrado: booking.amount_minor,
    },
    profesional: { id: professional.id, nombre: professional.name },
    cita: {
      inicio: booking.starts_at.toISOString(),
      fin: booking.ends_at.toISOString(),
      timezone: tenant.timezone,
      enlace_reunion: booking.meeting_url,
    },
    usuario: { nombre: booking.customer_name, email: booking.customer_email, telefono: booking.customer_phone, acepto_terminos: true },
    pago: {
      proveedor: payment?.provider ?? "",
      estado: callbackPaymentStates[followUp.eventKind] ?? "aprobado",
      referencia: payment?.reference ?? "",
      monto: charge?.amount_minor ?? booking.amount_minor,
      moneda: charge?.currency ?? booking.currency,
    },
    ...(refundCase ? { reembolso: { motivo: refundCase.reason, estado: refundCase.state, monto: refundCase.amount_minor } } : {}),
    seguridad: { timestamp: followUp.occurredAt.toISOString(), firma_hmac: "" },
  };
}
