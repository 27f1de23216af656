import { expect, test } from "vitest";
import type { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/end-state.ts";
import { startOrder } from "../../support/shop/order.ts";
import { makeCode, openShop, stockVariant } from "../../support/shop/shelf.ts";
import { prepareStage } from "../../support/stage.ts";
import { settledAtOnce } from "../stories.ts";
import { foundIn, foundWhenBroken } from "./break-it.ts";
import { intoOrder } from "./shop-injections.ts";

const stage = prepareStage();
let told: Promise<{ clinic: Clinic; id: string }> | undefined;

async function tell(): Promise<{ clinic: Clinic; id: string }> {
  const clinic = await stage.openClinic();
  await openShop(stage, clinic);
  const variantId = await stockVariant(stage, clinic, { onHand: 9 });
  const discountId = await makeCode(stage, clinic, { usesMax: 5 });
  const lines = [{ variantId, quantity: 2 }];
  const { id, checkoutUrl } = await startOrder({ tenantId: clinic.tenantId, lines, discountId, totalMinor: 9_000_000 });
  await stage.pay(checkoutUrl, "approve");
  await eventually(async () => {
    const { rows } = await stage.owner.query("select id from shop_order where id = $1", [id]);
    expect(rows).toHaveLength(1);
  });
  await settledAtOnce(stage, id);
  return { clinic, id };
}

test.each(intoOrder)("the doctor sees, in an order: $what", async ({ statement, speaks }) => {
  told ??= tell();
  const { clinic, id } = await told;
  expect(await foundIn(clinic)).toEqual([]);
  expect(await foundWhenBroken(stage, clinic, { statement, bookingId: id })).toEqual([...speaks].toSorted());
});
