import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { attention } from "#queries/doctor.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, hurryPolls, noPromiseIsBroken, paidFollowUps, refundCases, resolve, settledAtOnce } from "./stories.ts";

/** The approving fact counts: an older word about the same charge never does, whatever it said. */
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

type Seen = { amount: number; currency: string; status: string };

/** A charge that was first seen pending, with this money. */
async function seenPending(knobs: object = {}) {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const { transactionIds } = await pay(world, booking.checkoutUrl, "pending", knobs);
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect(await chargeOf(clinic)).toMatchObject([{ status: "pending" }]);
  });
  return { clinic, booking, transactionId: transactionIds[0] };
}

async function chargeOf(clinic: Clinic): Promise<Seen[]> {
  const { rows } = await world.owner.query<Seen>("select amount_minor::int as amount, currency, status from charge where tenant_id = $1", [
    clinic.tenantId,
  ]);
  return rows;
}

async function factsOf(clinic: Clinic): Promise<Seen[]> {
  const { rows } = await world.owner.query<Seen>(
    "select amount_minor::int as amount, currency, status from charge_fact where tenant_id = $1 order by told_at, id",
    [clinic.tenantId],
  );
  return rows;
}

async function pollAgain(clinic: Clinic, bookingId: string): Promise<void> {
  const { rows } = await world.owner.query<{ id: string }>("select id from payment where checkout_id = $1", [bookingId]);
  await pollPayment({ tenantId: clinic.tenantId, paymentId: rows[0]?.id ?? "", isExtra: true });
}

test.each([
  ["another amount", { amountInCents: 150_000 }, { amount: 150_000, currency: "COP" }],
  ["another currency", { currency: "USD" }, { amount: 10_000_000, currency: "USD" }],
])(
  "seen pending with the right money, then approved with %s: it never confirms, and what was approved goes back",
  async (_, knobs, approved) => {
    const { clinic, booking, transactionId } = await seenPending();
    await resolve(world, transactionId, "APPROVED", knobs);
    await eventually(async () => expect((await state(world, booking)).refund?.reason).toBe("mismatch"));
    await settledAtOnce(world, booking.id);
    expect((await state(world, booking)).status).toBe("pending");
    expect(await refundCases(world, clinic)).toMatchObject([{ reason: "mismatch", ...approved }]);
    expect(await chargeOf(clinic)).toMatchObject([approved]);
    expect(await factsOf(clinic)).toEqual([
      { amount: 10_000_000, currency: "COP", status: "pending" },
      { ...approved, status: "approved" },
    ]);
  },
);

test("seen pending with another amount, then approved with the right one: it confirms, and both facts are kept", async () => {
  const { clinic, booking, transactionId } = await seenPending({ amountInCents: 150_000 });
  await resolve(world, transactionId, "APPROVED", { amountInCents: 10_000_000 });
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(
    confirmed({ followUps: { ...paidFollowUps, "payment.facts_differ notify-merchant": "done" } }),
  );
  expect(await chargeOf(clinic)).toEqual([{ amount: 10_000_000, currency: "COP", status: "approved" }]);
  expect(await factsOf(clinic)).toHaveLength(2);
});

test("an approval that later names another amount changes nothing of the booking, and is kept and shown once", async () => {
  const { clinic, booking, transactionId } = await seenPending();
  await resolve(world, transactionId, "APPROVED");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  const before = (await attention()).differingCharges;
  for (let n = 0; n < 3; n += 1) {
    await resolve(world, transactionId, "APPROVED", { amountInCents: 150_000, event: "never" });
    await pollAgain(clinic, booking.id);
  }
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(
    confirmed({ followUps: { ...paidFollowUps, "payment.facts_differ notify-merchant": "done" } }),
  );
  expect(await chargeOf(clinic)).toEqual([{ amount: 10_000_000, currency: "COP", status: "approved" }]);
  expect(await factsOf(clinic)).toEqual([
    { amount: 10_000_000, currency: "COP", status: "approved" },
    { amount: 150_000, currency: "COP", status: "approved" },
  ]);
  expect((await attention()).differingCharges).toBe(before + 1);
});

test("a charge that says the same every time leaves no second fact", async () => {
  const { clinic, booking, transactionId } = await seenPending();
  await resolve(world, transactionId, "APPROVED");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await pollAgain(clinic, booking.id);
  expect(await factsOf(clinic)).toEqual([]);
});
