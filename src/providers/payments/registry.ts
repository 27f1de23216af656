import type { PaymentProvider } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { addressOr } from "../addresses.ts";
import { addi } from "./addi/addi.ts";
import { bold } from "./bold/bold.ts";
import type { ConnectionMode, PaymentProviderDefinition } from "./definition.ts";
import { mercadopago } from "./mercadopago/mercadopago.ts";
import { none } from "./none/none.ts";
import { onSite } from "./on-site/on-site.ts";
import { stripe } from "./stripe/stripe.ts";
import { wompi } from "./wompi/wompi.ts";

/** A new provider is one line here. */
export const paymentProviders: Record<string, PaymentProviderDefinition> = {
  none,
  on_site: onSite,
  wompi,
  mercadopago,
  stripe,
  bold,
  addi,
};

/** Pays checkouts of amount 0. No merchant connects it, and no customer is offered it. */
export const freeProvider = none.id;

/** Money that the reception takes. The same holds for it. */
export const onSiteProvider = onSite.id;
export { onSitePaymentId } from "./on-site/on-site.ts";

/** Nobody's account: no merchant types credentials for these. */
export const ownProviders: readonly string[] = [freeProvider, onSiteProvider];

/** Those that can close an open page. */
export function closingProviders(): string[] {
  return Object.values(paymentProviders).flatMap(({ id, capabilities }) => (capabilities.canCloseEarly ? [id] : []));
}

/** Returns null for an unknown id. */
export function paymentProvider(id: string): PaymentProviderDefinition | null {
  return Object.hasOwn(paymentProviders, id) ? (paymentProviders[id] ?? null) : null;
}

/** Acts for one connection. Throws ProviderFailure `misconfigured`. */
export function connectPayment(connection: { provider: string; mode: ConnectionMode; credentials: unknown }): PaymentProvider {
  const { provider, mode, credentials } = connection;
  const definition = paymentProvider(provider);
  if (!definition) throw new ProviderFailure({ provider: "payment", kind: "misconfigured", message: "there is no such provider" });
  const { addresses, addressVariables: variables } = definition;
  return definition.create(credentials, mode, {
    apiUrl: addressOr(addresses[mode].apiUrl, variables.apiUrl).replace(/\/+$/, ""),
    checkoutUrl: addressOr(addresses[mode].checkoutUrl, variables.checkoutUrl),
  });
}
