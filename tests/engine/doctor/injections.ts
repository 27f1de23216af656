/** A healthy story, and what is done to its rows by hand. `:booking` is its booking's id. */
/** `needsProof`: the provider's signature proves the approval. `needsLookup`: it can be asked. */
export type Injection = { what: string; statement: string; speaks: readonly string[]; needsProof?: boolean; needsLookup?: boolean };

const payingCharge = "id = (select paid_charge_id from checkout where id = :booking)";
const ofPaid = "event_id in (select id from event where subject_id = :booking and kind = 'booking.paid')";
const noFollowUp = "an event lacks a room, mail, callback or other follow-up that its rules want";
const noEffect = "a follow-up has ended and nothing shows what it did";
const otherMoney = "what paid a checkout is not the amount that was asked for";
const moneyGone = "the money of a paid checkout is not there, and nobody was asked what becomes of it";
const tooLong = "a hold ends later than any hold may";
const overButKept = "a checkout that is over still keeps capacity";
const otherClaim = "a claim is for another time, professional or service than its booking";
const otherMove = "a booking is not where its last move has put it";
const otherSpan = "the span of a booking is not its appointment with buffers";
const otherFacts = "what an event says of its subject is not what the booking says";
const lateConfirm = "a checkout is paid, all its follow-ups have ended, and it was not confirmed";
const stuck = "a row is in a state that time should have ended";
const otherRefund = "a refund case sends back another amount than its event says";
const tooLittle = "refund cases send back less than their charge, which paid for nothing";
const unkept = "no refund case sends back what a cancellation said";

const lost = (what: string, job: string): Injection => ({
  what,
  statement: `delete from follow_up where ${ofPaid} and job = '${job}';
    update tenant set callback_url = null, notify_email = null, updated_at = now()
      where tenant_id = (select tenant_id from checkout where id = :booking)`,
  speaks: [noFollowUp],
});

