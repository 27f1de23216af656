import { expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";
import { withChargePerTry, withLookup, withOpenPagesAndLookup, withSharedAddress } from "./capabilities/playable.ts";
import { confirmed, hurryPolls, inbox, losePolls, minutesOfHold, settledAtOnce } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

/** What the browser does when the provider's page sends it back. */
async function comeBack(returnUrl: string | null): Promise<Response> {
  return fetch(returnUrl ?? "the page did not send the customer back", { redirect: "manual" });
}

withLookup.story("an event that is lost changes nothing but some seconds: the poll heals it", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve_without_return", { tells: "never" });
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  expect(await inbox(stage, clinic)).toEqual([]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

test("the event comes before the browser returns: one booking", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { returnUrl } = await stage.pay(booking.checkoutUrl, "approve", { tells: "before_return" });
  const answer = await comeBack(returnUrl);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/book/${booking.id}/confirm?token=${booking.token}`);
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withLookup.story("the event comes after the browser has returned: the return already booked, the event changes nothing", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { returnUrl } = await stage.pay(booking.checkoutUrl, "approve", { tells: "after_return" });
  await comeBack(returnUrl);
  await stage.reaches(booking, { status: "confirmed" });
  await eventually(async () => expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference: booking.reference }]));
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withLookup.story("the return page alone heals a lost event, however often it is opened", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await losePolls(stage, booking.id);
  const { returnUrl } = await stage.pay(booking.checkoutUrl, "approve", { tells: "never" });
  const answers = await Promise.all([1, 2, 3].map(() => comeBack(returnUrl)));
  expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303]);
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withOpenPagesAndLookup.story("the return page heals a lost event even when the hold has ended meanwhile", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.timePasses(booking.id, minutesOfHold);
  await stage.reaches(booking, { status: "expired" });
  await losePolls(stage, booking.id);
  const { returnUrl } = await stage.pay(booking.checkoutUrl, "approve", { tells: "never" });
  await comeBack(returnUrl);
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ claims: ["expired", "booked"] }));
});

withLookup.story("a return with a wrong token or for an unknown booking asks nothing and tells nothing", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  // Its jobs would be done and gone before anybody could look.
  await stage.stopWorker();
  const questionsAfter = async (...paths: string[]) => {
    for (const path of paths) expect((await comeBack(`${stage.appUrl}/pay/return/${path}?${testedProvider.returnQuery}`)).status).toBe(303);
    const keys = "select 'return-' || id from payment where checkout_id = $1";
    return (await stage.owner.query(`select from graphile_worker._private_jobs where key in (${keys})`, [booking.id])).rowCount;
  };
  const wrong = [`${booking.id}/${"x".repeat(32)}`, `${crypto.randomUUID()}/${booking.token}`, "nonsense/nonsense"];
  expect(await questionsAfter(...wrong)).toBe(0);
  expect(await questionsAfter(`${booking.id}/${booking.token}`)).toBe(1);
  await stage.startWorker();
  expect((await stage.state(booking)).status).toBe("pending");
});

test("the same event five times at the same moment is one inbox row and one booking", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { copies: 5 });
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withChargePerTry.story("the approval before the decline that it followed: events in the wrong order change nothing", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const first = await stage.pay(booking.checkoutUrl, "decline_and_stay", { tells: "never" });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.payer.tellAgain(first.chargeIds[0], { copies: 2 });
  await eventually(async () => expect((await inbox(stage, clinic)).map((row) => row.state)).toEqual(["settled", "settled"]));
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withSharedAddress.run.each([`/api/webhooks/${testedProvider.id}`, `/api/payments/${testedProvider.id}/webhook`])(
  withSharedAddress.named("the documents' address %s settles as well"),
  async (path) => {
    const clinic = await stage.openClinic();
    await stage.payer.moveWebhooks(clinic.account, stage.appUrl + path);
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await losePolls(stage, booking.id);
    await stage.pay(booking.checkoutUrl, "approve");
    await stage.reaches(booking, { status: "confirmed" });
    await stage.settled(booking.id);
    expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

withLookup.story("a word that the provider has never used means still pending; its later approval books", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve", { inUnknownWord: true });
  await eventually(async () => expect((await stage.endState(clinic, booking.id)).payments).toEqual(["pending"]));
  expect((await stage.state(booking)).status).toBe("pending");
  await stage.payer.decide(chargeIds[0], "approved", { tells: "never" });
  await hurryPolls(stage, booking.id);
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});
