import { credentialFields } from "#providers/credentials.ts";
import type { PaymentProviderDefinition } from "#providers/payments/definition.ts";
import { ownProviders, paymentProviders } from "#providers/payments/registry.ts";

/** `SANDBOX_WOMPI_PUBLIC_KEY`, for the field `publicKey` of its credentials. */
export function variableOf(providerId: string, field: string): string {
  const words = field.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2");
  return `SANDBOX_${providerId}_${words}`.toUpperCase();
}

/** What a merchant could connect. */
export const offeredIds = (): string[] => Object.keys(paymentProviders).filter((id) => !ownProviders.includes(id));

/** Every variable of a provider. */
export function variablesOf({ id, credentialShape }: PaymentProviderDefinition): Record<string, string> {
  return Object.fromEntries(credentialFields(credentialShape).map(({ name }) => [name, variableOf(id, name)]));
}

type Keys = { credentials: Record<string, string>; missing: string[] };

/** The credentials that the environment names, and the variables that are not set. */
export function readKeys(definition: PaymentProviderDefinition, source: Readonly<Record<string, string | undefined>>): Keys {
  const keys: Keys = { credentials: {}, missing: [] };
  for (const [name, variable] of Object.entries(variablesOf(definition))) {
    const value = source[variable]?.trim();
    if (value) keys.credentials[name] = value;
    else if (!definition.credentialShape.safeParse({ ...keys.credentials, [name]: "" }).success) keys.missing.push(variable);
  }
  return keys;
}
