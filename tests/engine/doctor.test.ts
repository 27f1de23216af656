import { expect, test } from "vitest";
import { checks } from "#queries/doctor.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { breakIt, foundIn } from "./doctor/break-it.ts";
import { intoConfirmed, intoMoved, intoPending, intoRefunded, intoSecond } from "./doctor/injections.ts";
import { intoOrder } from "./doctor/shop-injections.ts";
import { settledAtOnce } from "./stories.ts";

/**
 * A check that finds nothing proves something only if it can find. Each promise is broken in the
 * data, by hand.
 */
const stage = prepareStage();

async function confirmedOnline(): Promise<{ clinic: Clinic; bookingId: string }> {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  return { clinic, bookingId: booking.id };
}

const refundCase = (columns: string, values: string) =>
  `insert into refund_case (tenant_id, charge_id, checkout_id, amount_minor, currency, ${columns})
   select c.tenant_id, c.id, b.id, c.amount_minor, c.currency, ${values} from checkout b join charge c on c.id = b.paid_charge_id where b.id = :booking`;

const damages: Record<string, string> = {
  "two booked claims of one professional overlap": `insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, checkout_id)
    select tenant_id, professional_id, service_id, starts_at, ends_at, during, state, checkout_id from slot_claim where checkout_id = :booking and state = 'booked'`,
  "a paid booking has no booked claim, or more than one": "update slot_claim set state = 'released' where checkout_id = :booking",
  "a booked claim belongs to a booking that is not paid": "update checkout set status = 'cancelled' where id = :booking",
  "an approved charge is neither what paid nor a refund case":
    "update checkout set status = 'cancelled', paid_charge_id = null where id = :booking",
  "an approved charge is both what paid and a refund case that nobody asked for": refundCase(
    "reason, due_at",
    "'duplicate', now() + interval '1 day'",
  ),
  "refund cases send back more than their charge": `${refundCase("reason, due_at", "'requested', now() + interval '1 day'")};
    ${refundCase("reason, due_at", "'requested', now() + interval '1 day'")}`,
  "a paid checkout names a charge that does not exist": "update checkout set paid_charge_id = gen_random_uuid() where id = :booking",
  "a refund case is past its deadline": refundCase("reason, due_at", "'duplicate', now() - interval '1 minute'"),
  "a verified event waits for its settling for more than an hour": `update inbox_event set state = 'received', received_at = now() - interval '61 minutes'
    where reference in (select reference from payment where checkout_id = :booking)`,
  "a checkout became paid after the last moment for its money":
    "update checkout set settle_until = now() - interval '1 hour' where id = :booking",
  "a row is in a state that time should have ended":
    "update checkout set status = 'paid', updated_at = now() - interval '5 days' where id = :booking",
  "a pending checkout outlived its claim by more than ten minutes":
    "update checkout set status = 'pending', paid_charge_id = null, ends_at = now() - interval '13 minutes' where id = :booking",
  "a charge that was approved in time lost its slot": `${refundCase("reason, due_at", "'capacity_gone', now() + interval '1 day'")};
    update checkout set ends_at = now() - interval '5 minutes' where id = :booking;
    update charge set approved_at = now() - interval '6 minutes' where id = (select paid_charge_id from checkout where id = :booking)`,
  "a room, mail or callback exists for a checkout without money":
    "update charge set outcome = null where id = (select paid_charge_id from checkout where id = :booking)",
  "a booking has a meeting room but was never paid": "update checkout set status = 'pending', paid_charge_id = null where id = :booking",
  "a follow-up is due for more than fifteen minutes":
    "update follow_up set state = 'pending', run_at = now() - interval '16 minutes' where subject_id = :booking and job = 'notify-merchant'",
  "a follow-up waits for one that has ended":
    "update follow_up set state = 'waiting', waits_for = 'create-room' where subject_id = :booking and job = 'mail-customer-paid'",
};

test("every check of the doctor is broken once, here or by an injection", () => {
  const injected = [intoConfirmed, intoMoved, intoPending, intoRefunded, intoSecond, intoOrder].flat().flatMap(({ speaks }) => speaks);
  expect([...new Set([...Object.keys(damages), ...injected])].sort()).toEqual(checks.map(({ problem }) => problem).sort());
});

test.each(Object.entries(damages))("the doctor finds: %s", async (problem, statement) => {
  const { clinic, bookingId } = await confirmedOnline();
  expect(await foundIn(clinic)).toEqual([]);
  await breakIt(stage, statement, bookingId);
  expect(await foundIn(clinic)).toContain(problem);
});

test("a slot that was resold before the money came is nobody's broken promise", async () => {
  const { clinic, bookingId } = await confirmedOnline();
  const inTime = damages["a charge that was approved in time lost its slot"] ?? "";
  await breakIt(
    stage,
    inTime.replace("approved_at = now() - interval '6 minutes'", "approved_at = now() - interval '4 minutes'"),
    bookingId,
  );
  expect(await foundIn(clinic)).not.toContain("a charge that was approved in time lost its slot");
});
