import { afterAll, expect, test } from "vitest";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { eventually } from "#tests/support/end-state.ts";
import { sendBack, turnPart } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { hurryFollowUps, losePolls, settledAtOnce } from "../stories.ts";
import { casesOf, eventsOf, look, newService, paidAtPretended, questionOf } from "./pretended.ts";

/** What a customer is told, and what the provider is asked, of a refund that was made in its own panel. */
const stage = prepareStage({ keepsPromises: true });
afterAll(() => {
  delete paymentProviders["pretend"];
});

const parts = { accepts: "done", keepsKeys: true } as const;

async function mailsOf(clinic: { link: string }): Promise<string[]> {
  const reply = await fetch(`${stage.simulatorsUrl}/mail/state?to=customer@${clinic.link}.example`);
  const { mails } = (await reply.json()) as { mails: { subject: string; text: string }[] };
  return mails.map(({ subject, text }) => `${subject}\n${text}`.replaceAll(/\s+/g, " ")).filter((text) => /devol|devuel/i.test(text));
}

/** The next look at the provider that nobody else causes. */
const lookByItself = (booking: { id: string }) => hurryFollowUps(stage, booking.id);
const watching = async ({ id }: { id: string }) =>
  (await stage.owner.query("select state from follow_up where subject_id = $1 and job = 'watch-outside-refund'", [id])).rows;

test("a panel refund that is under way is asked about until it is done: two mails, one question, and its money counts once", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService(parts));
  sendBack(charge, { amountMinor: 3_000_000, state: "pending" });
  await look(stage, booking);
  const told = await eventually(async () => {
    const mails = await mailsOf(clinic);
    expect(mails).toHaveLength(1);
    return mails;
  });
  expect(told[0]).toMatch(/te devuelve .*30\.000.*Te escribiremos cuando haya salido.*no cancela tu reserva/);
  expect(await watching(booking)).toEqual([{ state: "pending" }]);
  await stage.owner.query("update checkout set reversal_answer = 'keep' where id = $1", [booking.id]);
  // Nobody else asks: the payment's own ladder would see it, too.
  await losePolls(stage, booking.id);
  turnPart(charge, charge.refunds?.[0]?.providerRefundId ?? "", "done");
  await eventually(async () => {
    await lookByItself(booking);
    expect(await watching(booking)).toEqual([{ state: "done" }]);
  });
  await settledAtOnce(stage, booking.id);
  const mails = await mailsOf(clinic);
  expect(mails).toHaveLength(2);
  expect(mails.join()).toMatch(/La devolución de .*30\.000.* ya salió/);
  expect(await questionOf(stage, booking)).toBe("keep");
  const moved = await eventsOf(stage, booking, "payment.reversed");
  expect(moved.map(({ movedMinor }) => movedMinor)).toEqual([3_000_000]);
  // Said again, nothing follows.
  await look(stage, booking);
  expect(await eventsOf(stage, booking, "payment.refund_done")).toHaveLength(1);
});

test("a panel refund that fails tells the customer who was told of it, and its question is over", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService(parts));
  sendBack(charge, { amountMinor: 3_000_000, state: "pending" });
  await look(stage, booking);
  turnPart(charge, charge.refunds?.[0]?.providerRefundId ?? "", "failed");
  await eventually(async () => {
    await lookByItself(booking);
    expect(await watching(booking)).toEqual([{ state: "done" }]);
  });
  await settledAtOnce(stage, booking.id);
  const mails = await mailsOf(clinic);
  expect(mails).toHaveLength(2);
  expect(mails.join()).toMatch(/no llegó.*falló/);
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  expect(await questionOf(stage, booking)).toBeNull();
});

test("a panel refund that is done when it is first seen is one mail", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService(parts));
  sendBack(charge, { amountMinor: charge.amountMinor });
  await look(stage, booking);
  await settledAtOnce(stage, booking.id);
  const mails = await mailsOf(clinic);
  expect(mails).toHaveLength(1);
  expect(mails[0]).toContain("ya salió");
  expect(await watching(booking)).toEqual([]);
});

test("a refund that a person sends in the panel for a case of ours has the case's mails alone", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService({ accepts: "refused", keepsKeys: true }));
  await requestRefund({
    caller: { kind: "operator" },
    input: { tenantId: clinic.tenantId, checkoutId: booking.id, amountMinor: 2_000_000 },
  });
  await eventually(async () => {
    await hurryFollowUps(stage, booking.id);
    expect(await casesOf(stage, booking)).toEqual([expect.objectContaining({ state: "manual" })]);
  });
  sendBack(charge, { amountMinor: 2_000_000 });
  await look(stage, booking);
  await settledAtOnce(stage, booking.id);
  expect(await casesOf(stage, booking)).toEqual([expect.objectContaining({ state: "done" })]);
  expect(await mailsOf(clinic)).toHaveLength(2);
  expect(await eventsOf(stage, booking, "payment.reversed")).toEqual([]);
});

test("a provider that tells the whole alone: the customer hears of its way back and of its end, with the sum", async () => {
  const { clinic, booking, charge } = await paidAtPretended(stage, newService(undefined));
  delete charge.refunds;
  charge.state = "refunding";
  await look(stage, booking);
  await eventually(async () => expect(await mailsOf(clinic)).toHaveLength(1));
  charge.state = "refunded";
  await eventually(async () => {
    await lookByItself(booking);
    expect(await watching(booking)).toEqual([{ state: "done" }]);
  });
  await settledAtOnce(stage, booking.id);
  const mails = await mailsOf(clinic);
  expect(mails).toHaveLength(2);
  expect(mails.join()).toMatch(/ya salió/);
});
