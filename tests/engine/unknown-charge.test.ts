import { describe, expect } from "vitest";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import { newReference } from "#platform/ids.ts";
import { listAttention } from "#queries/attention.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import type { NewCharge, TellingHabits } from "../support/payers/payer.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { post } from "../support/post.ts";
import { prepareStage } from "../support/stage.ts";
import { withUnsignedFacts } from "./capabilities/playable.ts";
import { halfAnHourPasses, hurryFollowUps, hurryPolls, inbox, type RefundCase, refundCases, settledAtOnce } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });
const { words } = testedProvider;

type Told = { clinic: Clinic; event: NewCharge & { id: string } };

/** A rightly signed approval of which the provider's API knows nothing, half an hour later. */
async function toldOnlyByEvent(wish: { currency?: string; habits?: TellingHabits } = {}): Promise<Told & { refundCase: RefundCase }> {
  const clinic = await stage.openClinic();
  const { habits, ...currency } = wish;
  const event = { id: testedProvider.newChargeId(), reference: newReference(), amountMinor: 5_000_000 };
  await stage.payer.tell(clinic.account, { ...event, ...currency }, habits);
  await eventually(async () => expect(await inbox(stage, clinic)).toEqual([{ state: "unmatched", reference: event.reference }]));
  expect(await refundCases(stage, clinic)).toEqual([]);
  await halfAnHourPasses(stage, event.reference);
  expect(await inbox(stage, clinic)).toEqual([{ state: "refund_case", reference: event.reference }]);
  const [refundCase] = await refundCases(stage, clinic);
  if (!refundCase) throw new Error("there is no refund case");
  return { clinic, event, refundCase };
}

/** The case has asked the provider's API, and asks again only hours later. */
async function hasAsked(refundCase: RefundCase): Promise<void> {
  await eventually(async () => {
    const { rows } = await stage.owner.query(
      "select run_at > now() + interval '5 hours' as later from follow_up where subject_id = $1 and job = 'advance-refund' and state = 'pending'",
      [refundCase.id],
    );
    expect(rows).toEqual([{ later: true }]);
  });
}

const apiLearns = ({ clinic, event }: Told, state: NewCharge["state"], changes: Partial<NewCharge> = {}) =>
  stage.payer.charge(clinic.account, { ...event, ...(state && { state }), ...changes }, { tells: "never" });

async function caseReaches({ clinic, refundCase }: { clinic: Clinic; refundCase: RefundCase }, wanted: Partial<RefundCase>): Promise<void> {
  await eventually(async () => {
    await hurryFollowUps(stage, refundCase.id);
    expect(await refundCases(stage, clinic)).toMatchObject([wanted]);
  });
}

