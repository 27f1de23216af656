import { z } from "zod";
import type { Caller } from "#contracts/caller.ts";
import type { ConnectionTest } from "#contracts/merchant/connections.ts";
import { Refusal } from "#contracts/problem.ts";
import type { TestedCredentials } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { credentialFields } from "#providers/credentials.ts";
import { connectPayment, ownProviders, paymentProvider } from "#providers/payments/registry.ts";
import { readCredentials } from "#queries/connections.ts";
import { showConnection } from "./list-connections.ts";
import { requireUsable } from "./seal-credentials.ts";

type Typed = { provider: string; mode: "test" | "production"; credentials: Readonly<Record<string, unknown>> };
const form = z.record(z.string(), z.unknown());
type Test = { caller: Caller; input: { tenantId: string } & ({ connectionId: string } | Typed) };

/**
 * Asks the provider, in no transaction, about stored or typed credentials. What no call can prove,
 * an event or a payment may have proven. Refuses: connection_unknown, credentials_invalid.
 */
export async function testConnection({ input }: Test): Promise<ConnectionTest> {
  if ("connectionId" in input) {
    const { credentials, isReadable } = await showConnection(input);
    if (!isReadable) throw new Refusal("credentials_invalid", "The stored secrets cannot be read any more.");
    const stored = await readCredentials(input);
    const proven = credentials.filter(({ isProven }) => isProven).map(({ name }) => name);
    return tested({ ...stored, credentials: form.parse(stored.credentials) }, proven);
  }
  return tested(input, []);
}

async function tested(given: Typed, provenBefore: readonly string[]): Promise<ConnectionTest> {
  const definition = paymentProvider(given.provider);
  if (!definition || ownProviders.includes(given.provider)) throw new Refusal("credentials_invalid", "There is no such provider.");
  requireUsable(given);
  const answer = await asked(given);
  const proven = [...(answer?.proven ?? []), ...provenBefore];
  return {
    result: answer === null ? "unanswered" : answer.ok ? "ok" : "failed",
    detail: answer?.detail ?? "unanswered",
    fields: credentialFields(definition.credentialShape).map(({ name, provenBy }) => ({
      name,
      state: answer?.refused === name ? "refused" : proven.includes(name) ? "proven" : "unproven",
      provenBy,
    })),
  };
}

/** Returns null if the provider does not answer, or not as documented. */
async function asked(given: Typed): Promise<TestedCredentials | null> {
  try {
    return await connectPayment(given).test();
  } catch (error) {
    if (error instanceof ProviderFailure) return null;
    throw error;
  }
}
