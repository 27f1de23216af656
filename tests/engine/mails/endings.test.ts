import { expect, test } from "vitest";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { customerOfTests, slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import type { PayMethod } from "#tests/support/payers/payer.ts";
import { post } from "#tests/support/post.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { withApiRefunds, withLateBanks, withManualRefunds } from "../capabilities/playable.ts";
import { facts, hurryFollowUps, hurryPolls, manualFollowUps, minutesOfHold, refundCases, settledAtOnce, settleInbox } from "../stories.ts";
import { mailsTo, type SeenMail } from "./seen.ts";

const stage = prepareStage({ keepsPromises: true });

type Booking = Awaited<ReturnType<typeof stage.reachPaymentPage>>;
const unpaidMail = "booking.failed mail-customer-unpaid";
const followUpsOf = async (clinic: Clinic, booking: Booking) => (await stage.endState(clinic, booking.id)).followUps;
const lastToCustomer = async (clinic: Clinic): Promise<SeenMail | undefined> => (await mailsTo(stage, clinic, "customer")).at(-1);

async function holdEnds(booking: Booking, status: string): Promise<void> {
  await stage.timePasses(booking.id, minutesOfHold);
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.state(booking)).status).toBe(status);
  });
}

async function declined(clinic: Clinic, n = 0): Promise<Booking> {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(n) });
  await stage.pay(booking.checkoutUrl, "decline");
  await eventually(async () => expect((await stage.state(booking)).paymentStatus).toBe("failed"));
  return booking;
}

test("declined, and the hold ends after the customer left: one mail, with the way to the same service and professional", async () => {
  const clinic = await stage.openClinic();
  const booking = await declined(clinic);
  expect(await mailsTo(stage, clinic, "customer")).toEqual([]);
  await holdEnds(booking, "failed");
  await settledAtOnce(stage, booking.id);
  const mails = await mailsTo(stage, clinic, "customer");
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain("No se te cobró nada");
  expect(mails[0]?.text).toContain(
    `${stage.appUrl}/book/${clinic.link}/availability?service=${clinic.serviceId}&professional=${clinic.professionalId}`,
  );
  for (const role of ["professional", "merchant"] as const) expect(await mailsTo(stage, clinic, role)).toEqual([]);
});

test("a customer who never tried hears nothing when the hold ends", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "leave_unpaid");
  await holdEnds(booking, "expired");
  expect(await followUpsOf(clinic, booking)).toEqual({});
  expect(await mailsTo(stage, clinic, "customer")).toEqual([]);
});

test("a decline that frees the slot at once is on the page, and no mail repeats it", async () => {
  const clinic = await stage.openClinic({ onDecline: "release" });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "decline");
  await eventually(async () => expect((await stage.state(booking)).status).toBe("failed"));
  expect(await followUpsOf(clinic, booking)).toEqual({});
  expect(await mailsTo(stage, clinic, "customer")).toEqual([]);
});

test("a customer who has paid another booking meanwhile is not called back to the one that failed", async () => {
  const clinic = await stage.openClinic();
  const booking = await declined(clinic);
  const held = await stage.hold(clinic, { start: slotStart(5), session: booking.session });
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const other = await stage.book(clinic, { holdId: held.body.id, session: booking.session, customer });
  await stage.pay(other.body.checkoutUrl, "approve");
  await eventually(async () => expect((await stage.state(other.body)).status).toBe("confirmed"));
  await holdEnds(booking, "failed");
  await settledAtOnce(stage, booking.id);
  expect(await followUpsOf(clinic, booking)).toEqual({ [unpaidMail]: "skipped" });
});

/** The slot may be sold while the bank decides. */
async function pendingBeyondTheEnd(clinic: Clinic) {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", { method: "bank_transfer" });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).payments).toEqual(["pending"]);
  });
  await stage.timePasses(booking.id, 45);
  await eventually(async () => expect((await stage.state(booking)).status).toBe("failed"));
  await hurryFollowUps(stage, booking.id);
  expect(await mailsTo(stage, clinic, "customer")).toEqual([]);
  return { booking, chargeId: chargeIds[0] };
}

withLateBanks.story("while the bank decides nothing is said; its no is told once", async () => {
  const clinic = await stage.openClinic();
  const { booking, chargeId } = await pendingBeyondTheEnd(clinic);
  expect(await followUpsOf(clinic, booking)).toEqual({ [unpaidMail]: "pending" });
  await stage.payer.decide(chargeId, "declined");
  await eventually(async () => {
    await hurryFollowUps(stage, booking.id);
    expect(await followUpsOf(clinic, booking)).toEqual({ [unpaidMail]: "done" });
  });
  expect((await lastToCustomer(clinic))?.text).toContain("No se te cobró nada");
});

withLateBanks.story(
  "the bank's late yes for a time that is still free: the customer hears that it is theirs after all, and nothing else",
  async () => {
    const clinic = await stage.openClinic();
    const { booking, chargeId } = await pendingBeyondTheEnd(clinic);
    await stage.payer.decide(chargeId, "approved");
    await eventually(async () => expect((await stage.state(booking)).status).toBe("confirmed"));
    await settledAtOnce(stage, booking.id);
    expect((await followUpsOf(clinic, booking))[unpaidMail]).toBe("skipped");
    const mails = await mailsTo(stage, clinic, "customer");
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain("Tu pago llegó después de que terminara el tiempo");
  },
);

