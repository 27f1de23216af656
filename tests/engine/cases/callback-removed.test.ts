import { test } from "vitest";
import { updateTenant } from "#commands/tenants/update-tenant.ts";
import { slotStart } from "../../support/customer.ts";
import { post } from "../../support/post.ts";
import { prepareStage } from "../../support/stage.ts";
import { settledAtOnce } from "../stories.ts";

const stage = prepareStage({ keepsPromises: true });

test("a booking is confirmed without its callback if the merchant has removed the address meanwhile", async () => {
  const clinic = await stage.openClinic();
  await post(`${stage.simulatorsUrl}/merchant/${clinic.callback.id}/panel/knobs`, { status: 500, failures: 100 });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "paid" });
  await updateTenant({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, changes: { callbackUrl: null } } });
  await settledAtOnce(stage, booking.id);
  await stage.reaches(booking, { status: "confirmed" });
});
