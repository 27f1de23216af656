import { createDiscount } from "#commands/discounts/create-discount.ts";
import { createProduct } from "#commands/products/create-product.ts";
import { createShippingOption } from "#commands/shipping-options/create-option.ts";
import { openShop } from "#commands/shops/open-shop.ts";
import { updateShop } from "#commands/shops/update-shop.ts";
import { system as caller } from "#contracts/caller.ts";
import { newDiscount } from "#contracts/shop-desk/discounts.ts";
import { newProduct } from "#contracts/shop-desk/products.ts";
import { shopChanges } from "#contracts/shop-desk/settings.ts";
import { newShippingOption } from "#contracts/shop-desk/shipping.ts";
import { demoShop } from "./demo-shop.ts";

/** Makes the shop of the demo's clinic once. What a person changed or archived stays so. */
export async function seedShop(tenantId: string): Promise<void> {
  if (!(await openShop({ caller, input: { tenantId } }))) return;
  for (const product of demoShop.products) await createProduct({ caller, input: { ...newProduct.parse(product), tenantId } });
  for (const discount of demoShop.discounts) await createDiscount({ caller, input: { ...newDiscount.parse(discount), tenantId } });
  for (const option of demoShop.shippingOptions)
    await createShippingOption({ caller, input: { ...newShippingOption.parse(option), tenantId } });
  await updateShop({ caller, input: { tenantId, changes: shopChanges.parse(demoShop.settings) } });
}
