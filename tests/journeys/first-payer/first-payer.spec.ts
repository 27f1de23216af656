import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import type { Availability } from "#contracts/checkout.ts";
import { connectEverywhere } from "../../races/rush.ts";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { bookUnheld, slotStart, state } from "../../support/customer.ts";
import type { SeenMail } from "../../support/outside-effects.ts";
import { timePasses } from "../../support/time-passes.ts";
import type { Place } from "../../support/world.ts";
import { expect, phone, test } from "../journey.ts";
import { ana, type Booking, bookingOf, chooseSlot, expectState, fillDetails, noteStates, openTimes, pressAtWompi } from "../wizard.ts";
import { saying, wordsOf } from "../words.ts";

/** The three tests of spec/003: nothing is kept, and the first who pays has the slot. */
test.use(phone);

const words = wordsOf("es");
const root = join(import.meta.dirname, "..", "..", "..");

/** Whose customers pay by card at one provider, or at another that keeps its pages open. */
async function open(stage: Place): Promise<Clinic> {
  const clinic = await openClinic(stage, { policy: "first_payer_wins" });
  expect(await connectEverywhere(stage, clinic)).toContain("stripe");
  return clinic;
}
const emailOf = (who: string, clinic: Clinic) => `${who}@${clinic.link}.example`;

type Wish = { clinic: Clinic; who: string; at: "Stripe" | "Wompi" };

/** From the times to the provider's page. Answers the start of the slot. */
async function toPayment(page: Page, { clinic, who, at }: Wish): Promise<string> {
  await openTimes(page, clinic);
  const start = await chooseSlot(page);
  await page.getByTestId("hold-button").click();
  await expect(page).toHaveURL(/\/details\?.*start=/);
  await expect(page.getByTestId("race-note")).toHaveText(words.details.raceNote);
  await fillDetails(page, { ...ana, email: emailOf(who, clinic) });
  await page.getByRole("radio", { name: new RegExp(`^${at}`, "i") }).check();
  await page.getByTestId("pay-button").click();
  await expect(page).toHaveURL(new RegExp(`/${at.toLowerCase()}/`));
  return start;
}

async function payByCard(page: Page): Promise<Booking> {
  await page.locator("input[name=card]").fill("4242 4242 4242 4242");
  await page.locator("button.good").click();
  await expect(page).toHaveURL(/\/book\/[^/]+\/confirm\?/);
  return bookingOf(page);
}

async function isFree(stage: Place, clinic: Clinic, start: string): Promise<boolean> {
  const query = new URLSearchParams({ link: clinic.link, service: clinic.serviceId, professional: clinic.professionalId });
  const { slots } = (await (await fetch(`${stage.appUrl}/api/availability?${query}`)).json()) as Availability;
  return slots.some((slot) => slot.start === start && slot.state === "free");
}

