import { sql } from "kysely";
import { actorOf } from "#contracts/caller.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newReference, newToken } from "#platform/ids.ts";
import { sessionHash } from "#queries/session-hash.ts";
import type { DeskCaller } from "../customers/log-change.ts";
import { deskLink } from "../desk/desk-link.ts";
import { logEvents } from "../log-event.ts";
import { findPaymentConnection } from "../payments/payment-connection.ts";
import type { Wanted } from "./check-rows.ts";

type Merchant = { id: string; locale: string };
type Inserting = { caller: DeskCaller; merchant: Merchant; wanted: readonly Wanted[] };
type Row = ReturnType<typeof rowOf>;

/** Somebody has the time of these lines. The transaction is rolled back. */
export class TimesTaken extends Error {
  readonly taken: readonly Wanted[];
  constructor(taken: readonly Wanted[]) {
    super("some of the times are taken");
    this.taken = taken;
  }
}

/**
 * Writes bookings that are paid and confirmed from the start, in a few statements for any number.
 * Each has a payment and a charge of 0 as what is free has them (decision 013). Throws TimesTaken.
 */
export async function insertImported(tx: Tx, { caller, merchant, wanted }: Inserting): Promise<void> {
  if (wanted.length === 0) return;
  const { id: tenantId } = merchant;
  const rows = wanted.map(rowOf);
  const given = JSON.stringify(rows);
  await insertCheckouts(tx, { given, locale: merchant.locale, linkId: (await deskLink(tx, merchant)).id });
  await insertMoney(tx, given, await findPaymentConnection(tx, { tenantId, provider: undefined, amountMinor: 0 }));
  const claimed = await insertClaims(tx, rows);
  const taken = rows.filter(({ id }) => !claimed.has(id)).map(({ line }) => line);
  if (taken.length > 0) throw new TimesTaken(wanted.filter(({ line }) => taken.includes(line)));
  await keepCustomers(tx, tenantId, rows);
  await sql`
    insert into booking_note (tenant_id, booking_id, text, actor)
    select current_tenant(), id, note, ${actorOf(caller)}
    from jsonb_to_recordset(${given}::jsonb) as given (id uuid, note text) where note is not null`.execute(tx);
  await logEvents(
    tx,
    rows.map(({ id, isPast }) => ({
      tenantId,
      subject: { kind: "checkout", id },
      kind: "booking.imported",
      details: { isPast },
      actor: actorOf(caller),
      origin: caller.origin,
    })),
  );
}

/** A record of PostgreSQL, with ids that its rows share. */
function rowOf({ service, professional, ...wanted }: Wanted) {
  const reference = newReference();
  return {
    ...wanted,
    ...{ id: newId(), paymentId: newId(), chargeId: newId(), claimId: newId(), reference, token: newToken() },
    providerChargeId: `free:${service.currency}:${reference}`,
    session: sessionHash(newToken()),
    serviceId: service.id,
    professionalId: professional.id,
    ...{ currency: service.currency, online: service.online },
  };
}

const record = sql`as given (line int, id uuid, "paymentId" uuid, "chargeId" uuid, "claimId" uuid, reference text, token text, session text,
  "providerChargeId" text, "serviceId" uuid, "professionalId" uuid, start timestamptz, "end" timestamptz, "from" timestamptz,
  until timestamptz, "isPast" boolean, name text, email text, phone text, "priceMinor" bigint, key text, currency text, online boolean)`;

type Checkouts = { given: string; locale: string; linkId: string };

