import { deactivateConnection } from "#commands/connections/deactivate-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { openClinic } from "../../support/clinic.ts";
import { pay, reachPaymentPage, slotStart } from "../../support/customer.ts";
import { tellMoneyBack, tellProviders } from "../../support/desk/provider-stories.ts";
import { openMerchant } from "../../support/merchant.ts";
import { connectAll } from "../../support/payers/all-providers.ts";
import { expectGoodLooks } from "../dashboard/member-pages.ts";
import { expect, test, wide } from "../journey.ts";
import type { Stage } from "../stage.ts";

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
