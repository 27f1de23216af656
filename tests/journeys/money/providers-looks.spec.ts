import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import messages from "#messages/inquiries/es.json" with { type: "json" };
import { losePolls } from "../../engine/stories.ts";
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { tellMoneyBack, tellProviders } from "../../support/desk/provider-stories.ts";
import { openMerchant } from "../../support/merchant.ts";
import { connectAll } from "../../support/payers/all-providers.ts";
import { expectGoodLooks, signIn } from "../dashboard/member-pages.ts";
import { expect, test, wide } from "../journey.ts";
import { seriousFindings } from "../looks.ts";
import type { Stage } from "../stage.ts";

const words = messages.inquiries;

test.use(wide);

/** A merchant with an account at each provider, in place of the usual one. */
async function openDesk(stage: Stage) {
  const clinic = await openClinic(stage);
  const { tenantId } = clinic;
  const accounts = await connectAll(stage, clinic);
  await deactivateConnection({ caller, input: { tenantId, connectionId: clinic.connectionId } });
  return { clinic, accounts, merchant: await openMerchant(stage, { tenantId, name: "Laura Restrepo" }) };
}

test("what five providers tell, owe and dispute looks well on phones and wide, light and dark", async ({ stage, openBrowser }) => {
  test.slow(); // ten visits, each with axe
  const { clinic, accounts, merchant } = await openDesk(stage);
  const { tenantId } = clinic;
  await tellProviders({ owner: stage.owner, tenantId }, accounts);
  const booking = await reachPaymentPage(stage, clinic, { start: slotStart(0), provider: "wompi" });
  await pay(stage, booking.checkoutUrl, "approve");
  const paid = () =>
    stage.owner.query("select paid_charge_id as id from checkout where id = $1 and paid_charge_id is not null", [booking.id]);
  await expect.poll(async () => (await paid()).rowCount).toBe(1);
  await tellMoneyBack({ owner: stage.owner, tenantId }, (await paid()).rows[0]?.id);
  for (const { name, path, shows } of [
    { name: "money", path: "/dashboard/money", shows: "disputes" },
    { name: "arrivals", path: "/dashboard/money/arrivals", shows: "not-told" },
    { name: "checks", path: "/dashboard/money/checks", shows: "cannot-compare" },
    { name: "booking", path: `/dashboard/bookings/${booking.id}`, shows: "outside-refund" },
    { name: "settings", path: "/dashboard/settings/payments", shows: "offer-order" },
  ])
    await expectGoodLooks({
      ...{ stage, merchant, path, openBrowser, name: `providers-${name}` },
      prepare: (page) => expect(page.getByTestId(shows).first()).toBeVisible(),
    });
});

test("a payment without news is asked about now; after an outage all of one provider are, and the page tells the end", async ({
  page,
  context,
  stage,
  openBrowser,
}) => {
  const { clinic, merchant } = await openDesk(stage);
  await signIn(context, stage, merchant);
  const lost = [];
  for (const [n, provider] of ["wompi", "wompi", "stripe"].entries()) {
    const booking = await reachPaymentPage(stage, clinic, { start: slotStart(4 * n), provider });
    // Neither a webhook nor a poll tells of it.
    await losePolls(stage, booking.id);
    if (provider === "wompi") await pay(stage, booking.checkoutUrl, "approve_without_return", { tells: "never" });
    lost.push(booking);
  }
  await page.goto(`/dashboard/bookings/${lost[0]?.id}`);
  await page.getByTestId("ask-provider").dblclick();
  await expect(page.getByText(words.said.became_paid)).toBeVisible();
  await expect(page.getByTestId("status")).toHaveText(/Pagada|Confirmada/);

  await page.goto("/dashboard/money/payments");
  await page.getByRole("link", { name: words.several }).click();
  await expect(page.getByText(words.list.none)).toBeVisible();
  const [from, to] = [page.getByLabel(words.form.from), page.getByLabel(words.form.to)];
  const [yesterday, tomorrow] = [-1, 1].map((days) =>
    Temporal.Now.plainDateTimeISO("America/Bogota").add({ days }).toString().slice(0, 16),
  );
  await from.fill(tomorrow ?? "");
  await to.fill(yesterday ?? "");
  await page.getByTestId("start-inquiry").click();
  await expect(page.getByText(words.form.backwards)).toBeVisible();
  await from.fill(yesterday ?? "");
  await to.fill(tomorrow ?? "");
  await page.getByLabel(words.form.provider).selectOption("wompi");
  await page.getByTestId("start-inquiry").dblclick();
  await expect(page.getByTestId("inquiry")).toHaveAttribute("data-done", "true", { timeout: 20_000 });
  await expect(page.getByTestId("results")).toHaveText(/2 preguntados, 1 resultó pagado, 1 igual/);
  await expect(page.getByTestId("notable").getByRole("listitem")).toHaveCount(1);
  expect(await seriousFindings(page)).toEqual([]);
  await expectGoodLooks({ stage, merchant, path: "/dashboard/money/inquiries", name: "inquiries", openBrowser });
});
