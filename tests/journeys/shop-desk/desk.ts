import type { BrowserContext } from "@playwright/test";
import { openShop } from "#commands/shops/open-shop.ts";
import { system as caller } from "#contracts/caller.ts";
import en from "#messages/shop-desk/en.json" with { type: "json" };
import es from "#messages/shop-desk/es.json" with { type: "json" };
import { type Merchant, openMerchant } from "../../support/merchant.ts";
import { bareTenant } from "../dashboard/bare-tenant.ts";
import { signIn } from "../dashboard/member-pages.ts";
import type { Stage } from "../stage.ts";

export const words = es.shopDesk;
export const english = en.shopDesk;

/** The owner of a merchant with a shop in which nothing is sold yet. */
export async function ownerOfShop(context: BrowserContext, stage: Stage): Promise<Merchant> {
  const tenantId = await bareTenant();
  await openShop({ caller, input: { tenantId } });
  const merchant = await openMerchant(stage, { tenantId });
  await signIn(context, stage, merchant);
  return merchant;
}
