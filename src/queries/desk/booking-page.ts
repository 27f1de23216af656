import { sql } from "kysely";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Refusal } from "#contracts/problem.ts";
import { type Cancellation, moneyBack } from "#domain/cancellation.ts";
import { type CheckoutStatus, isPaid } from "#domain/checkout-states.ts";
import { attendanceRefusal } from "#domain/desk/attendance.ts";
import { latestLinkEnd } from "#domain/desk/payment-link.ts";
import { latestPayingEnd } from "#domain/hold-times.ts";
import { usualStepMinor } from "#domain/money.ts";
import { withdrawalUntil } from "#domain/money-back/withdrawal-deadline.ts";
import { roomAddressOf } from "#domain/room-name.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import type { BookingRow, CheckoutRow } from "#platform/rows.ts";
import { readDeskAnswers } from "../booking-answers.ts";
import { readDisputes, readOutsideRefunds } from "../ledger/disputes.ts";
import { readPlace } from "../merchant/locations.ts";
import { customersPage } from "../site-address.ts";
import { type BookingViewer, requireVisible } from "./booking-access.ts";
import { readMoney, readNotes, readPayments, readRefundCases } from "./booking-money.ts";
import { readRest, shownRest } from "./booking-rest.ts";
import { disputeBlocks } from "./dispute-blocks.ts";
import { boughtOn } from "./withdrawal.ts";

type Asked = { viewer: BookingViewer; bookingId: string };

/** Everything of one booking that the viewer may see. Refuses: checkout_unknown. */
export function loadDeskBooking({ viewer, bookingId }: Asked): Promise<DeskBooking> {
  return inTenant(viewer.tenantId, async (tx) => {
    await requireVisible(tx, viewer, bookingId);
    const row = await readRow(tx, bookingId);
    const money = await readMoney(tx, row);
    const seesPayments = viewer.permissions.includes("payments.read");
    const payments = await readPayments(tx, row);
    const rest = await readRest(tx, bookingId);
    const changes = viewer.permissions.includes("bookings.change");
    const restShown = shownRest(rest, { openMinor: row.open_minor, url: changes ? customersPage(row) : null });
    const paidIds = rest ? [bookingId, rest.id] : [bookingId];
    const restPayments = rest ? await readPayments(tx, rest) : [];
    // The bank may take back either. What waits for an answer comes first.
    const reversalAnswer = row.reversal_answer === "open" ? "open" : (rest?.reversal_answer ?? row.reversal_answer);
    const blocks = await disputeBlocks(tx, { booking: row.paid_charge_id, rest: rest?.paid_charge_id ?? null });
    const refusal = attendanceRefusal({ ...row, startsOn: row.starts_on, saidOn: row.said_on });
    return {
      ...appointmentOf(row),
      reference: payments.find(({ charges }) => charges.some(({ isWhatPaid }) => isWhatPaid))?.reference ?? payments[0]?.reference ?? null,
      customer: {
        name: row.customer_name,
        email: row.customer_email,
        phone: viewer.seesPhones ? row.customer_phone : null,
        locale: row.locale,
      },
      customerId: viewer.permissions.includes("customers.read") ? row.customer_id : null,
      place: row.online ? null : await readPlace(tx, row.service_id),
      money: {
        ...money,
        currency: row.currency,
        priceMinor: row.price_minor,
        chargeType: row.charge_type,
        amountMinor: row.amount_minor,
        restMinor: isPaid(row.status) ? row.open_minor : row.status === "pending" ? row.price_minor - row.amount_minor : 0,
      },
      byHand: row.by_hand,
      imported: row.imported,
      rest: restShown,
      paymentLink: linkOf(row, viewer),
      ...termsOf(row),
      answers: await readDeskAnswers(tx, bookingId),
      notes: await readNotes(tx, bookingId),
      payments: seesPayments ? [...restPayments, ...payments] : null,
      refundCases: seesPayments ? await readRefundCases(tx, paidIds) : null,
      outsideRefunds: seesPayments ? await readOutsideRefunds(tx, paidIds) : null,
      disputes: seesPayments ? await readDisputes(tx, paidIds) : null,
      disputeBlocks: seesPayments ? blocks : [],
      withdrawal: { boughtOn: row.bought_on, today: row.today, until: withdrawalUntil(row.country, row.bought_on) },
      reversalAnswer,
      may: mayDo({ viewer, row, leftMinor: money.leftMinor, rest: restShown, reversalAnswer, isAttended: refusal === null, blocks }),
      attendanceRefusal: refusal,
    };
  });
}

type Row = Pick<CheckoutRow, "status" | "payment_status" | "locale" | "currency" | "amount_minor" | "paid_charge_id" | "reversal_answer"> &
  Pick<CheckoutRow, "customer_name" | "customer_email" | "customer_phone" | "customer_id" | "created_at" | "token"> &
  Pick<BookingRow, "id" | "starts_at" | "ends_at" | "service_id" | "professional_id" | "online" | "meeting_url"> &
  Pick<BookingRow, "price_minor" | "charge_type" | "attendance" | "attended_at" | "customer_timezone" | "by_hand" | "imported"> & {
    cancellation: Cancellation | null;
    campaign: Record<string, string> | null;
    hold_ends_at: Date;
    service_name: string;
    professional_name: string;
    link_id: string;
    public_id: string;
    link_name: string;
    timezone: string;
    country: string;
    starts_on: string;
    said_on: string | null;
    bought_on: string;
    today: string;
    latest_approval_minutes: number;
    open_minor: number;
  };

