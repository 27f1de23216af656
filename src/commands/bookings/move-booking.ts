import { sql } from "kysely";
import { actorOf, type Caller } from "#contracts/caller.ts";
import { moveDaysMax, type PriceChange } from "#contracts/desk/moves.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { Span } from "#domain/professionals/openings.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { BookingRow, CheckoutRow } from "#platform/rows.ts";
import { askingIfTaken, SpanTaken } from "../claims/slot-claims.ts";
import { logEvent } from "../log-event.ts";
import { hasCallback } from "../tenants/has-callback.ts";
import { changePrice, type PriceTold } from "./change-price.ts";
import { requireWorking } from "./working-time.ts";

/** A professional and an ISO 8601 instant. */
type Place = { professionalId: string; start: string };
export type Moving = {
  caller: Caller;
  input: {
    tenantId: string;
    bookingId: string;
    to: Place;
    expected: Place;
    tellsCustomer: boolean;
    ignoresHours: boolean;
    price?: PriceChange | undefined;
  };
};

/**
 * Gives a paid booking another time or professional: the same booking, claim and charge, and the
 * old time is free at once. The exclusion constraint decides. Changes nothing if it is so already.
 * Refuses what operations/desk/moves.ts lists.
 */
export async function moveBooking({ caller, input }: Moving): Promise<void> {
  const { tenantId } = input;
  await askingIfTaken(() =>
    inTenant(tenantId, async (tx) => {
      const found = await lockBooking(tx, input.bookingId);
      if (isAt(found.booking, input.to)) return;
      requireMovable(found, input.expected);
      await moveIn(tx, { ...found, caller, input });
    }),
  );
}

type Found = { checkout: CheckoutRow; booking: BookingRow };
type Moved = Found & { caller: Caller; input: Pick<Moving["input"], "to" | "tellsCustomer" | "ignoresHours" | "price"> };

/** In the caller's transaction, under its lock, of a booking that may be moved. */
export async function moveIn(tx: Tx, moved: Moved): Promise<void> {
  const { booking, input } = moved;
  const { professionalId, start } = input.to;
  const span = spanAt(booking, start);
  const mustGiveService = professionalId !== booking.professional_id;
  const { service_id: serviceId } = booking;
  await requireWorking(tx, { professionalId, serviceId, span, ignoresHours: input.ignoresHours, mustGiveService });
  // Before the claim: money is locked first.
  const price = input.price ? await changePrice(tx, { ...moved, price: input.price }) : null;
  await moveRows(tx, booking, { professionalId, span });
  await logMove(tx, { ...moved, span, price });
}

async function lockBooking(tx: Tx, id: string): Promise<Found> {
  const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  const booking = checkout && (await tx.selectFrom("booking").selectAll().where("id", "=", id).executeTakeFirst());
  if (!booking) throw new Refusal("checkout_unknown");
  return { checkout, booking };
}

const isAt = (booking: BookingRow, { professionalId, start }: Place): boolean =>
  booking.professional_id === professionalId && booking.starts_at.getTime() === Date.parse(start);

function requireMovable({ checkout, booking }: Found, expected: Place): void {
  if (!isPaid(checkout.status)) throw new Refusal("booking_not_paid");
  if (booking.ends_at.getTime() <= databaseNow()) throw new Refusal("appointment_over");
  if (!isAt(booking, expected)) throw new Refusal("changed_meanwhile");
}

/** As long as it was sold. */
function spanAt(booking: BookingRow, startsAt: string): Span {
  const start = Date.parse(startsAt);
  const now = databaseNow();
  if (start <= now) throw new Refusal("time_past");
  if (start > now + moveDaysMax * 86_400_000) throw new Refusal("invalid_request", `At most ${moveDaysMax} days ahead.`);
  return { start, end: start + booking.ends_at.getTime() - booking.starts_at.getTime() };
}

type Target = { professionalId: string; span: Span };

async function moveRows(tx: Tx, booking: BookingRow, { professionalId, span }: Target): Promise<void> {
  const { tenant_id: tenantId, id } = booking;
  const [start, end] = [new Date(span.start), new Date(span.end)];
  // In seconds, because an interval of days would follow the session's clock changes.
  const by = sql`make_interval(secs => ${(span.start - booking.starts_at.getTime()) / 1000})`;
  const { rows: spans } = await sql<{ during: string }>`
    select tstzrange(lower(given) + ${by}, upper(given) + ${by})::text as during from (select ${booking.during}::tstzrange) one (given)`.execute(
    tx,
  );
  const during = spans[0]?.during ?? "";
  const { rows } = await sql<{ moved: boolean | null }>`
    select move_claim(${tenantId}, ${id}, ${professionalId}, ${start}, ${end}, ${during}::tstzrange) as moved`.execute(tx);
  if (rows[0]?.moved === false) throw new SpanTaken({ tenantId, professionalId, during });
  if (rows[0]?.moved !== true) throw new Error(`the paid booking ${id} has no claim to move`);
  await tx
    .updateTable("booking")
    .set({ professional_id: professionalId, starts_at: start, ends_at: end, during, moves: booking.moves + 1 })
    .where("id", "=", id)
    .execute();
}

type Told = { span: Span; price: PriceTold | null };

/** `from…` and `to…` are for mails, `changes` for the audit log. */
async function logMove(tx: Tx, { checkout, booking, span, price, caller, input }: Moved & Told): Promise<void> {
  const { to, tellsCustomer } = input;
  const [fromStart, toStart] = [booking.starts_at.toISOString(), new Date(span.start).toISOString()];
  const isHandedOver = to.professionalId !== booking.professional_id;
  await logEvent(tx, {
    tenantId: checkout.tenant_id,
    subject: { kind: "checkout", id: checkout.id },
    kind: "booking.rescheduled",
    details: {
      move: booking.moves + 1,
      fromStart,
      toStart,
      fromProfessionalId: booking.professional_id,
      toProfessionalId: to.professionalId,
      paymentStatus: checkout.payment_status,
      ...price,
    },
    actor: actorOf(caller),
    changes: {
      ...(fromStart !== toStart && { starts_at: [fromStart, toStart] as const }),
      ...(price && price.difference !== "leave" && { price_minor: [price.fromPriceMinor, price.priceMinor] as const }),
      ...(isHandedOver && { professional_id: [booking.professional_id, to.professionalId] as const }),
    },
    origin: "origin" in caller ? caller.origin : undefined,
    facts: { traits: checkout.traits, wasPaid: true, hasCallback: await hasCallback(tx), tellsCustomer, isHandedOver },
  });
}
