import { Counter, Gauge, Histogram, Registry } from "prom-client";

type Metrics = ReturnType<typeof createMetrics>;
/** Next bundles its own copy of this file; both copies must count in one place. */
const shared = globalThis as typeof globalThis & { konfirmadoMetrics?: Metrics };

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    holds: new Counter({ name: "konfirmado_holds_total", help: "Holds asked for, by outcome", labelNames: ["outcome"], registers }),
    refusals: new Counter({
      name: "konfirmado_refusals_total",
      help: "What was refused, by code; internal is a bug of ours",
      labelNames: ["code"],
      registers,
    }),
    webhooks: new Counter({
      name: "konfirmado_webhooks_total",
      help: "Webhooks, by provider and outcome",
      labelNames: ["provider", "outcome"],
      registers,
    }),
    unreadableRows: new Counter({
      name: "konfirmado_provider_unreadable_rows_total",
      help: "Rows of look-ups at providers that could not be read; what they say is unknown",
      labelNames: ["provider"],
      registers,
    }),
    receiveSeconds: new Histogram({
      name: "konfirmado_webhook_receive_seconds",
      help: "From request to answer",
      buckets: seconds,
      registers,
    }),
    settleSeconds: new Histogram({
      name: "konfirmado_settle_seconds",
      help: "From a webhook's arrival to its settling",
      buckets: seconds,
      registers,
    }),
    followUps: new Counter({
      name: "konfirmado_follow_ups_total",
      help: "Follow-up tries, by job and outcome",
      labelNames: ["job", "outcome"],
      registers,
    }),
    followUpLagSeconds: new Histogram({
      name: "konfirmado_follow_up_lag_seconds",
      help: "From the event to the follow-up's end",
      buckets: [...seconds, 60, 600, 3600],
      registers,
    }),
    waiting: new Gauge({
      name: "konfirmado_waiting",
      help: "What waits: refund cases, attention items, unmatched events, due follow-ups",
      labelNames: ["kind"],
      registers,
    }),
    pool: new Gauge({
      name: "konfirmado_pool_connections",
      help: "Database connections of this process",
      labelNames: ["role", "state"],
      registers,
    }),
    redisAway: new Gauge({
      name: "konfirmado_redis_away",
      help: "1 while Redis does not answer and this process counts its limits alone; 0 otherwise, also without REDIS_URL",
      registers,
    }),
    memory: new Gauge({
      name: "process_resident_memory_bytes",
      help: "Resident memory of this process",
      registers,
      collect() {
        this.set(process.memoryUsage.rss());
      },
    }),
  };
}

export function metrics(): Metrics {
  shared.konfirmadoMetrics ??= createMetrics();
  return shared.konfirmadoMetrics;
}
