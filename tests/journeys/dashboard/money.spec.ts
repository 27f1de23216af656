import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { system as caller } from "#contracts/caller.ts";
import messages from "#messages/money/es.json" with { type: "json" };
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { expect, test, wide } from "../journey.ts";
import { expectGoodLooks, signIn } from "./member-pages.ts";

const words = messages.money;

test.use(wide);

test("a part that a person must send back is listed with its steps, closed once with a proof, and then lies with what is done", async ({
  page,
  context,
  stage,
  openBrowser,
}) => {
  const clinic = await openClinic(stage);
  const { tenantId } = clinic;
  const merchant = await openMerchant(stage, { tenantId });
  await signIn(context, stage, merchant);
  await page.goto("/dashboard/money");
  await expect(page.getByText(words.none)).toBeVisible();
  await expect(page.getByTestId("neither")).toContainText(words.neither.none.split("{")[0] ?? "");

  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await pay(stage, booking.checkoutUrl, "approve");
  const paid = () => stage.owner.query("select from checkout where id = $1 and paid_charge_id is not null", [booking.id]);
  await expect.poll(async () => (await paid()).rowCount).toBe(1);
  // The provider's API refunds no parts.
  await requestRefund({ caller, input: { tenantId, checkoutId: booking.id, amountMinor: 3_000_000 } });
  const manual = () => stage.owner.query("select from refund_case where tenant_id = $1 and state = 'manual'", [tenantId]);
  await expect.poll(async () => (await manual()).rowCount).toBe(1);
  await expectGoodLooks({ stage, merchant, path: "/dashboard/money", name: "money", openBrowser });

  await page.reload();
  const listed = page.getByTestId("refund-case");
  await expect(listed).toContainText("30.000");
  await expect(listed).toContainText(words.steps.title);
  await expect(page.getByTestId("waits")).toContainText(words.waits.none);
  await stage.owner.query(
    "update follow_up set state = 'attention', last_error = 'no answer' where subject_id = $1 and job = 'mail-customer-paid'",
    [booking.id],
  );
  await page.reload();
  await page.getByTestId("failure").getByTestId("run").dblclick();
  await expect(page.getByTestId("failures")).toContainText(words.failures.none);
  await page.getByTestId("resolve").click();
  await page.getByLabel(words.resolve.field).fill("  ");
  await page.getByTestId("save").click();
  await expect(page.getByText(words.resolve.tooShort)).toBeVisible();
  await page.getByLabel(words.resolve.field).fill("Transferencia 8841 🌿");
  await page.getByTestId("save").dblclick();
  await expect(page.getByText(words.none)).toBeVisible();
  await page.getByRole("link", { name: words.views.done }).click();
  await expect(listed).toHaveAttribute("data-state", "done");
  await expect(listed).toContainText("Transferencia 8841 🌿");
  await listed.getByRole("link", { name: words.openBooking }).click();
  await expect(page).toHaveURL(`/dashboard/bookings/${booking.id}`);
});