async function insertCheckouts(tx: Tx, { given, locale, linkId }: Checkouts): Promise<void> {
  await sql`
    insert into checkout (tenant_id, id, kind, status, payment_status, ends_at, amount_minor, currency, customer_name, customer_email,
      customer_phone, locale, token, session, traits, paid_charge_id)
    select current_tenant(), id, 'booking', 'confirmed', 'paid', now(), 0, currency, name, email,
      phone, ${locale}, token, session, case when online then array['online'] else '{}' end, "chargeId"
    from jsonb_to_recordset(${given}::jsonb) ${record}`.execute(tx);
  await sql`
    insert into booking (tenant_id, id, link_id, service_id, professional_id, starts_at, ends_at, during, price_minor, charge_type,
      capacity_policy, online, by_hand, imported, import_key)
    select current_tenant(), id, ${linkId}::uuid, "serviceId", "professionalId", start, "end", tstzrange("from", until), "priceMinor",
      'total', 'hold', online, true, true, key
    from jsonb_to_recordset(${given}::jsonb) ${record}`.execute(tx);
}

async function insertMoney(tx: Tx, given: string, { id, provider }: { id: string; provider: string }): Promise<void> {
  await sql`
    insert into payment (tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, status, expires_at,
      payable_until)
    select current_tenant(), "paymentId", id, ${id}::uuid, ${provider}, reference, 0, currency, 'approved', now(), now()
    from jsonb_to_recordset(${given}::jsonb) ${record}`.execute(tx);
  await sql`
    insert into charge (tenant_id, id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor,
      currency, outcome)
    select current_tenant(), "chargeId", ${id}::uuid, "paymentId", "providerChargeId", reference, 'approved', 'FREE', 0,
      currency, 'booked'
    from jsonb_to_recordset(${given}::jsonb) ${record}`.execute(tx);
}

/**
 * Takes the times by the constraint of every hold; only a refused one relabels what has lapsed and
 * tries once more, as hold_slot does. A past booking stands in nobody's way. Returns the bookings
 * that have their claim.
 */
async function insertClaims(tx: Tx, rows: readonly Row[]): Promise<Set<string>> {
  const claimed = new Set(await claim(tx, rows));
  const refused = rows.filter(({ id }) => !claimed.has(id));
  if (refused.length === 0) return claimed;
  await sql`
    select expire_lapsed_claims(current_tenant(), "professionalId", tstzrange("from", until))
    from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) ${record}`.execute(tx);
  for (const id of await claim(tx, refused)) claimed.add(id);
  return claimed;
}

/** In one order, so that two of them never wait for each other in a circle. */
async function claim(tx: Tx, rows: readonly Row[]): Promise<string[]> {
  const claimed = await sql<{ checkout_id: string }>`
    insert into slot_claim (tenant_id, id, professional_id, service_id, starts_at, ends_at, during, state, checkout_id)
    select current_tenant(), "claimId", "professionalId", "serviceId", start, "end", tstzrange("from", until),
      case when "isPast" then 'past' else 'booked' end, id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) ${record}
    order by "professionalId", start, line
    on conflict do nothing
    returning checkout_id`.execute(tx);
  return claimed.rows.map(({ checkout_id }) => checkout_id);
}

/**
 * One booking of each contact goes first: the others then find their customer, which costs little.
 * In pieces, so that no statement comes near its time limit.
 */
async function keepCustomers(tx: Tx, tenantId: string, rows: readonly Row[]): Promise<void> {
  const byContact = [...Map.groupBy(rows, ({ email, phone }) => email.toLowerCase() || phone).values()];
  for (const some of [byContact.map((theirs) => theirs.slice(0, 1)), byContact.map((theirs) => theirs.slice(1))]) {
    const ids = some.flat().map(({ id }) => id);
    for (let at = 0; at < ids.length; at += pieceLength) await keepPiece(tx, tenantId, ids.slice(at, at + pieceLength));
  }
}
const pieceLength = 500;

async function keepPiece(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void> {
  const paid = JSON.stringify(ids.map((checkoutId) => ({ tenantId, checkoutId })));
  await sql`
    update checkout k set customer_id = theirs.value::uuid
    from jsonb_each_text(keep_customers(${paid}::jsonb, ${ids}::uuid[])) as theirs (key, value)
    where k.tenant_id = current_tenant() and k.id = theirs.key::uuid`.execute(tx);
}
