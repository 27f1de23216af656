import pg from "pg";
import { env } from "./env.ts";
import { logger } from "./logger.ts";

type Shared = { listeners: Map<string, Set<() => void>>; client: Promise<pg.Client> | null };
/** Next bundles its own copy of this file; both copies must share one connection. */
const holder = globalThis as typeof globalThis & { konfirmadoBookingChanges?: Shared };

function shared(): Shared {
  holder.konfirmadoBookingChanges ??= { listeners: new Map(), client: null };
  return holder.konfirmadoBookingChanges;
}

/** Calls back when an event of this booking was committed, by whatever process, and once when listening begins (again): one may have been missed. */
export function onBookingChange(bookingId: string, listener: () => void): () => void {
  const { listeners } = shared();
  const own = listeners.get(bookingId) ?? new Set();
  own.add(listener);
  listeners.set(bookingId, own);
  ensureListening();
  return () => {
    own.delete(listener);
    if (own.size === 0) listeners.delete(bookingId);
  };
}

function ensureListening(): void {
  const state = shared();
  state.client ??= listen().catch((error: unknown) => {
    state.client = null;
    logger().warn({ error: error instanceof Error ? error.message : "" }, "cannot listen for booking changes");
    throw error;
  });
  state.client.catch(() => {});
}

async function listen(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, application_name: "konfirmado-listen" });
  client.on("error", () => {
    shared().client = null;
    if (shared().listeners.size > 0) setTimeout(ensureListening, 1000).unref();
  });
  client.on("notification", ({ payload }) => {
    for (const listener of shared().listeners.get(payload ?? "") ?? []) listener();
  });
  await client.connect();
  await client.query("listen konfirmado_booking");
  for (const listeners of shared().listeners.values()) for (const listener of listeners) listener();
  return client;
}

export async function stopListening(): Promise<void> {
  const { client } = shared();
  shared().client = null;
  await client?.then((open) => open.end()).catch(() => {});
}
