import { paymentProvider } from "#providers/payments/registry.ts";

/** Whether a provider lists its charges. Where it cannot, there is nothing to compare with. */
export const listsCharges = (provider: string): boolean => paymentProvider(provider)?.capabilities.lists === true;