/** Into a booking that is paid, online, confirmed and told to everybody. */
export const intoConfirmed: readonly Injection[] = [
  {
    what: "the charge has another amount",
    statement: `update charge set amount_minor = 150000 where ${payingCharge}`,
    speaks: [otherMoney],
  },
  { what: "the charge has another currency", statement: `update charge set currency = 'USD' where ${payingCharge}`, speaks: [otherMoney] },
  {
    what: "the payment asked for another amount",
    statement: "update payment set amount_minor = 1 where checkout_id = :booking",
    speaks: [otherMoney],
  },
  {
    what: "the charge belongs to another checkout",
    statement: "update payment set checkout_id = gen_random_uuid() where checkout_id = :booking",
    speaks: [otherMoney, "a room, mail or callback exists for a checkout without money"],
  },
  { what: "the charge is voided", statement: `update charge set status = 'voided' where ${payingCharge}`, speaks: [moneyGone] },
  {
    what: "the charge was charged back",
    statement: `update charge set status = 'charged_back' where ${payingCharge}`,
    speaks: [moneyGone],
  },
  { what: "the charge was never approved", statement: `update charge set status = 'pending' where ${payingCharge}`, speaks: [moneyGone] },
  {
    what: "no event says that it is paid",
    statement: "delete from event where subject_id = :booking and kind = 'booking.paid'",
    speaks: ["a paid checkout has no event that says so"],
  },
  {
    what: "its claim is at another time",
    statement: `update slot_claim set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day',
      during = tstzrange(lower(during) + interval '1 day', upper(during) + interval '1 day') where checkout_id = :booking and state = 'booked'`,
    speaks: [otherClaim],
  },
  {
    what: "its claim is of another professional",
    statement: "update slot_claim set professional_id = gen_random_uuid() where checkout_id = :booking and state = 'booked'",
    speaks: [otherClaim],
  },
  {
    what: "its span and its claim's begin ten hours early",
    statement: `update booking set during = tstzrange(lower(during) - interval '10 hours', upper(during)) where id = :booking;
      update slot_claim set during = (select during from booking where id = :booking) where checkout_id = :booking and state = 'booked'`,
    speaks: [otherSpan],
  },
  {
    what: "a follow-up waits for one that does not exist",
    statement: `update follow_up set state = 'waiting', waits_for = 'close-room' where ${ofPaid} and job = 'mail-customer-paid'`,
    speaks: ["a follow-up waits for one that does not exist"],
  },
  {
    what: "a follow-up waits for nothing",
    statement: `update follow_up set state = 'waiting', waits_for = null where ${ofPaid} and job = 'mail-customer-paid'`,
    speaks: ["a follow-up waits for one that does not exist"],
  },
  {
    what: "a follow-up is pending without a job",
    statement: `update follow_up set state = 'pending', run_at = now() + interval '10 years' where ${ofPaid} and job = 'mail-customer-paid'`,
    speaks: ["a follow-up is pending and no job will run it"],
  },
  { what: "the room is not recorded", statement: "update booking set meeting_url = null where id = :booking", speaks: [noEffect] },
  {
    what: "the notice is not there",
    statement: "delete from notification where checkout_id = :booking",
    speaks: [noEffect],
  },
  {
    what: "no attempt delivered the callback",
    statement: `update callback_attempt set status_code = 500 where follow_up_id in (select id from follow_up where subject_id = :booking)`,
    speaks: [noEffect],
  },
  {
    what: "a mail is marked done by hand",
    statement: `update follow_up set effect = null where ${ofPaid} and job = 'mail-professional-paid'`,
    speaks: [noEffect],
  },
  {
    what: "a mail is skipped without a reason",
    statement: `update follow_up set state = 'skipped' where ${ofPaid} and job = 'mail-professional-paid'`,
    speaks: [noEffect],
  },
  lost("the room is missing", "create-room"),
  lost("the customer's mail is missing", "mail-customer-paid"),
  lost("the merchant's mail is missing", "mail-merchant-paid"),
  lost("the callback is missing", "deliver-callback"),
  {
    what: "the booking is online, its event said so, and no more",
    statement: "update booking set online = false where id = :booking",
    speaks: [otherFacts],
  },
  {
    what: "the event forgot the room, and so did the checkout",
    statement: `update checkout set traits = '{}' where id = :booking; delete from follow_up where ${ofPaid} and job = 'create-room';
      update event set conditions = array_remove(conditions, 'online') where subject_id = :booking and kind = 'booking.paid'`,
    speaks: [otherFacts],
  },
  {
    what: "it is paid for days",
    statement: "update checkout set status = 'paid', updated_at = now() - interval '3 days' where id = :booking",
    speaks: [lateConfirm],
  },
  {
    what: "it is paid for days, and its callback waits for a person",
    statement: `update checkout set status = 'paid', updated_at = now() - interval '5 days' where id = :booking;
      update follow_up set state = 'attention' where ${ofPaid} and job = 'deliver-callback'`,
    speaks: [stuck],
  },
  {
    what: "its signed approval is marked ignored",
    needsProof: true,
    statement: `update inbox_event set state = 'ignored' where reference in (select reference from payment where checkout_id = :booking)`,
    speaks: ["a signed approval was ignored, and nothing says why"],
  },
  {
    what: "the charge of its signed approval is another one",
    needsProof: true,
    statement: `update charge set provider_charge_id = 'another' where ${payingCharge}`,
    speaks: ["a signed approval counts as settled, and its charge is not recorded"],
  },
  {
    what: "a verified event waits without a job",
    statement: `update inbox_event set state = 'received', received_at = now()
      where reference in (select reference from payment where checkout_id = :booking)`,
    speaks: ["a verified event waits and nothing will settle it"],
  },
];

