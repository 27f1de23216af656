import { expect } from "vitest";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { listAttention } from "#queries/attention.ts";
import { withPendingAmounts } from "#tests/engine/capabilities/playable.ts";
import { confirmed, facts, hurryPolls, minutesOfHold, paidFollowUps, refundCases, settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import type { PaymentHabits } from "#tests/support/payers/payer.ts";
import { prepareStage } from "#tests/support/stage.ts";

/** The approving fact counts: an older word about the same charge never does, whatever it said. */
const stage = prepareStage({ keepsPromises: true });

type Seen = { amount: number; currency: string; status: string };

/** A charge that was first seen pending, with this money. */
async function seenPending(habits: PaymentHabits = {}) {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", habits);
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect(await chargeOf(clinic)).toMatchObject([{ status: "pending" }]);
  });
  return { clinic, booking, chargeId: chargeIds[0] };
}

async function chargeOf(clinic: Clinic): Promise<Seen[]> {
  const { rows } = await stage.owner.query<Seen>("select amount_minor::int as amount, currency, status from charge where tenant_id = $1", [
    clinic.tenantId,
  ]);
  return rows;
}

async function factsOf(clinic: Clinic): Promise<Seen[]> {
  const { rows } = await stage.owner.query<Seen>(
    "select amount_minor::int as amount, currency, status from charge_fact where tenant_id = $1 order by told_at, id",
    [clinic.tenantId],
  );
  return rows;
}

async function pollAgain(clinic: Clinic, bookingId: string): Promise<void> {
  const { rows } = await stage.owner.query<{ id: string }>("select id from payment where checkout_id = $1", [bookingId]);
  await pollPayment({ tenantId: clinic.tenantId, paymentId: rows[0]?.id ?? "", isExtra: true });
}

withPendingAmounts.run.each([
  ["another amount", { amountMinor: 150_000 }, { amount: 150_000, currency: "COP" }],
  ["another currency", { currency: "USD" }, { amount: 10_000_000, currency: "USD" }],
])(
  withPendingAmounts.named("seen pending with the right money, then approved with %s: it never confirms, and what was approved goes back"),
  async (_, money, approved) => {
    const { clinic, booking, chargeId } = await seenPending();
    await stage.payer.decide(chargeId, "approved", money);
    await eventually(async () => expect((await stage.state(booking)).refund?.reason).toBe("mismatch"));
    await settledAtOnce(stage, booking.id);
    expect((await stage.state(booking)).status).toBe("pending");
    expect(await refundCases(stage, clinic)).toMatchObject([{ reason: "mismatch", ...approved }]);
    expect(await chargeOf(clinic)).toMatchObject([approved]);
    expect(await factsOf(clinic)).toEqual([
      { amount: 10_000_000, currency: "COP", status: "pending" },
      { ...approved, status: "approved" },
    ]);
  },
);

withPendingAmounts.story(
  "seen pending with another amount, then approved with the right one: it confirms, and both facts are kept",
  async () => {
    const { clinic, booking, chargeId } = await seenPending({ amountMinor: 150_000 });
    await stage.payer.decide(chargeId, "approved", { amountMinor: 10_000_000 });
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(
      confirmed({ followUps: { ...paidFollowUps, "payment.facts_differ notify-merchant": "done" } }),
    );
    expect(await chargeOf(clinic)).toEqual([{ amount: 10_000_000, currency: "COP", status: "approved" }]);
    expect(await factsOf(clinic)).toHaveLength(2);
  },
);

const differing = async () => (await listAttention()).filter(({ kind }) => kind === "charge_facts_differ").length;

withPendingAmounts.story(
  "an approval that later names another amount changes nothing of the booking, and is kept and shown once",
  async () => {
    const { clinic, booking, chargeId } = await seenPending();
    await stage.payer.decide(chargeId, "approved");
    await stage.reaches(booking, { status: "confirmed" });
    const before = await differing();
    for (let n = 0; n < 3; n += 1) {
      await stage.payer.decide(chargeId, "approved", { amountMinor: 150_000, tells: "never" });
      await pollAgain(clinic, booking.id);
    }
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(
      confirmed({ followUps: { ...paidFollowUps, "payment.facts_differ notify-merchant": "done" } }),
    );
    expect(await chargeOf(clinic)).toEqual([{ amount: 10_000_000, currency: "COP", status: "approved" }]);
    expect(await factsOf(clinic)).toEqual([
      { amount: 10_000_000, currency: "COP", status: "approved" },
      { amount: 150_000, currency: "COP", status: "approved" },
    ]);
    expect(await differing()).toBe(before + 1);
  },
);

withPendingAmounts.story("a charge that says the same every time leaves no second fact", async () => {
  const { clinic, booking, chargeId } = await seenPending();
  await stage.payer.decide(chargeId, "approved");
  await stage.reaches(booking, { status: "confirmed" });
  await pollAgain(clinic, booking.id);
  expect(await factsOf(clinic)).toEqual([]);
});

withPendingAmounts.story("an attempt that failed with another amount is deleted with its notice, like any other", async () => {
  const { booking, chargeId } = await seenPending();
  await stage.payer.decide(chargeId, "declined", { amountMinor: 150_000 });
  const noticed = () => stage.owner.query("select 1 from notification where checkout_id = $1", [booking.id]);
  await eventually(async () => expect((await noticed()).rows).not.toEqual([]));
  await stage.timePasses(booking.id, minutesOfHold);
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect(await stage.state(booking)).toMatchObject({ status: "failed" });
  });
  await settledAtOnce(stage, booking.id);
  await stage.timePasses(booking.id, (facts.pendingHoursMax + 8) * 60);
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    await cleanupUnpaid();
    expect((await stage.owner.query("select 1 from checkout where id = $1", [booking.id])).rows).toEqual([]);
  });
});