async function merchantMail(clinic: Clinic): Promise<string> {
  const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=merchant@${clinic.link}.example`);
  const { mails } = (await answer.json()) as { mails: { text: string }[] };
  expect(mails).toHaveLength(1);
  return mails[0]?.text.replaceAll(/\s+/g, " ") ?? "";
}

withUnsignedFacts.story(
  "an approval that only the event tells of becomes a refund case for a person, who is told what is not proven; nothing is sent back",
  async () => {
    const told = await toldOnlyByEvent({ currency: "USD" });
    const { clinic, refundCase } = told;
    expect(refundCase).toMatchObject({ reason: "unmatched", state: "open", method: "manual", bookingId: null });
    expect(refundCase).toMatchObject({ amount: 5_000_000, currency: "COP", unproven: ["currency", "reference"] });
    await hasAsked(refundCase);
    await eventually(async () => {
      const { followUps, mails } = await stage.endState(clinic, refundCase.id);
      expect({ followUps, mails }).toEqual({
        followUps: {
          "refund_case.opened advance-refund": "pending",
          "refund_case.opened mail-customer-refund": "skipped",
          "refund_case.opened mail-merchant-refund": "done",
          "refund_case.opened notify-merchant": "done",
        },
        mails: ["merchant"],
      });
    });
    const mail = await merchantMail(clinic);
    expect(mail).toContain("su sistema todavía no lo muestra");
    expect(mail).toContain("La moneda no venía firmada");
    expect(mail).toContain(told.event.id);
    expect(mail).not.toContain("El valor no venía firmado");
    const { rows } = await stage.owner.query("select details->>'unproven' as unproven from notification where tenant_id = $1", [
      clinic.tenantId,
    ]);
    expect(rows).toEqual([{ unproven: "currency,reference" }]);
    expect((await listAttention()).map(({ kind }) => kind)).toContain("refund_case_manual");
    await caseReaches(told, { state: "open", method: "manual" });
    // Nothing waits any more that the doctor would have to name for ever.
    await stage.owner.query("update inbox_event set received_at = received_at - interval '1 day' where tenant_id = $1", [clinic.tenantId]);
  },
);

withUnsignedFacts.story("an amount that the signature does not cover is taken, and named as not proven", async () => {
  const { refundCase } = await toldOnlyByEvent({ habits: { unsigned: "amount" } });
  expect(refundCase).toMatchObject({ amount: 5_000_000, currency: "COP", unproven: ["amount", "reference"] });
});

withUnsignedFacts.story("when the provider's API knows the charge later, its facts count and the money goes back by itself", async () => {
  const told = await toldOnlyByEvent();
  await hasAsked(told.refundCase);
  const real = newReference();
  await apiLearns(told, "approved", { amountMinor: 6_000_000, reference: real });
  await caseReaches(told, { state: "done", method: "void", amount: 6_000_000, unproven: null, proof: words.voided });
  await settledAtOnce(stage, told.refundCase.id);
  const { rows } = await stage.owner.query("select status, reference, outcome from charge where tenant_id = $1", [told.clinic.tenantId]);
  expect(rows).toEqual([{ status: "voided", reference: real, outcome: "refund_case" }]);
});

withUnsignedFacts.story("while the API calls it pending it is waited for", async () => {
  const told = await toldOnlyByEvent();
  await apiLearns(told, "pending");
  await hurryFollowUps(stage, told.refundCase.id);
  await hasAsked(told.refundCase);
  expect(await refundCases(stage, told.clinic)).toMatchObject([{ state: "open", method: "manual", unproven: ["currency", "reference"] }]);
  await stage.payer.decide(told.event.id, "approved", { tells: "never" });
  await caseReaches(told, { state: "done", method: "void" });
});

withUnsignedFacts.story("when the API says that it was declined, the case ends with that reason, and the merchant is told", async () => {
  const told = await toldOnlyByEvent();
  await hasAsked(told.refundCase);
  await apiLearns(told, "declined");
  await caseReaches(told, { state: "done", proof: `no_money: ${words.declined}` });
  await settledAtOnce(stage, told.refundCase.id);
  const { followUps } = await stage.endState(told.clinic, told.refundCase.id);
  expect(followUps).toMatchObject({ "refund_case.opened advance-refund": "done", "refund_case.withdrawn notify-merchant": "done" });
  expect(followUps).not.toHaveProperty("refund_case.done deliver-callback");
  const { rows } = await stage.owner.query("select status from charge where tenant_id = $1", [told.clinic.tenantId]);
  expect(rows).toEqual([{ status: "declined" }]);
});

withUnsignedFacts.story("a person may end the case while the API knows nothing; it is not asked again", async () => {
  const told = await toldOnlyByEvent();
  const { clinic, refundCase } = told;
  await hasAsked(refundCase);
  await resolveRefundManually({
    caller: { kind: "operator" },
    input: { tenantId: clinic.tenantId, refundCaseId: refundCase.id, proof: "panel 77" },
  });
  await caseReaches(told, { state: "done", proof: "panel 77" });
  await settledAtOnce(stage, refundCase.id);
  await apiLearns(told, "approved");
  expect(await refundCases(stage, clinic)).toMatchObject([{ state: "done", method: "manual", proof: "panel 77" }]);
});

withUnsignedFacts.story("after 30 days of asking in vain it is left to the person alone", async () => {
  const told = await toldOnlyByEvent();
  const { clinic, refundCase } = told;
  await hasAsked(refundCase);
  await stage.owner.query("update refund_case set created_at = created_at - interval '31 days' where id = $1", [refundCase.id]);
  await caseReaches(told, { state: "manual", unproven: ["currency", "reference"] });
  await resolveRefundManually({
    caller: { kind: "operator" },
    input: { tenantId: clinic.tenantId, refundCaseId: refundCase.id, proof: "panel 78" },
  });
  await caseReaches(told, { state: "done", proof: "panel 78" });
});

withUnsignedFacts.story("the same approval told twice is one case", async () => {
  const clinic = await stage.openClinic();
  const event = { id: testedProvider.newChargeId(), reference: newReference(), amountMinor: 5_000_000 };
  await stage.payer.tell(clinic.account, event);
  await post(`${stage.simulatorsUrl}/clock/advance`, { seconds: "2" });
  await stage.payer.tell(clinic.account, event);
  const reach = (state: string) =>
    eventually(async () => expect((await inbox(stage, clinic)).map((row) => row.state)).toEqual([state, state]));
  await reach("unmatched");
  await halfAnHourPasses(stage, event.reference);
  await reach("refund_case");
  expect(await refundCases(stage, clinic)).toHaveLength(1);
});

withUnsignedFacts.story(
  "approved, then declined, then approved after all: the withdrawn case opens again, and the money goes back",
  async () => {
    const told = await toldOnlyByEvent();
    const { clinic, event, refundCase } = told;
    await hasAsked(refundCase);
    await apiLearns(told, "declined");
    await caseReaches(told, { state: "done", proof: `no_money: ${words.declined}` });
    await stage.payer.decide(event.id, "approved", { tells: "never" });
    await post(`${stage.simulatorsUrl}/clock/advance`, { seconds: "2" });
    await stage.payer.tell(clinic.account, event);
    await eventually(async () => expect((await inbox(stage, clinic)).map((row) => row.state)).toContain("unmatched"));
    await halfAnHourPasses(stage, event.reference);
    await caseReaches(told, { state: "done", method: "void", proof: words.voided });
  },
);

describe("under a reference of ours", () => {
  /** The customer never paid on the page; an event says, rightly signed, that they did. */
  async function toldOfOurs() {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const event = {
      id: testedProvider.newChargeId(),
      reference: booking.reference,
      amountMinor: 10_000_000,
    };
    await stage.payer.tell(clinic.account, event);
    await eventually(async () => expect(await inbox(stage, clinic)).toEqual([{ state: "unmatched", reference: booking.reference }]));
    return { clinic, booking, event };
  }

  withUnsignedFacts.story(
    "an approval that the provider's API does not show is not settled by silence: after half an hour it is a refund case",
    async () => {
      const { clinic, booking, event } = await toldOfOurs();
      expect(await stage.state(booking)).toMatchObject({ status: "pending" });
      await halfAnHourPasses(stage, event.reference);
      expect(await inbox(stage, clinic)).toEqual([{ state: "refund_case", reference: event.reference }]);
      expect(await refundCases(stage, clinic)).toMatchObject([
        { reason: "unmatched", state: "open", method: "manual", amount: 10_000_000 },
      ]);
    },
  );

  withUnsignedFacts.story("when the API shows it in time, the booking is the customer's and the event is settled", async () => {
    const { clinic, booking, event } = await toldOfOurs();
    await stage.payer.charge(clinic.account, event, { tells: "never" });
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      expect(await stage.state(booking)).toMatchObject({ status: "confirmed" });
    });
    await halfAnHourPasses(stage, event.reference);
    expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference: event.reference }]);
    expect(await refundCases(stage, clinic)).toEqual([]);
  });
});
