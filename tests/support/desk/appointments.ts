import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { CheckoutStatus } from "#domain/checkout-states.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { newReference } from "#platform/ids.ts";
import type { Clinic } from "../clinic.ts";

export type Appointment = {
  /** ISO 8601. */
  startsAt: string;
  name?: string;
  email?: string;
  phone?: string;
  status?: CheckoutStatus;
  serviceId?: string;
  professionalId?: string;
  campaign?: Record<string, string> | null;
};
export type Added = { id: string; reference: string };

/** Rows as the engine leaves them, for lists: nobody paid, and no claim takes the time. Returns them in the order given. */
export async function addAppointments(owner: pg.Pool | pg.Client, clinic: Clinic, wished: readonly Appointment[]): Promise<Added[]> {
  const rows = wished.map((wish) => rowOf(clinic, wish));
  await owner.query(
    `with given as (
       select * from jsonb_to_recordset($1) as g (id uuid, payment uuid, charge uuid, reference text, starts timestamptz, name text,
         email text, phone text, status text, paid boolean, service uuid, professional uuid, campaign jsonb)
     ), checkouts as (
       insert into checkout (tenant_id, id, kind, status, payment_status, ends_at, amount_minor, currency, customer_name, customer_email,
         customer_phone, accepted_terms_at, locale, token, session, paid_charge_id)
       select $2, id, 'booking', status, case when paid then 'paid' else 'pending' end, starts, 10000000, 'COP', name, email, phone, now(), 'es',
         'token', 'session', case when paid then charge end from given
     ), bookings as (
       insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during, price_minor, charge_type,
         capacity_policy, online, campaign)
       select $2, id, (select id from booking_link where tenant_id = $2 limit 1), service, professional, starts, starts + interval '30 min',
         tstzrange(starts, starts + interval '30 min'), 10000000, 'total', 'hold', false, campaign from given
     ), payments as (
       insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, status, expires_at, payable_until)
       select $2, payment, id, $3, 'wompi', reference, 10000000, 'COP', case when paid then 'approved' else 'created' end, starts, starts from given
     )
     insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency, outcome)
     select $2, charge, $3, payment, 'tx-' || charge, reference, 'approved', 'APPROVED', 10000000, 'COP', 'booked' from given where paid`,
    [JSON.stringify(rows), clinic.tenantId, clinic.connectionId],
  );
  return rows.map(({ id, reference }) => ({ id, reference }));
}

function rowOf(clinic: Clinic, wish: Appointment) {
  const { status = "confirmed", name = "Ana María Pérez", email = "ana@example.com", phone = "+573001234567" } = wish;
  const { startsAt: starts, serviceId: service = clinic.serviceId, professionalId: professional = clinic.professionalId } = wish;
  const ids = { id: randomUUID(), payment: randomUUID(), charge: randomUUID(), reference: newReference() };
  return { ...ids, starts, name, email, phone, status, paid: isPaid(status), service, professional, campaign: wish.campaign ?? null };
}
