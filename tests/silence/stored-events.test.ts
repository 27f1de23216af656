import { expect, test } from "vitest";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });

test.each([
  ["an approval", "approve", false],
  ["a decline", "decline", true],
] as const)(
  "%s that is stored and not settled (%s): half an hour after the end the slot is let go: %s",
  async (_what, outcome, isLetGo) => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, outcome, { tells: "before_return" });
    const { rows } = await stage.owner.query("select state, is_approval from inbox_event where reference = $1", [booking.reference]);
    expect(rows).toEqual([{ state: "received", is_approval: outcome === "approve" }]);
    await stage.timePasses(booking.id, 41);
    expect(await expireCheckout({ tenantId: clinic.tenantId, checkoutId: booking.id })).toBe(isLetGo);
  },
);