/** Into one whose customer is on the payment page. Nothing runs. */
/** Into a booking that was moved, once, from the first slot. */
export const intoMoved: readonly Injection[] = [
  {
    what: "its claim stayed behind",
    statement: `update slot_claim set starts_at = starts_at - interval '2 hours', ends_at = ends_at - interval '2 hours',
      during = tstzrange(lower(during) - interval '2 hours', upper(during) - interval '2 hours') where checkout_id = :booking`,
    speaks: [otherClaim],
  },
  {
    what: "it and its claim were moved on, and no event says so",
    statement: `update booking set starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day',
        during = tstzrange(lower(during) + interval '1 day', upper(during) + interval '1 day') where id = :booking;
      update slot_claim c set starts_at = b.starts_at, ends_at = b.ends_at, during = b.during from booking b
        where b.id = :booking and c.checkout_id = b.id`,
    speaks: [otherMove],
  },
  {
    what: "no event says that it was moved",
    statement: "delete from event where subject_id = :booking and kind = 'booking.rescheduled'",
    speaks: [otherMove],
  },
];

export const intoPending: readonly Injection[] = [
  {
    what: "nobody asks about its open payment",
    needsLookup: true,
    statement: "delete from graphile_worker._private_jobs where key in (select 'poll-' || id from payment where checkout_id = :booking)",
    speaks: ["a payment may still be approved and nobody asks about it"],
  },
  {
    what: "the job that asks has used up its tries",
    needsLookup: true,
    statement: `update graphile_worker._private_jobs set attempts = max_attempts
      where key in (select 'poll-' || id from payment where checkout_id = :booking)`,
    speaks: ["a payment may still be approved and nobody asks about it"],
  },
  {
    what: "it is dead, and its claim lives",
    statement: "update checkout set status = 'expired' where id = :booking",
    speaks: [overButKept],
  },
  {
    what: "it is dead, and its claim ends in ten years",
    statement: `update checkout set status = 'failed' where id = :booking;
      update slot_claim set expires_at = now() + interval '10 years' where checkout_id = :booking`,
    speaks: [tooLong, overButKept],
  },
  {
    what: "its claim ends in ten years",
    statement: "update slot_claim set expires_at = now() + interval '10 years' where checkout_id = :booking",
    speaks: [tooLong],
  },
  {
    what: "its countdown and its claim end in ten years",
    statement: `update checkout set ends_at = now() + interval '10 years' where id = :booking;
      update slot_claim set expires_at = now() + interval '10 years' where checkout_id = :booking`,
    speaks: [tooLong],
  },
];

/** Into one that was paid and cancelled, and whose money is back. */
export const intoRefunded: readonly Injection[] = [
  {
    what: "the case is done for another amount",
    statement: "update refund_case set amount_minor = amount_minor - 1 where checkout_id = :booking",
    speaks: [otherRefund, tooLittle, unkept],
  },
  {
    what: "its event says another amount",
    statement: `update event set details = jsonb_set(details, '{amountMinor}', '7') where subject_id = :booking and kind = 'refund_case.opened'`,
    speaks: [otherRefund],
  },
  {
    what: "the case and its event say too little",
    statement: `update refund_case set amount_minor = 7 where checkout_id = :booking;
      update event set details = jsonb_set(details, '{amountMinor}', '7') where subject_id = :booking and kind = 'refund_case.opened'`,
    speaks: [tooLittle, unkept],
  },
  {
    what: "the cancellation said that more goes back",
    statement: `update event set details = jsonb_set(details, '{refundMinor}', '10000001') where subject_id = :booking and kind = 'booking.cancelled'`,
    speaks: [unkept],
  },
  {
    what: "the case is done in another currency",
    statement: "update refund_case set currency = 'USD' where checkout_id = :booking",
    speaks: [otherRefund],
  },
  {
    what: "the case is done without a proof",
    statement: "update refund_case set proof = null where checkout_id = :booking",
    speaks: ["a refund case is done without a proof"],
  },
  {
    what: "the case is open, and its follow-up is done",
    statement: "update refund_case set state = 'observing' where checkout_id = :booking",
    speaks: ["a refund case is open and nothing advances it"],
  },
];

/** Into the second of two confirmed bookings of one professional. */
export const intoSecond: readonly Injection[] = [
  {
    what: "two paid bookings overlap by their rows",
    statement: `update booking b set starts_at = o.starts_at, ends_at = o.ends_at, during = o.during from booking o
      where b.id = :booking and o.tenant_id = b.tenant_id and o.id <> b.id`,
    speaks: ["two paid bookings of one professional overlap", otherClaim],
  },
];
