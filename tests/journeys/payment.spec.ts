import { openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../support/customer.ts";
import { timePasses } from "../support/time-passes.ts";
import { expect, test } from "./journey.ts";
import { eventsAbout, nothing, outsideOf, resolve, transactionOf } from "./outside.ts";
import { hydrated } from "./watch.ts";
import { ana, atWompi, expectState, fillDetails, noteStates, pressAtWompi, pressPay, takeSlot } from "./wizard.ts";
import { saying, wordsOf } from "./words.ts";

const words = wordsOf("es").confirm;

for (const outcome of ["decline", "error"] as const) {
  test(`${outcome}: the page says so, nothing is told to anybody, and another try pays`, async ({ page, stage }) => {
    const clinic = await openClinic(stage);
    const who = { email: `customer@${clinic.link}.example`, server: clinic.callback.id };
    await takeSlot(page, clinic);
    await fillDetails(page, { ...ana, email: who.email });
    await pressPay(page, stage);
    const { id } = await pressAtWompi(page, outcome);
    await expectState(page, "declined");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.declined.title);
    await expect(page.getByTestId("countdown")).toBeVisible();
    expect(await outsideOf(stage, { id, ...who })).toEqual(nothing);

    await page.getByTestId("retry-button").click();
    await atWompi(page, stage);
    expect(await pressAtWompi(page, "approve")).toMatchObject({ id });
    await expectState(page, "confirmed");
    await expect.poll(async () => (await outsideOf(stage, { id, ...who })).callbacks.length).toBe(1);
  });
}

test("a lost event changes nothing: the return and the asking bring the success", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  await takeSlot(page, clinic);
  await fillDetails(page, { ...ana, email: `customer@${clinic.link}.example` });
  await pressPay(page, stage);
  const { id } = await pressAtWompi(page, "approve", { event: "never" });
  await expectState(page, "confirmed");
  expect(await eventsAbout(stage, (await transactionOf(stage, id)).reference)).toEqual([]);
});

test("a bank that takes its time: the page says that it is late, and shows the success by itself when it comes", async ({
  page,
  stage,
}) => {
  const clinic = await openClinic(stage);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  const { chargeIds } = await pay(stage, booking.checkoutUrl, "pending");
  const statesSeen = await noteStates(page);
  await page.clock.install({ time: Date.now() });
  await page.goto(`/book/${booking.id}/confirm?token=${booking.token}`);
  await expectState(page, "confirming");
  await hydrated(page);
  await page.clock.fastForward(21_000);
  await expectState(page, "late");
  await expect(page.getByText(saying(words.late.text))).toContainText(`customer@${clinic.link}.example`);
  await resolve(stage, chargeIds[0], "APPROVED");
  await expectState(page, "confirmed");
  expect((await statesSeen()).map(({ state }) => state)).toEqual(["confirming", "late", "confirmed"]);
});

test("the open page says when the time is over; a late payment for the resold slot is sent back, with the reason", async ({
  page,
  stage,
}) => {
  const clinic = await openClinic(stage);
  const first = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  const statesSeen = await noteStates(page);
  await page.goto(`/book/${first.id}/confirm?token=${first.token}`);
  await expectState(page, "confirming");
  await timePasses(stage, first.id, 13);
  await expectState(page, "expired");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.expired.title);
  await expect(page.getByTestId("next-slot").first()).toBeEnabled();

  const second = await reachPaymentPage(stage, clinic, { start: slotStart(0), email: `second@${clinic.link}.example` });
  await pay(stage, second.checkoutUrl, "approve");
  await pay(stage, first.checkoutUrl, "approve");
  await expectState(page, "taken");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.taken.title);
  await expect(page.getByText(words.refund.capacity_gone)).toBeVisible();
  const seen = (await statesSeen()).map(({ state }) => state);
  expect(
    seen.filter((state) => !state.startsWith("asking")),
    "without reload",
  ).toEqual(["confirming", "expired", "taken"]);
});
