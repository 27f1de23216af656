import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import { newReference } from "#platform/ids.ts";
import { attention } from "#queries/doctor.ts";
import { type Clinic, openClinic, post } from "../support/clinic.ts";
import { reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import {
  halfAnHourPasses,
  hurryFollowUps,
  hurryPolls,
  inbox,
  noPromiseIsBroken,
  type RefundCase,
  refundCases,
  settledAtOnce,
} from "./stories.ts";

let world: World;
let next = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

type Told = { clinic: Clinic; event: { publicKey: string; id: string; reference: string; amountInCents: number } };

/** A rightly signed approval of which Wompi's API knows nothing, half an hour later. */
async function toldOnlyByEvent(habits: object = {}): Promise<Told & { refundCase: RefundCase }> {
  const clinic = await openClinic(world);
  next += 1;
  const id = `12-1769351602-${next}`;
  const event = { publicKey: clinic.merchant.publicKey, id, reference: newReference(), amountInCents: 5_000_000 };
  await post(`${world.simulatorsUrl}/wompi/events/send`, { ...event, ...habits });
  await eventually(async () => expect(await inbox(world, clinic)).toEqual([{ state: "unmatched", reference: event.reference }]));
  expect(await refundCases(world, clinic)).toEqual([]);
  await halfAnHourPasses(world, event.reference);
  expect(await inbox(world, clinic)).toEqual([{ state: "refund_case", reference: event.reference }]);
  const [refundCase] = await refundCases(world, clinic);
  if (!refundCase) throw new Error("there is no refund case");
  return { clinic, event, refundCase };
}

/** The case has asked Wompi's API, and asks again only hours later. */
async function hasAsked(refundCase: RefundCase): Promise<void> {
  await eventually(async () => {
    const { rows } = await world.owner.query(
      "select run_at > now() + interval '5 hours' as later from follow_up where subject_id = $1 and job = 'advance-refund' and state = 'pending'",
      [refundCase.id],
    );
    expect(rows).toEqual([{ later: true }]);
  });
}

const apiLearns = ({ event }: Told, status: string, changes: object = {}) =>
  post(`${world.simulatorsUrl}/wompi/transactions/create`, { ...event, status, event: "never", ...changes });

async function caseReaches({ clinic, refundCase }: { clinic: Clinic; refundCase: RefundCase }, wanted: Partial<RefundCase>): Promise<void> {
  await eventually(async () => {
    await hurryFollowUps(world, refundCase.id);
    expect(await refundCases(world, clinic)).toMatchObject([wanted]);
  });
}

async function merchantMail(clinic: Clinic): Promise<string> {
  const answer = await fetch(`${world.simulatorsUrl}/mail/state?to=merchant@${clinic.link}.example`);
  const { mails } = (await answer.json()) as { mails: { text: string }[] };
  expect(mails).toHaveLength(1);
  return mails[0]?.text.replaceAll(/\s+/g, " ") ?? "";
}

test("an approval that only the event tells of becomes a refund case for a person, who is told what is not proven; nothing is sent back", async () => {
  const told = await toldOnlyByEvent({ currency: "USD" });
  const { clinic, refundCase } = told;
  expect(refundCase).toMatchObject({ reason: "unmatched", state: "open", method: "manual", bookingId: null });
  expect(refundCase).toMatchObject({ amount: 5_000_000, currency: "COP", unproven: ["currency", "reference"] });
  await hasAsked(refundCase);
  await eventually(async () => {
    const { followUps, mails } = await endState(world, clinic, refundCase.id);
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
  const { rows } = await world.owner.query("select details->>'unproven' as unproven from notification where tenant_id = $1", [
    clinic.tenantId,
  ]);
  expect(rows).toEqual([{ unproven: "currency,reference" }]);
  expect((await attention()).refundCases).toBeGreaterThan(0);
  await caseReaches(told, { state: "open", method: "manual" });
  // Nothing waits any more that the doctor would have to name for ever.
  await world.owner.query("update inbox_event set received_at = received_at - interval '1 day' where tenant_id = $1", [clinic.tenantId]);
});

test("an amount that the signature does not cover is taken, and named as not proven", async () => {
  const { refundCase } = await toldOnlyByEvent({ eventProperties: "transaction.id,transaction.status,transaction.currency" });
  expect(refundCase).toMatchObject({ amount: 5_000_000, currency: "COP", unproven: ["amount", "reference"] });
});

test("when Wompi's API knows the charge later, its facts count and the money goes back by itself", async () => {
  const told = await toldOnlyByEvent();
  await hasAsked(told.refundCase);
  const real = newReference();
  await apiLearns(told, "APPROVED", { amountInCents: 6_000_000, reference: real });
  await caseReaches(told, { state: "done", method: "void", amount: 6_000_000, unproven: null, proof: "VOIDED" });
  await settledAtOnce(world, told.refundCase.id);
  const { rows } = await world.owner.query("select status, reference, outcome from charge where tenant_id = $1", [told.clinic.tenantId]);
  expect(rows).toEqual([{ status: "voided", reference: real, outcome: "refund_case" }]);
});

test("while the API calls it pending it is waited for", async () => {
  const told = await toldOnlyByEvent();
  await apiLearns(told, "PENDING");
  await hurryFollowUps(world, told.refundCase.id);
  await hasAsked(told.refundCase);
  expect(await refundCases(world, told.clinic)).toMatchObject([{ state: "open", method: "manual", unproven: ["currency", "reference"] }]);
  await post(`${world.simulatorsUrl}/wompi/transactions/${told.event.id}/resolve`, { status: "APPROVED", event: "never" });
  await caseReaches(told, { state: "done", method: "void" });
});

test("when the API says that it was declined, the case ends with that reason, and the merchant is told", async () => {
  const told = await toldOnlyByEvent();
  await hasAsked(told.refundCase);
  await apiLearns(told, "DECLINED");
  await caseReaches(told, { state: "done", proof: "no money: the provider says DECLINED" });
  await settledAtOnce(world, told.refundCase.id);
  const { followUps } = await endState(world, told.clinic, told.refundCase.id);
  expect(followUps).toMatchObject({ "refund_case.opened advance-refund": "done", "refund_case.withdrawn notify-merchant": "done" });
  expect(followUps).not.toHaveProperty("refund_case.done deliver-callback");
  const { rows } = await world.owner.query("select status from charge where tenant_id = $1", [told.clinic.tenantId]);
  expect(rows).toEqual([{ status: "declined" }]);
});

test("a person may end the case while the API knows nothing; it is not asked again", async () => {
  const told = await toldOnlyByEvent();
  const { clinic, refundCase } = told;
  await hasAsked(refundCase);
  await resolveRefundManually({
    caller: { kind: "operator" },
    input: { tenantId: clinic.tenantId, refundCaseId: refundCase.id, proof: "panel 77" },
  });
  await caseReaches(told, { state: "done", proof: "panel 77" });
  await settledAtOnce(world, refundCase.id);
  await apiLearns(told, "APPROVED");
  expect(await refundCases(world, clinic)).toMatchObject([{ state: "done", method: "manual", proof: "panel 77" }]);
});

test("after 30 days of asking in vain it is left to the person alone", async () => {
  const told = await toldOnlyByEvent();
  const { clinic, refundCase } = told;
  await hasAsked(refundCase);
  await world.owner.query("update refund_case set created_at = created_at - interval '31 days' where id = $1", [refundCase.id]);
  await caseReaches(told, { state: "manual", unproven: ["currency", "reference"] });
  await resolveRefundManually({
    caller: { kind: "operator" },
    input: { tenantId: clinic.tenantId, refundCaseId: refundCase.id, proof: "panel 78" },
  });
  await caseReaches(told, { state: "done", proof: "panel 78" });
});

test("the same approval told twice is one case", async () => {
  const clinic = await openClinic(world);
  const event = { publicKey: clinic.merchant.publicKey, id: "12-1769351602-99", reference: newReference(), amountInCents: 5_000_000 };
  await post(`${world.simulatorsUrl}/wompi/events/send`, event);
  await post(`${world.simulatorsUrl}/clock/advance`, { seconds: "2" });
  await post(`${world.simulatorsUrl}/wompi/events/send`, event);
  const reach = (state: string) =>
    eventually(async () => expect((await inbox(world, clinic)).map((row) => row.state)).toEqual([state, state]));
  await reach("unmatched");
  await halfAnHourPasses(world, event.reference);
  await reach("refund_case");
  expect(await refundCases(world, clinic)).toHaveLength(1);
});

test("approved, then declined, then approved after all: the withdrawn case opens again, and the money goes back", async () => {
  const told = await toldOnlyByEvent();
  const { clinic, event, refundCase } = told;
  await hasAsked(refundCase);
  await apiLearns(told, "DECLINED");
  await caseReaches(told, { state: "done", proof: "no money: the provider says DECLINED" });
  await post(`${world.simulatorsUrl}/wompi/transactions/${event.id}/resolve`, { status: "APPROVED", event: "never" });
  await post(`${world.simulatorsUrl}/clock/advance`, { seconds: "2" });
  await post(`${world.simulatorsUrl}/wompi/events/send`, event);
  await eventually(async () => expect((await inbox(world, clinic)).map((row) => row.state)).toContain("unmatched"));
  await halfAnHourPasses(world, event.reference);
  await caseReaches(told, { state: "done", method: "void", proof: "VOIDED" });
});

describe("under a reference of ours", () => {
  /** The customer never paid on the page; an event says, rightly signed, that they did. */
  async function toldOfOurs() {
    const clinic = await openClinic(world);
    const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
    next += 1;
    const event = {
      publicKey: clinic.merchant.publicKey,
      id: `12-1769351603-${next}`,
      reference: booking.reference,
      amountInCents: 10_000_000,
    };
    await post(`${world.simulatorsUrl}/wompi/events/send`, event);
    await eventually(async () => expect(await inbox(world, clinic)).toEqual([{ state: "unmatched", reference: booking.reference }]));
    return { clinic, booking, event };
  }

  test("an approval that Wompi's API does not show is not settled by silence: after half an hour it is a refund case", async () => {
    const { clinic, booking, event } = await toldOfOurs();
    expect(await state(world, booking)).toMatchObject({ status: "pending" });
    await halfAnHourPasses(world, event.reference);
    expect(await inbox(world, clinic)).toEqual([{ state: "refund_case", reference: event.reference }]);
    expect(await refundCases(world, clinic)).toMatchObject([{ reason: "unmatched", state: "open", method: "manual", amount: 10_000_000 }]);
  });

  test("when the API shows it in time, the booking is the customer's and the event is settled", async () => {
    const { clinic, booking, event } = await toldOfOurs();
    await post(`${world.simulatorsUrl}/wompi/transactions/create`, { ...event, status: "APPROVED", event: "never" });
    await eventually(async () => {
      await hurryPolls(world, booking.id);
      expect(await state(world, booking)).toMatchObject({ status: "confirmed" });
    });
    await halfAnHourPasses(world, event.reference);
    expect(await inbox(world, clinic)).toEqual([{ state: "settled", reference: event.reference }]);
    expect(await refundCases(world, clinic)).toEqual([]);
  });
});
