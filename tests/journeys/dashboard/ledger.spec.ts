import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { system as caller } from "#contracts/caller.ts";
import booking from "#messages/booking/es.json" with { type: "json" };
import ledger from "#messages/ledger/es.json" with { type: "json" };
import money from "#messages/money/es.json" with { type: "json" };
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, test, wide } from "../journey.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const words = ledger.ledger;

test.use(wide);

test("a payment is found by its number, counted in its day and in the journal, refunded with a receipt; a reversal is answered; a test callback tells what is wrong", async ({
  page,
  context,
  stage,
  openBrowser,
  watch,
}) => {
  watch.expectRefused(/^POST \/api\/refund-cases\/[^/]+\/proofs 415$/);
  const clinic = await openClinic(stage);
  const { tenantId } = clinic;
  const merchant = await openMerchant(stage, { tenantId });
  await signIn(context, stage, merchant);
  await page.goto("/dashboard/money/payments");
  await expect(page.getByText(words.payments.empty.title)).toBeVisible();

  const paid = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await pay(stage, paid.checkoutUrl, "approve");
  const isPaid = () => stage.owner.query("select from checkout where id = $1 and paid_charge_id is not null", [paid.id]);
  await expect.poll(async () => (await isPaid()).rowCount).toBe(1);
  // The provider's API refunds no parts.
  await requestRefund({ caller, input: { tenantId, checkoutId: paid.id, amountMinor: 3_000_000 } });
  const manual = () => stage.owner.query("select from refund_case where tenant_id = $1 and state = 'manual'", [tenantId]);
  await expect.poll(async () => (await manual()).rowCount).toBe(1);

  await page.getByLabel(words.payments.filters.search).fill(paid.reference.toLowerCase());
  await page.getByRole("button", { name: words.payments.filters.apply }).click();
  const row = page.getByTestId("payments").locator("tbody tr");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(paid.reference);
  await expect(row).toContainText(words.payments.outcome.booked);
  await expectGoodLooks({ stage, merchant, path: "/dashboard/money/payments", name: "payments", openBrowser });

  await page.getByRole("link", { name: words.tabs.pending }).click();
  await expect(page.getByTestId("deadline")).toContainText("15");
  const files = page.getByTestId("proof-files");
  await files.locator("input[type=file]").setInputFiles({ name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from("hola") });
  await expect(files.getByRole("alert")).toBeVisible();
  const receipt = { name: "recibo ñ.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF") };
  await files.locator("input[type=file]").setInputFiles(receipt);
  const saved = page.waitForEvent("download");
  await files.getByRole("link", { name: receipt.name }).click();
  expect((await saved).suggestedFilename()).toBe(receipt.name);
  await page.getByTestId("resolve").click();
  await page.getByLabel(money.money.resolve.field).fill("Transferencia 8841");
  await page.getByTestId("save").click();
  await expect(page.getByText(money.money.none)).toBeVisible();

  await page.getByRole("link", { name: words.tabs.days }).click();
  const day = page.getByTestId("days").locator("tbody tr");
  await expect(day).toHaveCount(1);
  await expect(day).toContainText("100.000");
  await expect(day).toContainText("70.000");
  await expect(page.getByTestId("journal")).toContainText(words.journal.noTax);
  const journal = page.waitForEvent("download");
  await page.getByTestId("journal-csv").click();
  expect((await journal).suggestedFilename()).toMatch(/^sales-\d{4}-\d{2}-test\.csv$/);
  await expectGoodLooks({ stage, merchant, path: "/dashboard/money/days", name: "days", openBrowser });
  await day.getByRole("link").click();
  await expect(page.getByTestId("lines").locator("li")).toHaveCount(2);
  await expect(page.getByTestId("lines")).toContainText(words.kind.refund);

  await stage.owner.query("update checkout set reversal_answer = 'open' where id = $1", [paid.id]);
  await page.goto("/dashboard/money");
  await page.getByTestId("reversal-keep").dblclick();
  await expect(page.getByText(booking.booking.reversal.kept)).toBeVisible();
  await expect(page.getByTestId("reversal-keep")).toHaveCount(0);

  await page.goto("/dashboard/settings/callbacks");
  await page.getByTestId("test-callback").click();
  await expect(page.getByTestId("test-result")).toHaveAttribute("data-problem", "none");
  await stage.owner.query("update tenant set callback_url = 'https://no-such-name.invalid/x' where tenant_id = $1", [tenantId]);
  await page.getByTestId("test-callback").click();
  await expect(page.getByTestId("test-result")).toHaveAttribute("data-problem", "dns");
  await expect(page.getByTestId("deliveries").locator("[data-event='callback.test']")).toHaveCount(2);
});
