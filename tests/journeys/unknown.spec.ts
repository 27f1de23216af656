import type { Page } from "@playwright/test";
import { formatShort } from "#ui/format.ts";
import { openClinic } from "../support/clinic.ts";
import { pay, reachPaymentPage, retry, slotStart, state } from "../support/customer.ts";
import { payerAt } from "../support/payers/tested-provider.ts";
import { timePasses } from "../support/time-passes.ts";
import { expect, phone, test } from "./journey.ts";
import { keepPicture, seriousFindings } from "./looks.ts";
import { resolve } from "./outside.ts";
import { hydrated } from "./watch.ts";
import { expectState } from "./wizard.ts";
import { digits, saying, wordsOf } from "./words.ts";

test.use(phone);

const words = wordsOf("es").confirm;
const open = (page: Page, { id, token }: { id: string; token: string }) => page.goto(`/book/${id}/confirm?token=${token}`);

test("a bank that still decides when the time is over: the page asks on, says no 'no', and shows the success when it comes", async ({
  page,
  stage,
}) => {
  const clinic = await openClinic(stage);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  const { chargeIds } = await pay(stage, booking.checkoutUrl, "pending");
  await expect.poll(async () => (await pollsOf(booking.id)) > 0, { timeout: 20_000 }).toBe(true);
  await timePasses(stage, booking.id, 11);
  await open(page, booking);
  await expectState(page, "asking");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.asking.title);
  await expect(page.locator("main")).not.toContainText(/rechazad|no se te cobró|no recibimos/i);
  await expect(page).toHaveTitle(`${words.asking.title} · Clínica de prueba`);
  const { slotKeptUntil } = await state(stage, booking);
  expect(slotKeptUntil && Date.parse(slotKeptUntil), "the cap of the silence lies ahead").toBeGreaterThan(Date.now());
  const until = formatShort({ instant: slotKeptUntil ?? "", locale: "es-CO", timezone: "America/Bogota" });
  const kept = page.getByText(words.askingNext.kept.replace("{until}", `${until} (hora de Colombia)`));
  await expect(kept, "until when the time is kept, and what happens then").toBeVisible();
  await expect(page.getByTestId("retry-button")).toHaveCount(0);
  expect.soft(await seriousFindings(page)).toEqual([]);
  await keepPicture(page, "asking-es-375");
  await resolve(stage, chargeIds[0], "APPROVED");
  await expectState(page, "confirmed");

  async function pollsOf(id: string): Promise<number> {
    const { rows } = await stage.owner.query<{ polls: number }>("select max(polls)::int as polls from payment where checkout_id = $1", [
      id,
    ]);
    return rows[0]?.polls ?? 0;
  }
});

test("a stored approval whose provider is away is not 'we received no payment'", async ({ page, stage, watch }) => {
  watch.expectLogged(/answered with status 503/);
  const clinic = await openClinic(stage);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await pay(stage, booking.checkoutUrl, "approve", { fails: { status: 503, times: 1000 } });
  await timePasses(stage, booking.id, 13);
  await open(page, booking);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.asking.title);
  await expect(page.locator("main")).not.toContainText(/no se te cobró|no recibimos/i);
  await payerAt(stage).calm(clinic.account);
});

test("another amount: the page names what goes back, the hold lives on, and the right payment is not 'paid twice'", async ({
  page,
  stage,
}) => {
  const clinic = await openClinic(stage);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  // By bank transfer: it cannot be voided, so that the refund waits for a person.
  await pay(stage, booking.checkoutUrl, "approve", { amountMinor: 1_200_000, method: "bank_transfer" });
  await open(page, booking);
  await expectState(page, "mismatch");
  const refund = page.getByTestId("refund");
  expect(digits((await refund.textContent()) ?? "")).toContain("12000");
  await expect(refund).toContainText(/\$\s*12\.000/);
  await expect(refund).toContainText(/\$\s*100\.000/);
  await expect(page.getByTestId("countdown")).toBeVisible();
  await expect(page.getByTestId("retry-button")).toBeVisible();
  await keepPicture(page, "mismatch-es-375");

  await pay(stage, (await retry(stage, booking)).body.checkoutUrl, "approve");
  await expectState(page, "confirmed");
  await page.getByRole("button", { name: words.stay }).click();
  await expect(page.locator("main")).not.toContainText(words.refund.duplicate);
  await expect(refund).toContainText(words.refund.stands);
  await expect(refund).toContainText(saying(words.refund.underWay));
  await keepPicture(page, "confirmed-mismatch-es-375");

  await page.clock.install({ time: Date.now() });
  await page.reload();
  await expect(refund).toContainText(saying(words.refund.underWay));
  await stage.owner.query("update refund_case set state = 'done' where checkout_id = $1", [booking.id]);
  expect((await state(stage, booking)).refund).toMatchObject({ state: "done", amountMinor: 1_200_000, currency: "COP" });
  await hydrated(page);
  await page.clock.fastForward(31_000);
  await expect(refund, "live until the refund is done").toContainText(saying(words.refund.done));
});
