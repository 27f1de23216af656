import type { CartQuote } from "#contracts/shop/cart.ts";

export type Choice = { value: string; name: string };

export type CheckoutFlowProps = {
  initial: CartQuote;
  countries: readonly Choice[];
  phone: { example: string; callingCode: string } | null;
  locale: string;
  renderedAt: number;
};
