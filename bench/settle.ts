import { randomUUID } from "node:crypto";
import type { BenchTenant } from "./fill.ts";
import type { Load } from "./http-load.ts";
import type { Stage } from "./stage.ts";

export type PaidBooking = { tenantId: string; connectionId: string; paymentId: string; reference: string; chargeId: string };

let serial = 0;

/** Makes bookings on the payment page, ready to be settled as approved. */
export async function makePaidBookings(stage: Stage, tenants: BenchTenant[], count: number, provider = "wompi"): Promise<PaidBooking[]> {
  const made: PaidBooking[] = [];
  for (let index = 0; index < count; index += 1) {
    const tenant = tenants[index % tenants.length];
    if (!tenant) throw new Error("no tenant");
    serial += 1;
    made.push({
      tenantId: tenant.tenantId,
      connectionId: tenant.connectionId,
      paymentId: randomUUID(),
      reference: `KF-S${serial}`,
      chargeId: `s-${serial}`,
    });
  }
  for (const tenant of tenants)
    await insertPaying(
      stage,
      { ...tenant, provider },
      made.filter((booking) => booking.tenantId === tenant.tenantId),
    );
  return made;
}

async function insertPaying({ owner }: Stage, tenant: BenchTenant & { provider: string }, bookings: PaidBooking[]): Promise<void> {
  const first = serial * 2;
  await owner.query(
    `with made as (
       select n, new_id() as booking, payment, reference, ($5::uuid[])[1 + n % 100] as professional,
         timestamptz '2200-01-01' + make_interval(mins => 30 * ($6 + n / 100)::int) as starts
       from unnest($1::uuid[], $2::text[]) with ordinality as given(payment, reference, n)
     ), bookings as (
       insert into checkout (tenant_id, id, kind, ends_at, amount_minor, currency, customer_name,
         customer_email, customer_phone, accepted_terms_at, locale,
         token, session)
       select $3, booking, 'booking', now() + interval '10 min', 10000000, 'COP', 'Ana', 'ana@example.com',
         '+573001234567', now(), 'es', 'token', 'session'
       from made returning 1
     ), appointments as (
       insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during,
         price_minor, charge_type, capacity_policy, online)
       select $3, booking, (select id from booking_link where tenant_id = $3 limit 1), $4, professional,
         starts, starts + interval '30 min',
         tstzrange(starts, starts + interval '30 min'), 10000000, 'total', 'hold', false from made returning 1
     ), claims as (
       insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state,
         expires_at, session, checkout_id)
       select $3, professional, $4, starts, starts + interval '30 min',
         tstzrange(starts, starts + interval '30 min'), 'paying', now() + interval '12 min', 'session',
         booking from made returning 1
     )
     insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor,
       currency, expires_at, payable_until)
     select $3, payment, booking, $7, $8, reference, 10000000, 'COP', now() + interval '10 min',
       now() + interval '3 days' from made`,
    [
      bookings.map((booking) => booking.paymentId),
      bookings.map((booking) => booking.reference),
      tenant.tenantId,
      tenant.serviceId,
      tenant.professionals,
      first,
      tenant.connectionId,
      tenant.provider,
    ],
  );
}

/** Settles here, `clients` at a time. The provider's answer is given: only our work is measured. */
export async function settleLoad(stage: Stage, bookings: PaidBooking[], clients: number): Promise<Load> {
  Object.assign(process.env, stage.env, { DATABASE_POOL_MAX: "32", APP_URL: "http://127.0.0.1" });
  const { settleCharge } = await import("#commands/settlement/settle-charge.ts");
  const latencies: number[] = [];
  const queue = [...bookings];
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let booking = queue.pop(); booking; booking = queue.pop()) {
        const sentAt = performance.now();
        await settleCharge({ tenantId: booking.tenantId, connectionId: booking.connectionId, fact: factOf(booking) });
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const perSecond = bookings.length / seconds;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { count: bookings.length, seconds, perSecond, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), statuses: {} };
}

function factOf(booking: PaidBooking) {
  return {
    providerChargeId: booking.chargeId,
    reference: booking.reference,
    state: "approved" as const,
    providerStatus: "APPROVED",
    amountMinor: 10_000_000,
    currency: "COP",
    method: "CARD",
    finalizedAt: new Date(),
  };
}
