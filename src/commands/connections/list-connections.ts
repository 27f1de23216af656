import type { ConnectionAnswer, CredentialField } from "#contracts/merchant/connections.ts";
import { Refusal } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { decryptSecret } from "#platform/secrets.ts";
import { credentialFields } from "#providers/credentials.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { secretContext } from "#queries/connections.ts";
import { type ConnectionRow, paymentConnections } from "#queries/merchant/payment-connections.ts";
import { loadSold, type Sold } from "#queries/merchant/sold.ts";
import { unfitFor } from "./unfit-for.ts";

/** What a merchant may see of their payment connections. No answer holds a secret. */
export async function listConnections(tenantId: string): Promise<ConnectionAnswer[]> {
  const [rows, sold] = await Promise.all([paymentConnections(tenantId), loadSold(tenantId)]);
  return rows.map((row) => shown(tenantId, row, sold));
}

/** Refuses: connection_unknown. */
export async function showConnection(place: { tenantId: string; connectionId: string }): Promise<ConnectionAnswer> {
  const [row] = await paymentConnections(place.tenantId, place.connectionId);
  if (!row) throw new Refusal("connection_unknown");
  return shown(place.tenantId, row, await loadSold(place.tenantId));
}

function shown(tenantId: string, row: ConnectionRow, sold: Sold): ConnectionAnswer {
  const { id, version, provider, mode, account, label, limits, isActive, hasPayments, lastEventAt, createdAt } = row;
  const values = readable(row.credentials, secretContext({ tenantId, connectionId: id }));
  const definition = paymentProvider(provider);
  const fields = definition ? credentialFields(definition.credentialShape) : [];
  return {
    id,
    version,
    provider,
    mode,
    account,
    label,
    isActive,
    limits: Object.entries(limits).map(([currency, { minMinor, maxMinor }]) => ({ currency, minMinor, maxMinor })),
    unfit: definition ? unfitFor({ capabilities: definition.capabilities, limits }, sold) : [],
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
