import { Counter, Gauge, Histogram, Registry } from "prom-client";

type Metrics = ReturnType<typeof createMetrics>;
/** Next bundles its own copy of this file. Both copies must count in one place. */
const shared = globalThis as typeof globalThis & { konfirmadoMetrics?: Metrics };

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets = seconds) => new Histogram({ name, help, buckets, registers });
  return {
    registry,
    holds: counter("konfirmado_holds_total", "Holds asked for, by outcome", "outcome"),
    refusals: counter("konfirmado_refusals_total", "Refusals, by code; internal is a bug of ours", "code"),
    webhooks: counter("konfirmado_webhooks_total", "Webhooks, by provider and outcome", "provider", "outcome"),
    unreadableRows: counter("konfirmado_provider_unreadable_rows_total", "Charges in replies of providers that cannot be read", "provider"),
    otherEvents: counter("konfirmado_webhooks_of_other_kinds_total", "Genuine webhooks that are about no charge, by provider", "provider"),
    receiveSeconds: histogram("konfirmado_webhook_receive_seconds", "From request to answer"),
    settleSeconds: histogram("konfirmado_settle_seconds", "From a webhook's arrival to its settling"),
    providerErrors: counter("konfirmado_provider_errors_total", "Questions about payments without an answer", "provider", "kind"),
    lostRaces: counter("konfirmado_first_payer_lost_total", "Paid after somebody else had it, and sent back, by kind", "kind"),
    followUps: counter("konfirmado_follow_ups_total", "Follow-up tries, by job and outcome", "job", "outcome"),
    followUpLagSeconds: histogram("konfirmado_follow_up_lag_seconds", "From the event to the follow-up's end", [...seconds, 60, 600, 3600]),
    waiting: gauge("konfirmado_waiting", "Waiting refund cases, reversals, attention items, events and follow-ups", "kind"),
    pool: gauge("konfirmado_pool_connections", "Database connections of this process", "role", "state"),
    memory: new Gauge({
      name: "process_resident_memory_bytes",
      help: "Resident memory of this process",
      registers,
      collect() {
        this.set(process.memoryUsage.rss());
      },
    }),
    redisAway: gauge(
      "konfirmado_redis_away",
      "1 while Redis is down and this process counts its limits alone; else 0, also without REDIS_URL",
    ),
  };
}

export function metrics(): Metrics {
  shared.konfirmadoMetrics ??= createMetrics();
  return shared.konfirmadoMetrics;
}
