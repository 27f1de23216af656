import { Socket } from "node:net";
import pg from "pg";
import { directDatabaseUrl } from "./env.ts";
import { logger } from "./logger.ts";

/**
 * The keys: a checkout's id; the id of a tenant whose catalogue has changed; a tenant with a new
 * notice, a member who has read one, or a person who has signed out.
 */
const channels = ["konfirmado_checkout", "konfirmado_catalog", "konfirmado_notices"] as const;
type Channel = (typeof channels)[number];
/** Gets null when listening starts or restarts, because a change may have been missed. */
type Listener = (key: string | null) => void;
type Shared = {
  listeners: Map<Channel, Map<string, Set<Listener>>>;
  opening: Promise<pg.Client> | null;
  isListening: boolean;
  retry: NodeJS.Timeout | null;
};

/** Next bundles its own copy of this file. Both copies must share one connection. */
const holder = globalThis as typeof globalThis & { konfirmadoChanges?: Shared };
const retryMs = 1000;
/** A dead connection never says so, but a query on it times out. */
const heartbeatMs = 5000;
const anyKey = "*";

function shared(): Shared {
  holder.konfirmadoChanges ??= {
    listeners: new Map(channels.map((channel) => [channel, new Map()])),
    opening: null,
    isListening: false,
    retry: null,
  };
  return holder.konfirmadoChanges;
}

/** Calls back after a commit that changes this key (`*`: any), and when listening starts. */
export function onChange(channel: Channel, key: string, listener: Listener): () => void {
  const byKey = shared().listeners.get(channel) ?? new Map<string, Set<Listener>>();
  const own = byKey.get(key) ?? new Set();
  byKey.set(key, own.add(listener));
  ensureListening();
  return () => {
    own.delete(listener);
    if (own.size === 0 && byKey.get(key) === own) byKey.delete(key);
  };
}

/** For the process that made the change, so that its listeners need not wait for PostgreSQL. */
export function tellListeners(channel: Channel, key: string): void {
  const byKey = shared().listeners.get(channel);
  for (const name of [key, anyKey]) for (const listener of byKey?.get(name) ?? []) listener(key);
}

/** Returns false while a notification could be missed. Listening restarts within about a second. */
export function isListening(): boolean {
  ensureListening();
  return shared().isListening;
}

function ensureListening(): void {
  const state = shared();
  if (state.opening || state.retry) return;
  const isCurrent = () => state.opening === opening;
  const onLost = () => {
    if (isCurrent()) listenAgainSoon();
  };
  const opening = listen(onLost);
  state.opening = opening;
  opening.then(
    () => {
      if (!isCurrent()) return;
      state.isListening = true;
      for (const byKey of state.listeners.values()) for (const own of byKey.values()) for (const listener of own) listener(null);
    },
    (error: unknown) => {
      logger().warn({ error: error instanceof Error ? error.message : "" }, "cannot listen for changes");
      onLost();
    },
  );
}

function listenAgainSoon(): void {
  const state = shared();
  Object.assign(state, { opening: null, isListening: false });
  state.retry = setTimeout(() => {
    state.retry = null;
    ensureListening();
  }, retryMs).unref();
}

async function listen(onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: "konfirmado-listen",
    connectionTimeoutMillis: heartbeatMs,
    query_timeout: heartbeatMs,
    keepAlive: true,
    // Listening alone must not keep a process alive.
    stream: () => new Socket().unref(),
  });
  const heartbeat = setInterval(() => client.query("select 1").catch(end), heartbeatMs).unref();
  function end(): void {
    clearInterval(heartbeat);
    onLost();
    client.end().catch(() => {});
  }
  client.on("error", end).on("end", end);
  client.on("notification", ({ channel, payload }) => {
    const known = channels.find((name) => name === channel);
    if (known && payload) tellListeners(known, payload);
  });
  try {
    await client.connect();
    for (const channel of channels) await client.query(`listen ${channel}`);
    return client;
  } catch (error) {
    end();
    throw error;
  }
}

export async function stopListening(): Promise<void> {
  const state = shared();
  const { opening, retry } = state;
  if (retry) clearTimeout(retry);
  Object.assign(state, { opening: null, isListening: false, retry: null });
  await opening?.then((open) => open.end()).catch(() => {});
}
