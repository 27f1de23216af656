import { hideQuery } from "#contracts/settings/hidden-query.ts";
import type { Changes } from "./log-event.ts";

export type { Changes } from "./log-event.ts";

type Row = Readonly<Record<string, unknown>>;

const bookkeeping = new Set(["tenant_id", "id", "version", "created_at", "updated_at"]);
const secret = new Set(["credentials", "hash", "token", "token_hash", "secret", "password", "answers"]);
const masked = "••••";

/** What differs between two states of a row, for the audit log. Never tells a secret. */
export function changesBetween(before: Row | null, after: Row | null): Changes {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const pairs = [...names]
    .filter((name) => !bookkeeping.has(name))
    .map((name) => [name, before?.[name] ?? null, after?.[name] ?? null] as const)
    .filter(([, from, to]) => JSON.stringify(from) !== JSON.stringify(to))
    .map(([name, from, to]) => [name, [told(name, from), told(name, to)]] as const);
  return Object.fromEntries(pairs.map(([name, [from, to]]) => [name, [from, to]]));
}

function told(name: string, value: unknown): unknown {
  if (secret.has(name)) return value === null ? null : masked;
  return name === "callback_url" && typeof value === "string" ? hideQuery(value) : value;
}
