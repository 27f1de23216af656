/** Pages read these too, so this file needs no package. */
export const productsPerPageMax = 200;
export const productSearchLengthMax = 100;
export const productsMax = 10_000;
export const variantsMax = 100;
export const imagesMax = 10;
export const piecesMax = 1_000_000;
/** So that a sum of them stays exact. */
export const priceMinorMax = 10_000_000_000_00;
export const discountsMax = 1000;
export const shippingOptionsMax = 50;
export const weightStepsMax = 20;
export const gramsMax = 1_000_000;
export const stockChangesPerPageMax = 100;
export const productsImportRowsMax = 5000;
export const productsCsvLengthMax = 2_000_000;

export const stockFilters = ["low", "out"] as const;

export const shippingKinds = ["flat", "by_weight", "pickup"] as const;
export type ShippingKind = (typeof shippingKinds)[number];
/** `open`: it counts now, if what is in the cart fits. */
export const discountStates = ["open", "off", "not_yet", "over", "used_up", "archived"] as const;
export type DiscountState = (typeof discountStates)[number];