async function subjectsTo(stage: Place, address: string): Promise<string[]> {
  const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=${encodeURIComponent(address)}`);
  return ((await answer.json()) as { mails: SeenMail[] }).mails.map(({ subject }) => subject);
}

test("test 1: paid: the slot is taken, the mail comes, the booking is confirmed and paid", async ({ page, stage }) => {
  const clinic = await open(stage);
  const start = await toPayment(page, { clinic, who: "first", at: "Stripe" });
  expect(await isFree(stage, clinic, start), "until somebody has paid").toBe(true);
  const booking = await payByCard(page);
  await expectState(page, "confirmed");
  await expect.poll(() => state(stage, booking)).toMatchObject({ status: "confirmed", paymentStatus: "paid" });
  expect(await isFree(stage, clinic, start)).toBe(false);
  await expect.poll(() => subjectsTo(stage, emailOf("first", clinic))).toHaveLength(1);
});

test("test 2: cancelled at the provider: the slot stays free and nobody is told; after half an hour the clean-up deletes the booking", async ({
  page,
  stage,
  watch,
}) => {
  const clinic = await open(stage);
  const start = await toPayment(page, { clinic, who: "first", at: "Stripe" });
  await page.getByRole("link", { name: "←" }).click();
  await expectState(page, "confirming");
  await expect(page.getByText(words.confirm.raceNote)).toBeVisible();
  const booking = bookingOf(page);
  const { id } = booking;
  expect(await isFree(stage, clinic, start)).toBe(true);
  expect(await state(stage, booking)).toMatchObject({ status: "pending", paymentStatus: "pending" });

  await timePasses(stage, id, 33);
  await expectState(page, "expired");
  await promisify(execFile)(process.execPath, [join(root, "scripts/tool.mjs"), "src/cleanup-unpaid.ts"], { cwd: root });
  expect((await stage.owner.query("select from checkout where id = $1", [id])).rowCount).toBe(0);
  expect(await subjectsTo(stage, emailOf("first", clinic))).toEqual([]);
  watch.expectRefused(/ 404$/);
  await page.reload();
  await expect(page.getByText(words.problems.bookingUnknown.text)).toBeVisible();
});

test("test 3: two browsers, one slot: the first succeeds; the second is told at once, with a number and other times, and books one of them with two presses", async ({
  page,
  stage,
  openBrowser,
}) => {
  const clinic = await open(stage);
  const other = await (await openBrowser(phone)).newPage();
  await toPayment(page, { clinic, who: "first", at: "Stripe" });
  await toPayment(other, { clinic, who: "second", at: "Wompi" });
  await payByCard(page);
  await expectState(page, "confirmed");

  const { id, token } = await pressAtWompi(other, "approve");
  await expectState(other, "taken");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(words.confirm.taken.title);
  const { refund } = await state(stage, { id, token });
  await expect(other.getByTestId("refund-number")).toHaveText(saying(words.confirm.refund.number));
  await expect(other.getByTestId("refund-number")).toContainText(refund?.number ?? "no number");
  await expect.poll(() => subjectsTo(stage, emailOf("second", clinic))).toHaveLength(2);
  const told = await subjectsTo(stage, emailOf("second", clinic));
  expect(told.filter((subject) => subject.startsWith(words.confirm.taken.title))).toHaveLength(1);
  expect(await subjectsTo(stage, emailOf("first", clinic)), "one confirmation").toHaveLength(1);

  await other.getByTestId("next-slot").first().click();
  await expect(other.locator("#email")).toHaveValue(emailOf("second", clinic));
  await expect(other.locator("#name")).toHaveValue(ana.name);
  await expect(other.getByTestId("terms-again")).toBeVisible();
  await other.getByTestId("pay-button").click();
  await expect(other).toHaveURL((url) => url.href.startsWith(stage.simulatorsUrl));
});

test("who waits for a slot that somebody else has paid sees it without a reload, and can pay no more at a provider that closes its pages", async ({
  page,
  stage,
  watch,
}) => {
  const clinic = await open(stage);
  const wish = { start: slotStart(0), email: emailOf("second", clinic), provider: "stripe" };
  const [winner, rival] = [(await bookUnheld(stage, clinic, { start: slotStart(0) })).body, (await bookUnheld(stage, clinic, wish)).body];
  const statesSeen = await noteStates(page);
  await page.goto(`/book/${rival.id}/confirm?token=${rival.token}`);
  await expectState(page, "confirming");
  const payer = await page.context().newPage();
  await payer.goto(winner.checkoutUrl);
  await pressAtWompi(payer, "approve");
  await payer.close();
  await expectState(page, "gone");
  expect((await statesSeen()).map(({ state: seen }) => seen)).toEqual(["confirming", "gone"]);
  await expect(page.getByTestId("next-slot").first()).toBeVisible();
  await expect(page.getByTestId("retry-button")).toHaveCount(0);
  // The provider's page was closed meanwhile, and leads back here.
  watch.expectRefused(/\/c\/pay\/.* 410$/);
  await expect(async () => {
    await page.goto(rival.checkoutUrl);
    await expect(page.locator("[name=card]")).toHaveCount(0, { timeout: 100 });
  }).toPass();
  await page.getByRole("link", { name: "←" }).click();
  await expectState(page, "gone");
});
