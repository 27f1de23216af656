import { afterAll, expect, test } from "vitest";
import { tellOfAttention } from "#commands/notices/tell-of-attention.ts";
import { requestRefund } from "#commands/refund-cases/request-refund.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { eventually } from "#tests/support/end-state.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { byApi, casesOf, newService, paidAtPretended } from "./pretended.ts";

/** Refunds that a person sends: nobody forgets them, and nobody is told twice. */
const stage = prepareStage();
afterAll(() => {
  delete paymentProviders["pretend"];
});

test("a refund by hand rings the day before, on its day, and once it is late: once each", async () => {
  const byHand = { ...byApi, refundByApi: false, partial: false };
  const { clinic, booking } = await paidAtPretended(stage, newService({ accepts: "done", keepsKeys: true }), byHand);
  const { tenantId } = clinic;
  await requestRefund({ caller: { kind: "operator" }, input: { tenantId, checkoutId: booking.id, amountMinor: 1_000_000 } });
  await eventually(async () => expect(await casesOf(stage, booking)).toEqual([expect.objectContaining({ state: "manual" })]));
  const rung = async () => {
    await tellOfAttention();
    await tellOfAttention();
    const { rows } = await stage.owner.query<{ what: string }>(
      "select details ->> 'what' as what from event where tenant_id = $1 and kind = 'attention.arose' order by created_at",
      [tenantId],
    );
    return rows.map(({ what }) => what);
  };
  /** So many days from today in the merchant's zone, at the end of that day. */
  const dueInDays = (days: number) =>
    stage.owner.query(
      `update refund_case r set due_at = ((now() at time zone t.timezone)::date + $2::int + time '23:59:59') at time zone t.timezone
       from tenant t where t.tenant_id = r.tenant_id and r.checkout_id = $1`,
      [booking.id, days],
    );
  await dueInDays(3);
  expect(await rung()).toEqual([]);
  await dueInDays(1);
  expect(await rung()).toEqual(["refund_due_soon"]);
  await dueInDays(0);
  expect(await rung()).toEqual(["refund_due_soon", "refund_due_today"]);
  await dueInDays(-1);
  expect(await rung()).toEqual(["refund_due_soon", "refund_due_today", "refund_overdue"]);
});
