import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { MerchantServerConfig } from "../config.ts";
import { judgeFirma, judgeStandardWebhook, type Verdict } from "./verdicts.ts";

export type Callback = {
  id: string;
  receivedAt: string;
  webhookId: string | null;
  /** Is 1 for the first delivery of this webhook-id. */
  attempt: number;
  headers: Record<string, string>;
  body: string;
  firma: Verdict;
  standardWebhook: Verdict;
  answered: number;
};

const whole = (max: number) => z.coerce.number().int().min(0).max(max);

export const serverKnobsSchema = z
  .object({
    /** The status of the next `failures` answers. */
    status: whole(599).refine((status) => status >= 200, "an HTTP status"),
    failures: whole(10_000),
    delayMs: whole(60_000),
    /** Every answer is a 302 to this address. */
    redirectTo: z.url(),
    /** Answers 200 with a body that is not JSON. */
    garbage: z.enum(["on", "off"]),
    /** Seconds or a date, sent with failing answers. */
    retryAfter: z.string(),
  })
  .partial();

export type ServerKnobs = z.output<typeof serverKnobsSchema>;

export type MerchantServer = MerchantServerConfig & { knobs: ServerKnobs; callbacks: Callback[]; attempts: Map<string, number> };
export type MerchantServers = { clock: Clock; byId: Map<string, MerchantServer> };

const callbacksMax = 2000;

export function createMerchantServers(clock: Clock, configs: MerchantServerConfig[]): MerchantServers {
  const servers: MerchantServers = { clock, byId: new Map() };
  for (const config of configs) putMerchantServer(servers, config);
  return servers;
}

/** Adds a server, or replaces the secrets of a known id. What it received stays. */
export function putMerchantServer(servers: MerchantServers, config: MerchantServerConfig): MerchantServer {
  const known = servers.byId.get(config.id) ?? { knobs: {}, callbacks: [], attempts: new Map<string, number>() };
  const server = { ...known, ...config };
  servers.byId.set(config.id, server);
  return server;
}

export function resetMerchantServers(servers: MerchantServers): void {
  for (const server of servers.byId.values()) {
    server.knobs = {};
    server.callbacks = [];
    server.attempts.clear();
  }
}

type Received = { body: Buffer; headers: Record<string, string>; answered: number };

/** Keeps the exact callback with a verdict on both signatures. */
export function receiveCallback(servers: MerchantServers, server: MerchantServer, { body, headers, answered }: Received): Callback {
  const webhookId = headers["webhook-id"] ?? null;
  const attempt = (server.attempts.get(webhookId ?? "") ?? 0) + 1;
  server.attempts.set(webhookId ?? "", attempt);
  const callback: Callback = {
    id: randomUUID(),
    receivedAt: new Date(servers.clock.now()).toISOString(),
    webhookId,
    attempt,
    headers,
    body: body.toString("utf8"),
    firma: judgeFirma(body, server.hmacSecret),
    standardWebhook: judgeStandardWebhook(body, headers, server.webhookSecret),
    answered,
  };
  server.callbacks = [callback, ...server.callbacks].slice(0, callbacksMax);
  return callback;
}
