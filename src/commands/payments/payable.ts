import { Refusal } from "#contracts/problem.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { freeProvider, paymentProvider } from "#providers/payments/registry.ts";

/** Refuses: provider_not_offered, amount_not_payable. */
export function requirePayable(providerId: string, money: { amountMinor: number; currency: string }): PaymentCapabilities {
  const capabilities = paymentProvider(providerId)?.capabilities;
  if (!capabilities) throw new Refusal("provider_not_offered");
  if (providerId === freeProvider && money.amountMinor === 0) return capabilities;
  const fits =
    capabilities.currencies.includes(money.currency) &&
    money.amountMinor >= capabilities.amountMinorMin &&
    money.amountMinor % capabilities.amountMinorStep === 0;
  if (!fits) throw new Refusal("amount_not_payable");
  return capabilities;
}
