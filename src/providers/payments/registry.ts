import type { PaymentProvider } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { env } from "#platform/env.ts";
import type { ConnectionMode, PaymentProviderDefinition } from "./definition.ts";
import { wompi } from "./wompi/wompi.ts";

/** A new provider is one line here. */
export const paymentProviders: Record<string, PaymentProviderDefinition> = {
  wompi,
};

/** Null for a word that is no provider of ours. */
export function paymentProvider(id: string): PaymentProviderDefinition | null {
  return Object.hasOwn(paymentProviders, id) ? (paymentProviders[id] ?? null) : null;
}

/** Speaks to the provider in the name of one connection. Throws ProviderFailure `misconfigured`. */
export function connectPayment(connection: { provider: string; mode: ConnectionMode; credentials: unknown }): PaymentProvider {
  const { provider, mode, credentials } = connection;
  const definition = paymentProvider(provider);
  if (!definition) throw new ProviderFailure({ provider: "payment", kind: "misconfigured", message: "there is no such provider" });
  const usual = definition.addresses[mode];
  const { apiUrl = usual.apiUrl, checkoutUrl = usual.checkoutUrl } = definition.addressOverrides(env());
  return definition.create(credentials, mode, { apiUrl: apiUrl.replace(/\/+$/, ""), checkoutUrl });
}
