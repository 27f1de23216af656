import { describe, expect, test } from "vitest";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { settleInbox } from "../engine/stories.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { everyTestedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });

describe.each(everyTestedProvider)("$id", (provider) => {
  /** An id alone tells neither whose payment it is nor what became of it. */
  const tellsIdOnly = paymentProvider(provider.id)?.capabilities.signatureCovers === "id_only";
  const payer = () => provider.payer(stage.simulatorsUrl);

  async function onPage() {
    const clinic = await stage.openClinic({ provider });
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    return { clinic, booking, end: () => expireCheckout({ tenantId: clinic.tenantId, checkoutId: booking.id }) };
  }
  const sellElsewhere = ({ account }: Clinic) =>
    payer().charge(account, { reference: "SHOP-1", amountMinor: 5_000_000 }, { tells: "before_return" });

  test("a stored approval keeps its slot far beyond its end, until it is settled as a booking", async () => {
    const { clinic, booking, end } = await onPage();
    await payer().pay(booking.checkoutUrl, "approve", { tells: "before_return" });
    await stage.timePasses(booking.id, 41);
    expect(await end()).toBe(false);
    expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
    expect(await stage.state(booking)).toMatchObject({ status: "pending" });
    await settleInbox(stage, clinic);
    expect(await stage.state(booking)).toMatchObject({ paymentStatus: "paid" });
  });

  test("a stored decline keeps nothing beyond half an hour after the end, once it is known to be one", async () => {
    const { clinic, booking, end } = await onPage();
    await payer().pay(booking.checkoutUrl, "decline", { tells: "before_return" });
    await stage.timePasses(booking.id, 41);
    if (tellsIdOnly) {
      expect(await end()).toBe(false);
      await settleInbox(stage, clinic);
    }
    expect(await end()).toBe(true);
    expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
  });

  test("the stored event of another sale on the account keeps nothing, once it is known to be one", async () => {
    const { clinic, booking, end } = await onPage();
    await sellElsewhere(clinic);
    await stage.timePasses(booking.id, 41);
    if (tellsIdOnly) {
      expect(await end()).toBe(false);
      await settleInbox(stage, clinic);
    }
    expect(await end()).toBe(true);
  });

  test.runIf(tellsIdOnly).each([
    ["was asked about after the event and its grace", "asked_at = now() + interval '3 minutes'"],
    ["has a closed page", "closed_at = now()"],
    ["was looked up by a person", "seen_at = now()"],
    ["began after the event", "created_at = now() + interval '1 second'"],
  ])("an event that names only a charge keeps no payment that %s", async (_what, change) => {
    const { clinic, booking } = await onPage();
    await sellElsewhere(clinic);
    const waits = async () =>
      (await stage.owner.query("select approval_waits($1, $2) as waits", [clinic.tenantId, booking.id])).rows[0]?.waits;
    expect(await waits()).toBe(true);
    await stage.owner.query(`update payment set ${change} where checkout_id = $1`, [booking.id]);
    expect(await waits()).toBe(false);
  });
});
