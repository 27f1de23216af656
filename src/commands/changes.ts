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
    .map(([name, from, to]) => [name, secret.has(name) ? [mask(from), mask(to)] : [from, to]] as const);
  return Object.fromEntries(pairs.map(([name, [from, to]]) => [name, [from, to]]));
}

const mask = (value: unknown): string | null => (value === null ? null : masked);
