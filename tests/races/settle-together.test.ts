import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { settleCharge } from "#commands/settlement/settle-charge.ts";
import { examine } from "#queries/doctor.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { approvalOf, countEvents, decided, onPaymentPage, type Place, sentBack, won } from "./contest.ts";

/**
 * Approvals that end at the same moment are settled in one transaction. Each must end as if it had
 * been alone.
 */
const stage = prepareStage({ worker: false });

type Approval = ReturnType<typeof approvalOf>;

/** One of every fate that an approved payment may have. */
async function everyFate(place: Place) {
  const { clinic } = place;
  const pages = await Promise.all(Array.from({ length: 8 }, (_, n) => onPaymentPage(place, n)));
  const [alive, also, late, resold, cancelled, wrong, twice, gone] = pages as [
    Paying,
    Paying,
    Paying,
    Paying,
    Paying,
    Paying,
    Paying,
    Paying,
  ];
  for (const lapsed of [late, resold]) await stage.timePasses(lapsed.id, 41);
  expect((await stage.hold(clinic, { start: slotStart(3) })).status).toBe(201);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: cancelled.id } });
  const other = { reference: (await stage.retry(twice)).body.reference };
  const approvals = [alive, also, late, resold, cancelled, twice, other].map((paid) => approvalOf(place, paid));
  const less = approvalOf(place, wrong);
  approvals.push({ ...less, fact: { ...less.fact, amountMinor: 9_999_999 } });
  approvals.push(approvalOf(place, { reference: `GONE-${gone.reference}` }));
  return { approvals, bookings: { alive, also, late, resold, cancelled, wrong, twice } };
}
type Paying = Awaited<ReturnType<typeof onPaymentPage>>;

const refunded = (reason: string, amountMinor = 10_000_000) => [{ reason, state: "open", amountMinor }];

async function expectFates(place: Place, bookings: Record<string, Paying>) {
  const ends = Object.fromEntries(
    await Promise.all(Object.entries(bookings).map(async ([fate, { id }]) => [fate, await decided(place, id)] as const)),
  );
  expect(ends).toMatchObject({
    alive: won,
    also: won,
    late: won,
    resold: sentBack("capacity_gone"),
    cancelled: { booking: { status: "cancelled" }, refundCases: refunded("cancelled") },
    wrong: { booking: { status: "pending" }, refundCases: refunded("mismatch", 9_999_999) },
    twice: { ...won, refundCases: refunded("duplicate") },
  });
  for (const fate of ["alive", "also", "late", "twice"]) {
    expect(await countEvents(stage, bookings[fate]?.id ?? "")).toMatchObject({ "booking.paid": 1 });
  }
}

test("alone, one after the other, each approval has its fate", async () => {
  const place = { world: stage, clinic: await stage.openClinic() };
  const { approvals, bookings } = await everyFate(place);
  const known = [];
  for (const approval of approvals) known.push(await settleCharge(approval));
  expect(known).toEqual([true, true, true, true, true, true, true, true, false]);
  await expectFates(place, bookings);
});

test("together, of two merchants, each has the same fate; and again, nothing changes", async () => {
  const places = await Promise.all([0, 1].map(async () => ({ world: stage, clinic: await stage.openClinic() })));
  const fates = await Promise.all(places.map(everyFate));
  const approvals = fates.flatMap((fate) => fate.approvals);
  const settleAll = (all: Approval[]) => Promise.all(all.map(settleCharge));
  const [known] = await Promise.all([settleAll(approvals), settleAll(approvals.toReversed())]);
  expect(known.filter((isKnown) => !isKnown)).toHaveLength(2);
  const look = () => Promise.all(places.map((place, n) => expectFates(place, fates[n]?.bookings ?? {})));
  await look();
  await settleAll(approvals);
  await look();
  expect(await examine()).toEqual([]);
});

test("one that the database cannot write spoils only itself", async () => {
  const place = { world: stage, clinic: await stage.openClinic() };
  const pages = await Promise.all([0, 1, 2].map((n) => onPaymentPage(place, n)));
  const approvals = pages.map((page) => approvalOf(place, page));
  const [first, spoilt, third] = approvals as [Approval, Approval, Approval];
  const unwritable = { ...spoilt, fact: { ...spoilt.fact, method: "a NUL: \0" } };
  const ends = await Promise.allSettled([first, unwritable, third].map(settleCharge));
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  for (const n of [0, 2]) expect(await decided(place, pages[n]?.id ?? "")).toEqual(won);
  expect(await settleCharge(spoilt)).toBe(true);
  expect(await decided(place, pages[1]?.id ?? "")).toEqual(won);
});

test("the provider's own time of approval is kept", async () => {
  const place = { world: stage, clinic: await stage.openClinic() };
  const approval = approvalOf(place, await onPaymentPage(place, 0));
  const finalizedAt = new Date("2026-01-02T03:04:05Z");
  await settleCharge({ ...approval, fact: { ...approval.fact, finalizedAt } });
  const { rows } = await stage.owner.query("select approved_at, outcome from charge where provider_charge_id = $1", [
    approval.fact.providerChargeId,
  ]);
  expect(rows).toEqual([{ approved_at: finalizedAt, outcome: "booked" }]);
});