withLateBanks.story(
  "a bank that never answers: when it no longer can, the mail says that nobody knows, not that nothing was charged",
  async () => {
    const clinic = await stage.openClinic();
    const { booking } = await pendingBeyondTheEnd(clinic);
    await stage.timePasses(booking.id, (facts.pendingHoursMax + 28) * 60);
    await eventually(async () => {
      await hurryFollowUps(stage, booking.id);
      expect(await followUpsOf(clinic, booking)).toEqual({ [unpaidMail]: "done" });
    });
    const mail = await lastToCustomer(clinic);
    expect(mail?.text).toContain("Tu banco no nos dijo");
    expect(mail?.text).not.toContain("No se te cobró nada");
  },
);

withLateBanks.story("the bank answers between two tries of one mail: the customer gets both, as two mails", async () => {
  const clinic = await stage.openClinic();
  const { booking, chargeId } = await pendingBeyondTheEnd(clinic);
  await post(`${stage.simulatorsUrl}/mail/panel/knobs`, { acceptThenDrop: 100 });
  await stage.timePasses(booking.id, (facts.pendingHoursMax + 28) * 60);
  await hurryFollowUps(stage, booking.id);
  await eventually(async () => expect(await mailsTo(stage, clinic, "customer")).not.toEqual([]));
  expect(await followUpsOf(clinic, booking)).toEqual({ [unpaidMail]: "pending" });
  await stage.payer.decide(chargeId, "declined");
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).payments).toEqual(["declined"]);
  });
  await post(`${stage.simulatorsUrl}/mail/panel/knobs`, { acceptThenDrop: 0 });
  await eventually(async () => {
    await hurryFollowUps(stage, booking.id);
    expect(await followUpsOf(clinic, booking)).toEqual({ [unpaidMail]: "done" });
  });
  // A mail program shows each Message-ID once, however often it came.
  const shown = new Map((await mailsTo(stage, clinic, "customer")).map(({ messageId, text }) => [messageId, text]));
  expect([...shown.values()].map((text) => text.includes("Tu banco no nos dijo")).toSorted()).toEqual([false, true]);
});

/** Only cards are refunded by the provider's API. */
async function paidTwice(clinic: Clinic, method: PayMethod = "card") {
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  // Both pages are paid before the older one is closed, where that is possible.
  await stage.stopWorker();
  const { body: second } = await stage.retry(booking);
  await stage.pay(booking.checkoutUrl, "approve");
  await settleInbox(stage, clinic);
  const { chargeIds } = await stage.pay(second.checkoutUrl, "approve", { method });
  await stage.startWorker();
  await stage.reaches(booking, { status: "confirmed" });
  return { booking, chargeId: chargeIds[0] };
}

withApiRefunds.story("a refund that is out is told with its date, our reference and the provider's number", async () => {
  const clinic = await stage.openClinic();
  const { booking, chargeId } = await paidTwice(clinic);
  await eventually(async () => {
    await settledAtOnce(stage, booking.id);
    expect((await followUpsOf(clinic, booking))["refund_case.done mail-customer-refund-done"]).toBe("done");
  });
  const { rows } = await stage.owner.query("select reference from payment where checkout_id = $1 order by created_at desc", [booking.id]);
  const { rows: cases } = await stage.owner.query("select provider_refund_id as id from refund_case where checkout_id = $1", [booking.id]);
  const mail = await lastToCustomer(clinic);
  expect(mail?.subject).toMatch(/La devolución de \$\s100\.000 ya salió/);
  for (const part of [cases[0].id ?? chargeId, rows[0].reference, /\d{1,2} de \w+ de \d{4}/]) expect(mail?.text).toMatch(part);
});

withManualRefunds.story(
  "the provider cannot refund: the merchant, who was told to wait, gets the steps; the proof then reaches the customer",
  async () => {
    const clinic = await stage.openClinic();
    const { booking } = await paidTwice(clinic, "bank_transfer");
    // Where no API sends money at all, the first mail has the steps.
    const steps = manualFollowUps["refund_case.manual mail-merchant-refund-manual"];
    await eventually(async () => {
      await settledAtOnce(stage, booking.id);
      expect((await followUpsOf(clinic, booking))["refund_case.manual mail-merchant-refund-manual"]).toBe(steps);
    });
    // Two jobs of one moment: which mail arrives first is not said.
    const told = (await mailsTo(stage, clinic, "merchant")).filter(({ subject }) => subject.startsWith("Hay que devolver"));
    expect(told.map(({ text }) => text.includes("1. Entra a tu cuenta")).toSorted()).toEqual(steps === "done" ? [false, true] : [true]);
    const [refundCase] = await refundCases(stage, clinic);
    const input = { tenantId: clinic.tenantId, refundCaseId: refundCase?.id ?? "", proof: "transfer 77" };
    await resolveRefundManually({ caller: { kind: "operator" }, input });
    await settledAtOnce(stage, booking.id);
    const mail = await lastToCustomer(clinic);
    expect(mail?.subject).toContain("ya salió");
    expect(mail?.text).not.toContain("transfer 77");
  },
);
