import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import messages from "#messages/inquiries/es.json" with { type: "json" };
import ledger from "#messages/ledger/es.json" with { type: "json" };
import { losePolls } from "../../engine/stories.ts";
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { openMerchant } from "../../support/merchant.ts";
import { connectAll } from "../../support/payers/all-providers.ts";
import { expectGoodLooks, signIn } from "../dashboard/member-pages.ts";
import { expect, phone, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";

const words = messages.inquiries;

test.use(wide);

/** Three bookings of whose money nothing was told: two were paid. */
async function openDesk(stage: Stage) {
  const clinic = await openClinic(stage);
  const { tenantId } = clinic;
  await connectAll(stage, clinic);
  await deactivateConnection({ caller, input: { tenantId, connectionId: clinic.connectionId } });
  const lost = [];
  for (const [n, provider] of ["wompi", "wompi", "stripe"].entries()) {
    const booking = await reachPaymentPage(stage, clinic, { start: slotStart(4 * n), provider });
    // Neither a webhook nor a poll tells of it.
    await losePolls(stage, booking.id);
    if (provider === "wompi") await pay(stage, booking.checkoutUrl, "approve_without_return", { tells: "never" });
    lost.push(booking);
  }
  return { lost, merchant: await openMerchant(stage, { tenantId, name: "Laura Restrepo" }) };
}

test("a payment without news is asked about now; after an outage all of one provider are, and the page tells the end", async ({
  page,
  context,
  stage,
  watch,
  openBrowser,
}) => {
  test.slow();
  watch.expectRefused(/^POST \/api\/payment-inquiries 422$/);
  const { lost, merchant } = await openDesk(stage);
  await signIn(context, stage, merchant);
  await page.goto(`/dashboard/bookings/${lost[0]?.id}`);
  await page.getByTestId("ask-provider").dblclick();
  await expect(page.getByText(words.said.became_paid)).toBeVisible();
  await expect(page.getByTestId("status")).toHaveText(/Pagada|Confirmada/);

  await page.goto("/dashboard/money/payments");
  await page.getByRole("link", { name: words.several }).click();
  await expect(page.getByText(words.list.none)).toBeVisible();
  const [from, to] = [page.getByLabel(words.form.from), page.getByLabel(words.form.to)];
  const [yesterday = "", tomorrow = ""] = [-1, 1].map((days) =>
    Temporal.Now.plainDateTimeISO("America/Bogota").add({ days }).toString().slice(0, 16),
  );
  await from.fill(tomorrow);
  await to.fill(yesterday);
  await page.getByTestId("start-inquiry").click();
  await expect(page.getByText(words.form.backwards)).toBeVisible();
  await from.fill(yesterday);
  await to.fill(tomorrow);
  await page.getByLabel(words.form.provider).selectOption("wompi");
  await page.getByTestId("start-inquiry").dblclick();
  await expect(page.getByTestId("inquiry")).toHaveAttribute("data-done", "true", { timeout: 20_000 });
  await expect(page.getByTestId("results")).toHaveText(/2\s+preguntados, 1\s+resultó pagado, 1\s+igual/);
  await expect(page.getByTestId("notable").getByRole("listitem")).toHaveCount(1);
  expect(await seriousFindings(page)).toEqual([]);
  const looks = { stage, merchant, openBrowser };
  await expectGoodLooks({ ...looks, path: new URL(page.url()).pathname, name: "inquiry" });
  await expectGoodLooks({ ...looks, path: "/dashboard/money/inquiries", name: "inquiries" });
  await expectGoodLooks({ ...looks, path: "/dashboard/money/payments", name: "money-payments" });
});

test("on a phone the payments begin on the first screen, and a press opens the filters", async ({ stage, openBrowser }) => {
  const clinic = await openClinic(stage);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  await pay(stage, booking.checkoutUrl, "approve");
  const paid = () => stage.owner.query("select from checkout where id = $1 and paid_charge_id is not null", [booking.id]);
  await expect.poll(async () => (await paid()).rowCount).toBe(1);
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId });
  const context = await openBrowser({ ...phone, locale: "es-CO" });
  await signIn(context, stage, merchant);
  const page = await context.newPage();
  await page.goto("/dashboard/money/payments");
  const first = page.getByTestId("payment-cards").getByRole("listitem").first();
  const { y = Number.NaN } = (await first.boundingBox()) ?? {};
  expect(y).toBeLessThan(page.viewportSize()?.height ?? 0);
  const { filters } = ledger.ledger.payments;
  const from = page.getByLabel(filters.from);
  await expect(from).toBeHidden();
  await page.getByRole("button", { name: filters.show }).click();
  await expect(from).toBeVisible();
  await page.getByLabel(filters.state).selectOption("approved");
  await page.getByRole("button", { name: filters.apply }).click();
  await expect(page).toHaveURL(/state=approved/);
  // What narrows the list is seen.
  await expect(page.getByLabel(filters.state)).toBeVisible();
});