async function readRow(tx: Tx, bookingId: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select
      k.status, k.payment_status, k.locale, k.currency, k.amount_minor, k.paid_charge_id, k.reversal_answer, k.ends_at as hold_ends_at,
      k.customer_name, k.customer_email, k.customer_phone, k.customer_id, k.created_at, k.token,
      b.id, b.starts_at, b.ends_at, b.service_id, b.professional_id, b.online, b.meeting_url, b.price_minor, b.charge_type,
      b.attendance, b.attended_at, b.customer_timezone, b.cancellation, b.campaign, b.link_id, b.by_hand, b.imported, open_rest(b, k) as open_minor,
      s.name as service_name, p.name as professional_name, l.public_id, l.name as link_name, t.timezone, t.country, t.latest_approval_minutes,
      (b.starts_at at time zone t.timezone)::date::text as starts_on,
      (b.attended_at at time zone t.timezone)::date::text as said_on,
      (now() at time zone t.timezone)::date::text as today, ${boughtOn} as bought_on
    from booking b
    join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
    join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
    join booking_link l on l.tenant_id = b.tenant_id and l.id = b.link_id
    join tenant t on t.tenant_id = b.tenant_id
    where b.tenant_id = current_tenant() and b.id = ${bookingId}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Refusal("checkout_unknown");
  return row;
}

function appointmentOf(row: Row) {
  return {
    id: row.id,
    status: row.status,
    paymentStatus: row.payment_status,
    createdAt: row.created_at.toISOString(),
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    timezone: row.timezone,
    customerTimezone: row.customer_timezone,
    country: row.country,
    holdEndsAt: row.hold_ends_at.toISOString(),
    service: { id: row.service_id, name: row.service_name, online: row.online },
    professional: { id: row.professional_id, name: row.professional_name },
    roomUrl: row.meeting_url && isPaid(row.status) ? roomAddressOf(row.meeting_url) : null,
    attendance: row.attendance,
    attendedAt: row.attended_at?.toISOString() ?? null,
    link: { id: row.link_id, publicId: row.public_id, name: row.link_name },
    campaign: row.campaign,
  };
}

function termsOf({ cancellation, amount_minor: amountMinor, currency, starts_at: start }: Row) {
  if (!cancellation) return { cancellation, backUntil: [] };
  const paid = { amountMinor, start, now: new Date(databaseNow()), stepMinor: usualStepMinor(currency) };
  const backUntil = moneyBack(cancellation, paid).map(({ until, ...back }) => ({ ...back, until: until.toISOString() }));
  return { cancellation, backUntil };
}

const isWaiting = ({ status, hold_ends_at }: Row): boolean => status === "pending" && hold_ends_at.getTime() > databaseNow();

/** The customer's own address of a booking that waits for its money. */
function linkOf(row: Row, { permissions }: BookingViewer): DeskBooking["paymentLink"] {
  if (!row.by_hand || !isWaiting(row) || !permissions.includes("bookings.change")) return null;
  const latest = latestPayingEnd(row.starts_at, row.latest_approval_minutes);
  return {
    url: customersPage(row),
    endsAt: row.hold_ends_at.toISOString(),
    latestEndAt: latestLinkEnd({ now: new Date(databaseNow()), latest })?.toISOString() ?? null,
  };
}

const standing: readonly CheckoutStatus[] = ["pending", "paid", "confirmed"];

type Doing = { viewer: BookingViewer; row: Row; leftMinor: number; isAttended: boolean; blocks: DeskBooking["disputeBlocks"] } & Pick<
  DeskBooking,
  "rest" | "reversalAnswer"
>;

function mayDo({ viewer: { permissions }, row, leftMinor, rest, reversalAnswer, isAttended, blocks }: Doing): DeskBooking["may"] {
  const changes = permissions.includes("bookings.change");
  const hasOpenRest = rest !== null && rest.state !== "paid";
  const attends = permissions.includes("bookings.attend");
  return {
    cancel: changes && standing.includes(row.status) && row.attendance === null,
    refund: changes && leftMinor > 0 && !blocks.includes("booking"),
    answerReversal: changes && reversalAnswer === "open",
    attend: attends && isAttended,
    note: attends,
    resendMail: changes && isPaid(row.status) && !row.imported,
    takeOnSite: changes && (isWaiting(row) || hasOpenRest),
    askForRest: changes && hasOpenRest,
    refundRest: changes && (rest?.leftMinor ?? 0) > 0 && !blocks.includes("rest"),
    enterRoom: attends && isPaid(row.status) && row.meeting_url !== null,
    seeDeliveries: permissions.includes("events.read"),
    changeDeliveries: changes,
  };
}
