import { expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";
import { withOtherEvents, withQuestions, withSharedAddress, withSignedFacts } from "./capabilities/playable.ts";
import { confirmed, facts, hurryPolls, inbox, settledAtOnce, silence } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

/** Its events tell an id, and nothing of the money. */
const tellsIdOnly = facts.signatureCovers === "id_only";
const untouched = { booking: { status: "pending", paymentStatus: "pending" }, payments: ["created"], claims: ["paying"], ...silence };

test("a forged event is answered 401 and nothing is stored", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { payer, appUrl } = stage;
  const approval = { reference: booking.reference, amountMinor: 10_000_000 };
  expect(await payer.tell(clinic.account, approval, { signature: "wrong" })).toMatchObject([{ status: 401 }]);
  const answers = Object.values(await payer.forge(clinic.account, booking.reference, `${appUrl}/api/webhooks/${testedProvider.id}`));
  expect(answers.length).toBeGreaterThan(0);
  expect(answers).toEqual(answers.map(() => 401));
  expect(await inbox(stage, clinic)).toEqual([]);
  expect(await stage.endState(clinic, booking.id)).toEqual(untouched);
});

withSignedFacts.story("an event whose status is not signed proves nothing: 401", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const approval = { reference: booking.reference, amountMinor: 10_000_000 };
  expect(await stage.payer.tell(clinic.account, approval, { unsigned: "state" })).toMatchObject([{ status: 401 }]);
  expect(await inbox(stage, clinic)).toEqual([]);
  expect(await stage.endState(clinic, booking.id)).toEqual(untouched);
});

test("an event for an unknown, empty or foreign connection is refused and leaves nothing", async () => {
  const clinic = await stage.openClinic();
  const other = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const at = (place: string) => stage.payer.deliverTo(`${stage.appUrl}/api/webhooks/${place}`, clinic.account, booking.reference);
  expect(await at(`${testedProvider.id}/${crypto.randomUUID()}`)).toBe(401);
  expect(await at(`${testedProvider.id}/nonsense`)).toBe(401);
  expect(await at(`${testedProvider.id}/%00`)).toBe(401);
  if (!testedProvider.testKeyIsShared) expect(await at(`${testedProvider.id}/${other.connectionId}`)).toBe(401);
  expect(await at(`${testedProvider.id}/`)).toBe(404);
  expect(await at(`paypal/${clinic.connectionId}`)).toBe(404);
  expect([...(await inbox(stage, clinic)), ...(await inbox(stage, other))]).toEqual([]);
  expect(await stage.endState(clinic, booking.id)).toEqual(untouched);
});

withQuestions.story(
  "a rightly signed event that says more than the provider's API knows is stored, asked about, and not believed",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const approval = { reference: booking.reference, amountMinor: 10_000_000 };
    expect(await stage.payer.tell(clinic.account, approval)).toMatchObject([{ status: 200 }]);
    const reference = tellsIdOnly ? expect.stringMatching(/^(?!KF-)/) : booking.reference;
    await eventually(async () => expect(await inbox(stage, clinic)).toEqual([{ state: "unmatched", reference }]));
    expect(await stage.endState(clinic, booking.id)).toEqual(untouched);
  },
);

withSharedAddress.story(
  "an event names another booking's reference: an approval is booked where the money is, and only there",
  async () => {
    const clinic = await stage.openClinic();
    const victim = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const payer = await stage.reachPaymentPage(clinic, { start: slotStart(1) });
    await stage.pay(payer.checkoutUrl, "approve", { says: { reference: victim.reference } });
    await stage.reaches(payer, { status: "confirmed" });
    await settledAtOnce(stage, payer.id);
    await hurryPolls(stage, victim.id);
    expect(await stage.endState(clinic, payer.id)).toEqual(confirmed());
    expect(await stage.endState(clinic, victim.id)).toEqual({ ...untouched, mails: ["customer", "merchant", "professional"] });
    // Refused where the reference is signed; where the event names none, it is the API's to say.
    const stored = [{ state: "settled", reference: tellsIdOnly ? payer.reference : victim.reference }];
    expect(await inbox(stage, clinic)).toEqual(testedProvider.signsReference ? [] : stored);
  },
);

test("another currency in an event than was paid: what the provider's API says counts", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { says: { currency: "USD" } });
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withSignedFacts.story("an amount changed in the event after signing: refused; the poll books what was really paid", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { deliveries } = await stage.pay(booking.checkoutUrl, "approve", { says: { amountMinor: 1 } });
  expect(deliveries).toMatchObject([{ status: 401 }]);
  expect(await inbox(stage, clinic)).toEqual([]);
  await hurryPolls(stage, booking.id);
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withOtherEvents.story("an event of a kind that says nothing about money is stored, answered 200 and ignored", async () => {
  const clinic = await stage.openClinic();
  expect(await stage.payer.tellOfNoMoney(clinic.account)).toBe(200);
  expect(await inbox(stage, clinic)).toEqual([{ state: "ignored", reference: null }]);
});
