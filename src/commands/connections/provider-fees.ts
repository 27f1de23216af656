import type { FeeOf } from "#domain/ledger/totals.ts";
import { feeOf } from "#domain/money.ts";
import { paymentProviders } from "#providers/payments/registry.ts";

/** What a provider keeps by the rates that it publishes, so about; null if it publishes none. */
export const aboutFeeOf: FeeOf = ({ provider, currency, amountMinor }) => {
  const fees = Object.hasOwn(paymentProviders, provider) ? (paymentProviders[provider]?.facts?.fees ?? []) : [];
  const fee = fees.find((one) => one.currency === currency);
  return fee ? feeOf(fee, amountMinor) : null;
};
