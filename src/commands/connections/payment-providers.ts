import { type Ability, abilities, type Fee, type PaymentProviderAnswer } from "#contracts/merchant/connections.ts";
import { feeOf } from "#domain/money.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { credentialFields } from "#providers/credentials.ts";
import { paymentProviders } from "#providers/payments/registry.ts";

/** Every provider that a merchant can connect, with its form and what it can do. */
export function offeredProviders(): PaymentProviderAnswer[] {
  return Object.values(paymentProviders).flatMap(({ id, name, facts, capabilities, credentialShape }) => {
    if (!facts) return [];
    const able = abilitiesOf(capabilities);
    return {
      id,
      name,
      fields: credentialFields(credentialShape),
      can: abilities.filter((ability) => able[ability]),
      cannot: abilities.filter((ability) => !able[ability]),
      countries: capabilities.countries && [...capabilities.countries],
      asksFor: [...capabilities.asksFor],
      amounts: Object.entries(capabilities.amounts).map(([currency, limits]) => ({ currency, ...limits })),
      facts: { ...facts, fees: facts.fees.map((fee) => ({ ...fee, example: exampleOf(fee, capabilities) })) },
    };
  });
}

/** Times the smallest payment: a price that many services have. */
const usualPrice = 80;

function exampleOf(fee: Fee, { amounts }: PaymentCapabilities): { paidMinor: number; keptMinor: number } {
  const paidMinor = (amounts[fee.currency]?.minMinor ?? 1) * usualPrice;
  return { paidMinor, keptMinor: feeOf(fee, paidMinor) };
}

function abilitiesOf({ refunds, canCloseEarly }: PaymentCapabilities): Record<Ability, boolean> {
  return {
    void_by_api: refunds.voidByApi,
    refund_by_api: refunds.refundByApi,
    refund_part: refunds.partial,
    close_page: canCloseEarly,
  };
}
