import { type CredentialProblem, credentialProblems } from "#contracts/merchant/credential-problems.ts";
import { type Problem, Refusal } from "#contracts/problem.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { encryptSecret } from "#platform/secrets.ts";
import { credentialFields } from "#providers/credentials.ts";
import { connectPayment, paymentProvider } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";

export type Credentials = {
  tenantId: string;
  connectionId: string;
  kind: string;
  provider: string;
  mode: "test" | "production";
  credentials: Readonly<Record<string, unknown>>;
};

/** As the row keeps them; `account` is null for what is no payment provider, or tells none. */
export type SealedCredentials = { credentials: string; account: string | null };

/**
 * Bound to this connection: moved to another row, they cannot be read. Refuses:
 * credentials_invalid, with an error for each field that is wrong.
 */
export function sealCredentials(given: Credentials): SealedCredentials {
  const credentials = encryptSecret(JSON.stringify(given.credentials), secretContext(given));
  if (given.kind !== "payment") return { credentials, account: null };
  requireUsable(given);
  return { credentials, account: paymentProvider(given.provider)?.accountOf(given.credentials) ?? null };
}

type Usable = Pick<Credentials, "provider" | "mode" | "credentials">;

/** The provider decides, and its schema explains. Refuses: credentials_invalid. */
export function requireUsable(given: Usable): void {
  try {
    connectPayment(given);
  } catch (error) {
    // The provider's message names no secret.
    if (error instanceof ProviderFailure && error.kind === "misconfigured")
      throw new Refusal("credentials_invalid", error.message, explained(given));
    throw error;
  }
}

const words: Record<CredentialProblem, string> = {
  missing: "is missing",
  unknown: "is none of this provider's credentials",
  other_mode: "belongs to the other mode",
  other_field: "belongs into another field",
  malformed: "does not look like this credential",
};

function explained({ provider, mode, credentials }: Usable): Problem["errors"] {
  const definition = paymentProvider(provider);
  if (!definition) return [{ path: "provider", message: "there is no such provider" }];
  const problems = credentialProblems({ fields: credentialFields(definition.credentialShape), mode, values: credentials });
  return Object.entries(problems).map(([name, problem]) => ({ path: `credentials.${name}`, message: words[problem] }));
}
