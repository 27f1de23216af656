import type { ConnectionAnswer, CredentialField } from "#contracts/merchant/connections.ts";
import { Refusal } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { decryptSecret } from "#platform/secrets.ts";
import { credentialFields } from "#providers/credentials.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";
import { type ConnectionRow, paymentConnections } from "#queries/merchant/payment-connections.ts";

/** What a merchant may see of their payment connections. No answer holds a secret. */
export async function listConnections(tenantId: string): Promise<ConnectionAnswer[]> {
  return (await paymentConnections(tenantId)).map((row) => shown(tenantId, row));
}

/** Refuses: connection_unknown. */
export async function showConnection(place: { tenantId: string; connectionId: string }): Promise<ConnectionAnswer> {
  const [row] = await paymentConnections(place.tenantId, place.connectionId);
  if (!row) throw new Refusal("connection_unknown");
  return shown(place.tenantId, row);
}

function shown(tenantId: string, row: ConnectionRow): ConnectionAnswer {
  const { id, version, provider, mode, account, isActive, hasPayments, lastEventAt, createdAt } = row;
  const values = readable(row.credentials, secretContext({ tenantId, connectionId: id }));
  const definition = paymentProvider(provider);
  const fields = definition ? credentialFields(definition.credentialShape) : [];
  return {
    id,
    version,
    provider,
    mode,
    account,
    isActive,
    hasPayments,
    isReadable: values !== null,
    credentials: fields.map((field) => ({
      name: field.name,
      hint: hintOf(field, mode, values?.[field.name]),
      isProven: (field.provenBy === "event" && row.hasEventSince) || (field.provenBy === "payment" && row.hasChargeSince),
    })),
    webhookUrl: `${env().APP_URL}/api/webhooks/${provider}/${id}`,
    lastEventAt: lastEventAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

/** Returns null if no key of today opens them. */
function readable(sealed: string, context: string): Record<string, unknown> | null {
  try {
    return JSON.parse(decryptSecret(sealed, context)) as Record<string, unknown>;
  } catch {
    return null;
  }
}

const endLength = 4;
/** A shorter secret shows no end: four characters would be too much of it. */
const restLengthMin = 16;

/** Enough to tell one key from another. */
function hintOf({ isSecret, prefixes }: CredentialField, mode: "test" | "production", value: unknown): string | null {
  if (typeof value !== "string" || value === "") return null;
  if (!isSecret) return value;
  const prefix = prefixes && value.startsWith(prefixes[mode]) ? prefixes[mode] : "";
  const rest = value.slice(prefix.length);
  return `${prefix}••••${rest.length >= restLengthMin ? rest.slice(-endLength) : ""}`;
}
