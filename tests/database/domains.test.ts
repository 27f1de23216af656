import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tones } from "#contracts/settings/tones.ts";
import { type Attendance, checkoutPaymentStatuses, checkoutStatuses, type ReversalAnswer } from "#domain/checkout-states.ts";
import { declineReasons } from "#domain/choice/decline-reasons.ts";
import { claimStates } from "#domain/claim-states.ts";
import { noticeMailKinds } from "#domain/desk/notices.ts";
import type { EventSubject, FollowUpState } from "#domain/follow-ups.ts";
import { disputeKinds, disputeStates } from "#domain/money-back/disputes.ts";
import type { RefundPartState } from "#domain/money-back/refund-parts.ts";
import { type ChargeOutcome, type ChargeState, type InboxState, type PaymentState, paymentStates } from "#domain/payment-states.ts";
import { calendarStatuses } from "#domain/professionals/limits.ts";
import { openingExceptionKinds } from "#domain/professionals/openings.ts";
import { type RefundMethod, refundReasons, refundStates } from "#domain/refund-policy.ts";
import { roleNames } from "#domain/roles.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { checkViolation, connectAs } from "./roles.ts";

/** A union without a list of its own. The compiler refuses a record that misses a word of it, or has another. */
const wordsOf = <Word extends string>(record: Record<Word, true>) => Object.keys(record);
const isChargeState = (state: PaymentState): state is ChargeState => state !== "created";

/** Every domain of the database that is a closed list, and the words that the product has for it. */
const unions: Record<string, readonly string[]> = {
  calendar_status: calendarStatuses,
  customer_tone: tones,
  member_role: roleNames,
  notice_mail_kind: noticeMailKinds,
  opening_exception_kind: openingExceptionKinds,
  attendance: wordsOf<Attendance>({ arrived: true, completed: true, no_show: true }),
  charge_outcome: wordsOf<ChargeOutcome>({ booked: true, refund_case: true }),
  charge_status: paymentStates.filter(isChargeState),
  checkout_payment_status: checkoutPaymentStatuses,
  checkout_status: checkoutStatuses,
  claim_state: claimStates,
  decline_reason: declineReasons,
  event_subject: wordsOf<EventSubject>({ checkout: true, payment: true, refund_case: true, inbox_event: true, tenant: true }),
  follow_up_state: wordsOf<FollowUpState>({ waiting: true, pending: true, done: true, attention: true, skipped: true }),
  inbox_state: wordsOf<InboxState>({ received: true, settled: true, ignored: true, unmatched: true, refund_case: true, not_ours: true }),
  payment_status: paymentStates,
  refund_method: wordsOf<RefundMethod>({ void: true, refund: true, manual: true }),
  refund_reason: refundReasons,
  refund_state: refundStates,
  refund_part_state: wordsOf<RefundPartState>({ pending: true, short_of_balance: true, done: true, failed: true }),
  dispute_kind: disputeKinds,
  dispute_state: disputeStates,
  reversal_answer: wordsOf<ReversalAnswer>({ open: true, keep: true, cancel: true }),
};
/** Not a list: an amount, and words that a registry or a kind brings. */
const open = ["checkout_kind", "claimed_quantity", "follow_up_job", "minor_units"];

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectAs(database.url, "owner");
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test("every domain of the database is a list with a union of the product, or is known not to be one", async () => {
  const { rows } = await owner.query<{ name: string }>(
    "select typname as name from pg_type where typtype = 'd' and typnamespace = 'public'::regnamespace",
  );
  expect(rows.map(({ name }) => name).sort()).toEqual([...Object.keys(unions), ...open].sort());
});

test.each(Object.keys(unions))("the words of %s are those of its union", async (name) => {
  const { rows } = await owner.query<{ rule: string }>(
    "select pg_get_constraintdef(oid) as rule from pg_constraint where contypid = $1::regtype and contype = 'c'",
    [name],
  );
  expect(rows).toHaveLength(1);
  const words = [...(rows[0]?.rule ?? "").matchAll(/'([^']*)'/g)].map(([, word]) => word);
  expect(words.sort()).toEqual([...(unions[name] ?? [])].sort());
});

test.each(Object.keys(unions))("%s takes in every word of its union, and no other", async (name) => {
  for (const word of unions[name] ?? []) {
    const { rows } = await owner.query<{ word: string }>(`select $1::${name} as word`, [word]);
    expect(rows).toEqual([{ word }]);
  }
  await expect(owner.query(`select 'something else'::${name}`)).rejects.toMatchObject({ code: checkViolation });
});

/** Where a state is kept: the column has its domain, so that nothing but its words can be written. */
const columns: Record<string, string> = {
  "booking.attendance": "attendance",
  "charge.decline_reason": "decline_reason",
  "charge.outcome": "charge_outcome",
  "charge.status": "charge_status",
  "charge_fact.status": "charge_status",
  "checkout.kind": "checkout_kind",
  "checkout.payment_status": "checkout_payment_status",
  "checkout.reversal_answer": "reversal_answer",
  "checkout.status": "checkout_status",
  "charge_refund.state": "refund_part_state",
  "dispute.kind": "dispute_kind",
  "dispute.state": "dispute_state",
  "event.subject_kind": "event_subject",
  "follow_up.job": "follow_up_job",
  "follow_up.state": "follow_up_state",
  "follow_up.waits_for": "follow_up_job",
  "inbox_event.state": "inbox_state",
  "invitation.role": "member_role",
  "member.role": "member_role",
  "notice_mail.kind": "notice_mail_kind",
  "opening_exception.kind": "opening_exception_kind",
  "payment.status": "payment_status",
  "professional.calendar_status": "calendar_status",
  "refund_case.method": "refund_method",
  "refund_case.reason": "refund_reason",
  "refund_case.state": "refund_state",
  "discount_claim.state": "claim_state",
  "slot_claim.state": "claim_state",
  "stock_claim.state": "claim_state",
  "tenant.tone": "customer_tone",
};

test("every state and status is kept in a column of its domain", async () => {
  const { rows } = await owner.query<{ name: string; domain: string | null }>(
    `select table_name || '.' || column_name as name, domain_name as domain from information_schema.columns
     where table_schema = 'public' and (domain_name not in ('minor_units', 'claimed_quantity') or column_name in ('state', 'status'))`,
  );
  expect(Object.fromEntries(rows.map(({ name, domain }) => [name, domain]))).toEqual(columns);
});
