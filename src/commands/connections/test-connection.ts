import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { z } from "zod";
import type { Caller } from "#contracts/caller.ts";
import type { ConnectionTest } from "#contracts/merchant/connections.ts";
import { Refusal } from "#contracts/problem.ts";
import type { TestedCredentials } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { inTenant } from "#platform/db.ts";
import { credentialFields } from "#providers/credentials.ts";
import { connectPayment, ownProviders, paymentProvider } from "#providers/payments/registry.ts";
import { readCredentials } from "#queries/connections.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { showConnection } from "./list-connections.ts";
import { requireUsable } from "./seal-credentials.ts";

type Typed = { provider: string; mode: "test" | "production"; credentials: Readonly<Record<string, unknown>> };
const form = z.record(z.string(), z.unknown());
type Test = { caller: Caller; input: { tenantId: string } & ({ connectionId: string } | Typed) };

/**
 * Asks the provider, in no transaction, about stored or typed credentials. What no call can prove,
 * an event or a payment may have proven. Limits that the provider tells of a stored account are
 * kept. Refuses: connection_unknown, credentials_invalid.
 */
export async function testConnection({ caller, input }: Test): Promise<ConnectionTest> {
  if ("connectionId" in input) {
    const { credentials, isReadable } = await showConnection(input);
    if (!isReadable) throw new Refusal("credentials_invalid", "The stored secrets cannot be read any more.");
    const stored = await readCredentials(input);
    const proven = credentials.filter(({ isProven }) => isProven).map(({ name }) => name);
    const given = { ...stored, credentials: form.parse(stored.credentials) };
    const answer = await asked(given);
    if (answer?.ok && answer.amounts) await keepLimits({ caller, ...input, limits: answer.amounts });
    return told(given, answer, proven);
  }
  return told(input, await asked(input), []);
}

type Limits = { caller: Caller; tenantId: string; connectionId: string; limits: NonNullable<TestedCredentials["amounts"]> };

/** Customers are offered what the merchant's contract allows, from now on. */
async function keepLimits({ caller, tenantId, connectionId, limits }: Limits): Promise<void> {
  const { limits: before } = await inTenant(tenantId, (tx) =>
    tx.selectFrom("connection").select("limits").where("id", "=", connectionId).executeTakeFirstOrThrow(),
  );
  if (isDeepStrictEqual(before, limits)) return;
  await changeCatalog({ caller, tenantId, kind: "connection.updated", ids: { connectionId } }, async (tx, note) => {
    await tx
      .updateTable("connection")
      .set({ limits: JSON.stringify(limits), updated_at: sql`now()` })
      .where("id", "=", connectionId)
      .execute();
    note(changesBetween({ limits: before }, { limits }));
  });
}

function told(given: Typed, answer: TestedCredentials | null, provenBefore: readonly string[]): ConnectionTest {
  const definition = paymentProvider(given.provider);
  if (!definition) throw new Refusal("credentials_invalid", "There is no such provider.");
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
  if (!paymentProvider(given.provider) || ownProviders.includes(given.provider))
    throw new Refusal("credentials_invalid", "There is no such provider.");
  requireUsable(given);
  try {
    return await connectPayment(given).test();
  } catch (error) {
    if (error instanceof ProviderFailure) return null;
    throw error;
  }
}
