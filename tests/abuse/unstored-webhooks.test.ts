import { expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

/** Thirty forged deliveries a minute and address, as in production. */
const stage = prepareStage({ settings: { RATE_LIMIT_CHANGES: "10" }, keepsPromises: true });

test("a provider whose webhooks could not be stored is not taken for a forger: when its turn comes it is stored", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.owner.query("alter table inbox_event add constraint refuses check (false) not valid");
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve_without_return", { copies: 5 });
  for (let n = 0; n < 8; n += 1)
    for (const { status } of await stage.payer.tellAgain(chargeIds[0], { copies: 5 })) expect(status).toBe(503);
  await stage.owner.query("alter table inbox_event drop constraint refuses");
  expect((await stage.payer.tellAgain(chargeIds[0])).map(({ status }) => status)).toEqual([200]);
  await stage.reaches(booking, { status: "confirmed" });
});
