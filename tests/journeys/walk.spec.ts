import { readFileSync } from "node:fs";
import { demo, demoId } from "#db/demo.ts";
import { openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../support/customer.ts";
import { expect, phone, test, wide } from "./journey.ts";
import { bookingBehind, eventsAbout, followUpsOf, nothing, outsideOf, resolve } from "./outside.ts";
import {
  ana,
  chooseDay,
  chooseOffer,
  chooseSlot,
  expectState,
  fillDetails,
  noteStates,
  pressAtWompi,
  pressHold,
  pressPay,
} from "./wizard.ts";
import { digits, saying, wordsOf } from "./words.ts";

const successMsMax = 2_000;
const server = "demo";
const paidCallback = { event: "booking.paid", firma: "right", standardWebhook: "right" };

test.describe("phone", () => {
  test.use(phone);

  test("on a phone in Spanish: nothing is real before the money, and everything within two seconds of the event", async ({
    page,
    stage,
  }) => {
    const words = wordsOf("es");
    const email = "ana.telefono@example.com";
    const statesSeen = await noteStates(page);

    await page.goto("/book/demo");
    await expect(page).toHaveURL(/\/book\/demo\/select/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.select.title);
    await chooseOffer(page, { serviceId: demoId(13), professionalId: demoId(21) });
    await chooseDay(page);
    await chooseSlot(page);
    await pressHold(page);
    await fillDetails(page, { ...ana, email });
    await pressPay(page, stage);

    const bookingId = await bookingBehind(stage, page.url());
    const reference = new URL(page.url()).searchParams.get("reference") ?? "";
    expect(digits((await page.locator(".total").textContent()) ?? "")).toContain("95000");
    expect(await outsideOf(stage, { id: bookingId, email, server })).toEqual(nothing);
    expect(await followUpsOf(stage, bookingId), "follow-ups before the money").toBe(0);

    const pressedAt = Date.now();
    const booking = await pressAtWompi(page, "approve", { event: "after" });
    expect(booking.id).toBe(bookingId);
    await expectState(page, "confirmed");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.confirm.confirmed.title);
    const states = await statesSeen();
    await expect.poll(async () => (await eventsAbout(stage, reference)).map((event) => event.state)).toEqual(["delivered"]);
    const [event] = await eventsAbout(stage, reference);
    const confirmedAt = states.find(({ state }) => state === "confirmed")?.at ?? Number.NaN;
    const afterEventMs = confirmedAt - Date.parse(event?.attempts[0]?.at ?? "");
    console.log(
      `   approved with the event 1.5 s after the return: success ${afterEventMs} ms after the event (negative: the return asked first)`,
    );
    expect(confirmedAt).toBeGreaterThan(pressedAt);
    expect(afterEventMs).toBeLessThan(successMsMax);

    await expect(page).toHaveURL((url) => url.href.startsWith(`${stage.simulatorsUrl}/merchant/demo/return`), { timeout: 15_000 });
    const returned = new URL(page.url()).searchParams;
    expect([returned.get("status"), returned.get("ref")]).toEqual(["ok", bookingId]);
    await expect
      .poll(() => outsideOf(stage, { id: bookingId, email, server }))
      .toEqual({ rooms: 1, mails: [demo.professionals[0].email, demo.tenant.notifyEmail, email].sort(), callbacks: [paidCallback] });
  });
});

test("the event alone brings the success to an open page within two seconds, without reload", async ({ page, stage }) => {
  const clinic = await openClinic(stage);
  const statesSeen = await noteStates(page);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  const { chargeIds } = await pay(stage, booking.checkoutUrl, "pending");
  await page.goto(`/book/${booking.id}/confirm?token=${booking.token}`);
  await expectState(page, "confirming");
  const who = { id: booking.id, email: `customer@${clinic.link}.example`, server: clinic.callback.id };
  expect(await outsideOf(stage, who)).toEqual(nothing);

  await resolve(stage, chargeIds[0], "APPROVED");
  await expectState(page, "confirmed");
  const [event] = await eventsAbout(stage, booking.reference);
  const deliveredAt = Date.parse(event?.attempts[0]?.at ?? "");
  const states = await statesSeen();
  expect(
    states.map(({ state }) => state),
    "one document saw both: no reload",
  ).toEqual(["confirming", "confirmed"]);
  const afterEventMs = (states[1]?.at ?? Number.NaN) - deliveredAt;
  console.log(`   event to success on the open page: ${afterEventMs} ms`);
  expect(afterEventMs).toBeGreaterThan(0);
  expect(afterEventMs).toBeLessThan(successMsMax);
});

test.describe("wide", () => {
  test.use({ ...wide, locale: "fr-FR" });

  test("on a wide screen in French: the deposit is paid now, the rest is shown, and the appointment goes into the calendar", async ({
    page,
    stage,
  }) => {
    const words = wordsOf("fr");
    const email = "zoe.large@example.com";
    await page.goto("/book/demo");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.select.title);
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await expect(page.locator(`[data-id="${demoId(12)}"]`)).toContainText(/25\s*%/);
    await chooseOffer(page, { serviceId: demoId(12), professionalId: demoId(22) });
    await chooseDay(page);
    await chooseSlot(page);
    await pressHold(page);
    const amounts = async () => (await page.locator("dl dd").allInnerTexts()).map(digits);
    expect(await amounts()).toEqual(["180000", "45000", "135000"]);
    await fillDetails(page, { name: "Zoé Durand", email, phone: "+33 6 12 34 56 78" });
    await pressPay(page, stage);
    expect(digits((await page.locator(".total").textContent()) ?? "")).toContain("45000");
    const { id } = await pressAtWompi(page, "approve", { event: "before" });

    await expectState(page, "confirmed");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.confirm.confirmed.title);
    await page.getByRole("button", { name: words.confirm.stay }).click();
    expect(await amounts()).toEqual(["180000", "45000", "135000"]);
    await expect(page.getByText(words.summary.paid, { exact: true })).toBeVisible();
    await expect(page.getByText(words.summary.dueLater, { exact: true })).toBeVisible();
    await expect(page.getByText(saying(words.confirm.mailSent))).toContainText(email);

    const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("calendar").click()]);
    expect(download.suggestedFilename()).toMatch(/\.ics$/);
    const file = readFileSync(await download.path(), "utf8");
    expect(file).toContain("BEGIN:VEVENT");
    await expect
      .poll(() => outsideOf(stage, { id, email, server }))
      .toEqual({ rooms: 0, mails: [demo.professionals[1].email, demo.tenant.notifyEmail, email].sort(), callbacks: [paidCallback] });
    await expect(page, "staying means staying").toHaveURL(/\/confirm\?/);
  });
});
