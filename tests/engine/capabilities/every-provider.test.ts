import { describe, expect, test } from "vitest";
import { sweep } from "#commands/sweep.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import type { Outcome, PaymentHabits, TestedProvider } from "../../support/payers/payer.ts";
import { testedProviders } from "../../support/payers/tested-provider.ts";
import { prepareStage } from "../../support/stage.ts";
import { hurryFollowUps, hurryPolls, type InboxRow, inbox } from "../stories.ts";

/**
 * The promises over every provider that the tests know, each with its own contract. What differs is
 * asked of the capabilities, never of the name.
 */
const stage = prepareStage({ keepsPromises: true });
const unique = (rows: InboxRow[]) => [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
type Booking = { id: string; token: string; reference: string; checkoutUrl: string };

describe.each(Object.values(testedProviders))("$id", (provider: TestedProvider) => {
  const facts = capabilitiesOf(provider);
  const canBeAsked = facts.lookup !== "none";
  const payer = () => provider.payer(stage.simulatorsUrl);
  const pay = (booking: Booking, outcome: Outcome, habits?: PaymentHabits) => payer().pay(booking.checkoutUrl, outcome, habits);

  async function onPage(): Promise<{ clinic: Clinic; booking: Booking }> {
    const clinic = await stage.openClinic({ provider });
    return { clinic, booking: await stage.reachPaymentPage(clinic, { start: slotStart(0) }) };
  }
  const charges = async (booking: Booking) =>
    (await stage.owner.query("select 1 from charge c join payment p on p.id = c.payment_id where p.checkout_id = $1", [booking.id]))
      .rowCount;
  const outcomesOf = async (booking: Booking) =>
    (await stage.owner.query<{ reason: string }>("select reason from refund_case where checkout_id = $1", [booking.id])).rows.map(
      ({ reason }) => reason,
    );

  test("an approval confirms once, however often it is told", async () => {
    const { clinic, booking } = await onPage();
    const { chargeIds } = await pay(booking, "approve");
    await stage.reaches(booking, { paymentStatus: "paid" });
    await payer().tellAgain(chargeIds[0]);
    await hurryPolls(stage, booking.id);
    await stage.settled(booking.id);
    expect(await charges(booking)).toBe(1);
    expect(await outcomesOf(booking)).toEqual([]);
    await eventually(async () => expect(unique(await inbox(stage, clinic))).toEqual([{ state: "settled", reference: booking.reference }]));
    expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  });

  test("without a webhook a provider that can be asked is asked; of the others only the webhook tells", async () => {
    const { booking } = await onPage();
    const { chargeIds } = await pay(booking, "approve_without_return", { tells: "never" });
    if (canBeAsked) {
      await eventually(async () => {
        await hurryPolls(stage, booking.id);
        expect(await stage.state(booking)).toMatchObject({ paymentStatus: "paid" });
      });
      return;
    }
    expect(await stage.state(booking)).toMatchObject({ status: "pending" });
    await payer().tellAgain(chargeIds[0]);
    await stage.reaches(booking, { paymentStatus: "paid" });
  });

  test("a decline, then another page, then the money: one booking", async () => {
    const { booking } = await onPage();
    await pay(booking, "decline");
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      expect(await stage.state(booking)).toMatchObject({ paymentStatus: "failed" });
    });
    const second = (await stage.retry(booking, provider.id)).body;
    await pay(second, "approve");
    await stage.reaches(booking, { paymentStatus: "paid" });
    expect(await outcomesOf(booking)).toEqual([]);
  });

  test("left unpaid, its slot is free after the end, and no page of it takes money any more where it can be closed", async () => {
    const { clinic, booking } = await onPage();
    await stage.timePasses(booking.id, canBeAsked ? 10 + Math.max(3, (facts.answerLagMinutes ?? 0) + 1) : 41);
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      await sweep();
      expect(await stage.state(booking)).toMatchObject({ status: "expired" });
    });
    expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
    const { rows } = await stage.owner.query("select closed_at is not null as closed from payment where checkout_id = $1", [booking.id]);
    expect(rows).toEqual([{ closed: facts.canCloseEarly }]);
    if (!facts.canCloseEarly) {
      await pay(booking, "approve", { afterEnd: true });
      await stage.reaches(booking, { status: "cancelled", refund: { reason: "capacity_gone" } });
    }
  });

  test("money on two pages of one booking: one pays, and what comes by the other goes back or is not taken", async () => {
    const { booking } = await onPage();
    const second = (await stage.retry(booking, provider.id)).body;
    await pay(second, "approve");
    await stage.reaches(booking, { paymentStatus: "paid" });
    if (facts.canCloseEarly) {
      await eventually(async () => {
        const { rows } = await stage.owner.query("select closed_at is not null as closed from payment where reference = $1", [
          booking.reference,
        ]);
        expect(rows).toEqual([{ closed: true }]);
      });
    } else {
      await pay(booking, "approve");
      await stage.reaches(booking, { paymentStatus: "paid", refund: { reason: "duplicate" } });
    }
  });

  test("a wrong amount never confirms, and goes back by the API, or by a person", async () => {
    const { booking } = await onPage();
    await pay(booking, "approve", { amountMinor: 9_000_000 });
    const isSentByApi = facts.refunds.voidByApi || facts.refunds.refundByApi;
    await eventually(async () => {
      await hurryFollowUps(stage, booking.id);
      expect((await stage.state(booking)).refund).toMatchObject({ reason: "mismatch", state: isSentByApi ? "done" : "manual" });
    });
    expect(await stage.state(booking)).not.toMatchObject({ paymentStatus: "paid" });
  });

  test("nobody's forged word counts", async () => {
    const { clinic, booking } = await onPage();
    const answers = await payer().forge(clinic.account, booking.reference, `${stage.appUrl}/api/webhooks/${provider.id}`);
    expect(Object.keys(answers).length).toBeGreaterThan(2);
    for (const [how, status] of Object.entries(answers)) expect({ how, status }).toEqual({ how, status: 401 });
    expect(await stage.state(booking)).toMatchObject({ status: "pending" });
  });

  test("a pending payment keeps its slot while the hold lives, and a late approval is settled if it may still come", async () => {
    const { booking } = await onPage();
    const { chargeIds } = await pay(booking, "pending");
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      expect((await stage.owner.query("select status from payment where checkout_id = $1", [booking.id])).rows).toEqual([
        { status: "pending" },
      ]);
    });
    await stage.timePasses(booking.id, 41);
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      await sweep();
      expect(await stage.state(booking)).toMatchObject({ status: "failed" });
    });
    const { rows } = await stage.owner.query<{ closed: boolean }>(
      "select closed_at is not null as closed from payment where checkout_id = $1",
      [booking.id],
    );
    if (rows[0]?.closed) return;
    await payer().decide(chargeIds[0], "approved");
    await stage.reaches(booking, { paymentStatus: "paid" });
    // What a provider has not named yet is no other amount than the one it names later.
    const told = "select from event where subject_id = $1 and kind = 'payment.facts_differ'";
    expect((await stage.owner.query(told, [booking.id])).rowCount).toBe(0);
  });

  test.runIf(canBeAsked)("a provider in trouble delays, and loses nothing", async () => {
    const { clinic, booking } = await onPage();
    await payer().behave(clinic.account, { fails: { status: 503, times: 3 } });
    await pay(booking, "approve", { tells: "never" });
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      expect(await stage.state(booking)).toMatchObject({ paymentStatus: "paid" });
    });
  });
});

function capabilitiesOf({ id }: TestedProvider): PaymentCapabilities {
  const definition = paymentProvider(id);
  if (!definition) throw new Error(`${id} is in no registry`);
  return definition.capabilities;
}
