import { expect, test } from "vitest";
import { setAttendance } from "#commands/bookings/set-attendance.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { rolePermissions } from "#contracts/caller.ts";
import type { RefundChoice } from "#domain/desk/refund-choice.ts";
import { prepareStage } from "../support/stage.ts";
import {
  approve,
  atOnce,
  countEvents,
  decided,
  expectNoDeadlocks,
  onPaymentPage,
  type Paying,
  type Place,
  rounds,
  sentBack,
  settleNow,
  settlers,
  won,
} from "./contest.ts";

/**
 * Two people at the reception, and the money on its way. Without its lock each race breaks:
 * tests/breakages/desk.ts.
 */
const stage = prepareStage({ worker: false, keepsPromises: true });
expectNoDeadlocks(stage);
const price = 10_000_000;
let place: Place;

/** Each round in a slot of its own. */
async function eachRound(run: (n: number) => Promise<void>): Promise<void> {
  place = { world: stage, clinic: await stage.openClinic() };
  for (let n = 0; n < times; n += 1) await run(n);
}
const times = Math.ceil((rounds * 2) / 3);

async function paid(n: number): Promise<Paying> {
  const booking = await onPaymentPage(place, n);
  await approve(stage, booking.checkoutUrl);
  await settleNow(place, booking);
  return booking;
}

const operator = { kind: "operator" } as const;
const cancel = ({ id }: Paying, refund: RefundChoice, status: "pending" | "paid" = "paid", refundMinor = minorOf(refund)) =>
  cancelCheckout({
    caller: operator,
    input: { tenantId: place.clinic.tenantId, checkoutId: id, refund, seen: { status, refundMinor } },
  });
const minorOf = (refund: RefundChoice): number => (typeof refund === "object" ? refund.amountMinor : refund === "full" ? price : 0);
const casesOf = async (id: string) => (await decided(place, id)).refundCases.map(({ amountMinor }) => amountMinor);

test("cancelled at once with different refunds: one decides, the others are told, and no more goes back than it said", async () => {
  const winners = new Set<string>();
  await eachRound(async (n) => {
    const booking = await paid(n);
    const choices: RefundChoice[] = ["none", "full", { amountMinor: 2_500_000 }, "full"];
    const ends = await Promise.all(choices.map((refund) => atOnce([() => cancel(booking, refund)])));
    const first = ends.flat().indexOf("done");
    expect(ends.flat().toSorted()).toEqual(["already_cancelled", "already_cancelled", "already_cancelled", "done"]);
    const sent = minorOf(choices[first] ?? "none");
    expect(await casesOf(booking.id)).toEqual(sent ? [sent] : []);
    expect((await countEvents(stage, booking.id))["booking.cancelled"]).toBe(1);
    winners.add(String(first));
  });
  console.log(`cancelled at once: decided by ${[...winners].join(", ")}`);
});

test("cancelled by what was seen while the money arrives: it stands paid and the person is told, or it is cancelled and all goes back", async () => {
  const ends = new Set<string>();
  await eachRound(async (n) => {
    const booking = await onPaymentPage(place, n);
    await approve(stage, booking.checkoutUrl);
    let told = "";
    const decide = async () => {
      [told = ""] = await atOnce([() => cancel(booking, "none", "pending")]);
    };
    await atOnce([...(await settlers(place, booking)), decide]);
    await settleNow(place, booking);
    expect(["done", "changed_meanwhile"]).toContain(told);
    const after = await decided(place, booking.id);
    if (told === "done") expect({ ...after, claims: [] }).toEqual(sentBack("cancelled"));
    else expect(after).toEqual(won);
    ends.add(told);
  });
  console.log(`cancelled against a payment: ${[...ends].join(" and ")}`);
});

test("cancelled while somebody notes that the customer came: one holds, the other is told", async () => {
  const ends = new Set<string>();
  await eachRound(async (n) => {
    const booking = await paid(n);
    // It is over, and not so long that its claim should be.
    await stage.owner.query(
      `with moved as (
         update booking b set starts_at = b.starts_at - interval '40 hours', ends_at = b.ends_at - interval '40 hours',
           during = tstzrange(lower(b.during) - interval '40 hours', upper(b.during) - interval '40 hours') where b.id = $1 returning *
       )
       update slot_claim c set starts_at = m.starts_at, ends_at = m.ends_at, during = m.during from moved m where c.checkout_id = m.id`,
      [booking.id],
    );
    const caller = { ...member, tenantId: place.clinic.tenantId, memberId: booking.id };
    const came = () => setAttendance({ caller, input: { bookingId: booking.id, attendance: "arrived" } });
    const [said = "", cancelled = ""] = (await Promise.all([atOnce([came]), atOnce([() => cancel(booking, "full")])])).flat();
    expect([
      ["done", "booking_attended"],
      ["booking_not_standing", "done"],
    ]).toContainEqual([said, cancelled]);
    const { rows } = await stage.owner.query("select attendance from booking where id = $1", [booking.id]);
    expect(rows).toEqual([{ attendance: said === "done" ? "arrived" : null }]);
    expect(await casesOf(booking.id)).toEqual(said === "done" ? [] : [price]);
    ends.add(said);
  });
  console.log(`cancelled against attendance: ${[...ends].join(" and ")}`);
});
const member = {
  kind: "member",
  role: "owner",
  professionalId: null,
  seesPhones: true,
  permissions: rolePermissions("owner"),
  origin: { address: null, browser: null },
} as const;

test("refunded and cancelled at once by what each saw: never more than was paid", async () => {
  await eachRound(async (n) => {
    const booking = await paid(n);
    const { tenantId } = place.clinic;
    const refund = () =>
      requestRefund({ caller: operator, input: { tenantId, checkoutId: booking.id, amountMinor: 6_000_000, seenLeftMinor: price } });
    const ends = await Promise.all([atOnce([refund]), atOnce([refund]), atOnce([() => cancel(booking, "full")])]);
    expect(ends.flat().filter((end) => end === "done")).toHaveLength(1);
    const sums = await casesOf(booking.id);
    expect(sums).toEqual(ends[2]?.[0] === "done" ? [price] : [6_000_000]);
  });
});
