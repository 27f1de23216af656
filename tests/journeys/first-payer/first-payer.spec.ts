import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import type { Availability } from "#contracts/checkout.ts";
import { type Clinic, openClinic } from "../../support/clinic.ts";
import { bookUnheld, slotStart, state } from "../../support/customer.ts";
import type { SeenMail } from "../../support/outside-effects.ts";
import { timePasses } from "../../support/time-passes.ts";
import type { Place } from "../../support/world.ts";
import { expect, phone, test } from "../journey.ts";
import { keepPicture, seriousFindings, sidewaysPixels } from "../looks.ts";
import { bookingBehind } from "../outside.ts";
import {
  ana,
  atWompi,
  type Booking,
  chooseSlot,
  expectState,
  fillDetails,
  noteStates,
  openTimes,
  pressAtWompi,
  pressPay,
} from "../wizard.ts";
import { saying, wordsOf } from "../words.ts";

/** The three tests of spec/003: nothing is kept, and the first who pays has the slot. */
test.use(phone);

const words = wordsOf("es");
const root = join(import.meta.dirname, "..", "..", "..");
const open = (stage: Place) => openClinic(stage, { policy: "first_payer_wins" });
const emailOf = (who: string, clinic: Clinic) => `${who}@${clinic.link}.example`;

/** From the times to the provider's page. Answers the start of the slot. */
async function toPayment(page: Page, stage: Place, { clinic, who }: { clinic: Clinic; who: string }): Promise<string> {
  await openTimes(page, clinic);
  const start = await chooseSlot(page);
  await page.getByTestId("hold-button").click();
  await expect(page).toHaveURL(/\/details\?.*start=/);
  await expect(page.getByTestId("race-note")).toHaveText(words.details.raceNote);
  await fillDetails(page, { ...ana, email: emailOf(who, clinic) });
  await pressPay(page, stage);
  return start;
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
  const start = await toPayment(page, stage, { clinic, who: "first" });
  expect(await isFree(stage, clinic, start), "until somebody has paid").toBe(true);
  const booking = await pressAtWompi(page, "approve");
  await expectState(page, "confirmed");
  await expect.poll(() => state(stage, booking)).toMatchObject({ status: "confirmed", paymentStatus: "paid" });
  expect(await isFree(stage, clinic, start)).toBe(false);
  await expect.poll(() => subjectsTo(stage, emailOf("first", clinic))).toHaveLength(1);
});

test("test 2: left unpaid: the slot stays free and nobody is told; after half an hour the clean-up deletes the booking", async ({
  page,
  stage,
  watch,
}) => {
  const clinic = await open(stage);
  const start = await toPayment(page, stage, { clinic, who: "first" });
  const id = await bookingBehind(stage, page.url());
  const { rows } = await stage.owner.query<Booking>("select id, token from checkout where id = $1", [id]);
  const booking = rows[0] ?? { id, token: "" };
  const address = `/book/${id}/confirm?token=${booking.token}`;
  await page.goto(address);
  await expectState(page, "confirming");
  await expect(page.getByText(words.confirm.raceNote)).toBeVisible();
  expect(await isFree(stage, clinic, start)).toBe(true);
  expect(await state(stage, booking)).toMatchObject({ status: "pending", paymentStatus: "pending" });

  await timePasses(stage, id, 33);
  await expectState(page, "expired");
  await promisify(execFile)(process.execPath, [join(root, "scripts/tool.mjs"), "src/cleanup-unpaid.ts"], { cwd: root });
  expect((await stage.owner.query("select from checkout where id = $1", [id])).rowCount).toBe(0);
  expect(await subjectsTo(stage, emailOf("first", clinic))).toEqual([]);
  watch.expectRefused(/ 404$/);
  await page.goto(address);
  await expect(page.getByText(words.problems.bookingUnknown.text)).toBeVisible();
});

test("test 3: two browsers, one slot: the first succeeds; the second is told at once, with a number and other times, and books one of them with two presses", async ({
  page,
  stage,
  openBrowser,
}) => {
  const clinic = await open(stage);
  const other = await (await openBrowser(phone)).newPage();
  await toPayment(page, stage, { clinic, who: "first" });
  await toPayment(other, stage, { clinic, who: "second" });
  await pressAtWompi(page, "approve");
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
  await atWompi(other, stage);
});

test("who waits for a slot that somebody else has paid sees it without a reload, and can use the page in each language and width", async ({
  page,
  stage,
}) => {
  const clinic = await open(stage);
  const wish = { start: slotStart(0), email: emailOf("second", clinic) };
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
  for (const language of ["es", "fr"]) {
    await page.goto(`/book/${rival.id}/confirm?token=${rival.token}&lang=${language}`);
    await expect(page.getByTestId("next-slot").first()).toBeVisible();
    expect.soft(await sidewaysPixels(page)).toBe(0);
    expect.soft(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, `gone-${language}-375`);
  }
});
