import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import messages from "#messages/booking/es.json" with { type: "json" };
import { openClinic } from "../../support/clinic.ts";
import { reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { everyTestedProvider } from "../../support/payers/tested-provider.ts";
import { expect, test, wide } from "../journey.ts";
import { signIn } from "./member-pages.ts";

const words = messages.booking;

test.use(wide);

test("a refund is seen to its end by the merchant and the customer; then a bank asks, and the evidence is a file", async ({
  page,
  context,
  stage,
  openBrowser,
}) => {
  const provider = everyTestedProvider.find((one) => one.payer(stage.simulatorsUrl).moneyBack?.dispute);
  if (!provider) throw new Error("no provider's panel knows a dispute");
  const payer = provider.payer(stage.simulatorsUrl);
  const clinic = await openClinic(stage);
  const { tenantId } = clinic;
  const id = randomUUID();
  const account = await payer.openAccount(`${stage.appUrl}/api/webhooks/${provider.id}/${id}`);
  const wish = newConnection.parse({ id, kind: "payment", provider: provider.id, credentials: account.credentials });
  await createConnection({ caller, input: { ...wish, tenantId } });
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0), provider: provider.id });
  const { chargeIds } = await payer.pay(booking.checkoutUrl, "approve", { method: "card" });
  const customer = await (await openBrowser()).newPage();
  const merchant = await openMerchant(stage, { tenantId });
  await signIn(context, stage, merchant);
  await expect
    .poll(async () => (await stage.owner.query("select from checkout where id = $1 and paid_charge_id is not null", [booking.id])).rowCount)
    .toBe(1);

  await page.goto(`/dashboard/bookings/${booking.id}`);
  await page.getByRole("button", { name: words.actions.refund }).click();
  const dialog = page.getByTestId("refund-form");
  await dialog.getByLabel(words.refund.reason).selectOption("withdrawal");
  await expect(dialog).toContainText("5 días hábiles");
  await dialog.getByLabel(words.cancel.amountField).fill("30.000");
  await dialog.getByTestId("save").dblclick();
  await expect(page.getByTestId("refund-case")).toHaveCount(1);
  await expect(page.getByTestId("refund-case")).toContainText(words.refundReason.withdrawal);
  await expect
    .poll(async () => (await stage.owner.query("select from refund_case where checkout_id = $1 and state = 'done'", [booking.id])).rowCount)
    .toBe(1);
  await page.reload();
  await expect(page.getByTestId("refund-case")).toContainText(words.refundState.done);
  await customer.goto(`/book/${booking.id}/confirm?token=${booking.token}`);
  await expect(customer.getByTestId("refund")).toContainText("30.000");

  await payer.moneyBack?.dispute?.(chargeIds[0] ?? "", "dispute");
  await expect.poll(async () => (await stage.owner.query("select from dispute where tenant_id = $1", [tenantId])).rowCount).toBe(1);
  await page.goto("/dashboard/money");
  await expect(page.getByTestId("disputes")).toContainText(words.dispute.state.needs_response);
  const downloading = page.waitForEvent("download");
  await page.getByTestId("disputes").getByTestId("evidence").click();
  const file = await (await downloading).path();
  expect((await readFile(file)).subarray(0, 5).toString()).toBe("%PDF-");
});
