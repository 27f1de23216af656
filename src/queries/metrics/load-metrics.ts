import { sql } from "kysely";
import type { Metrics, MetricsQuery, MetricsRow } from "#contracts/metrics/metrics.ts";
import { type Dimension, funnelSteps } from "#contracts/metrics/steps.ts";
import { funnelOf, reachedSteps } from "#domain/metrics/funnel.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { rangeOf } from "./metrics-range.ts";
import { type MoneyFigures, moneyFigures } from "./money-figures.ts";
import { lapsedHolds, oauthFailures, webhookFigures } from "./other-figures.ts";
import { shopFigures } from "./shop-figures.ts";
import { type VisitFigures, visitFigures } from "./visit-figures.ts";

const rowsMax = 500;

/** A plan that reads whole tables is faster for a young merchant, and a trap for all others. */
const byIndexes = `set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off;
  set local jit = off`;

/** A merchant's figures of a range of days. Refuses: range_too_long, invalid_request. */
export function loadMetrics(tenantId: string, query: MetricsQuery): Promise<Metrics> {
  const { from: _, to: __, by = "day", ...given } = query;
  const filters = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return inTenant(tenantId, async (tx) => {
    await sql.raw(byIndexes).execute(tx);
    const range = await rangeOf(tx, tenantId, query);
    const visits = await visitFigures(tx, range, { filters, by });
    const money = await moneyFigures(tx, range, { filters, by });
    return {
      from: range.from,
      to: range.to,
      timezone: range.timezone,
      funnel: funnelOf(visits.all, visits.medians),
      lapsedHolds: await lapsedHolds(tx, range, filters),
      money: money?.all ?? null,
      shop: await shopFigures(tx, range, filters),
      webhooks: await webhookFigures(tx, range, filters),
      oauthFailures: await oauthFailures(tx, range),
      by,
      rows: await rowsOf(tx, by, visits, money),
    };
  });
}

async function rowsOf(tx: Tx, by: Dimension, visits: VisitFigures, money: MoneyFigures): Promise<MetricsRow[]> {
  const keys = [...new Set([...visits.rows.keys(), ...(money?.rows.keys() ?? [])])];
  const names = await namesOf(tx, by, keys);
  const rows = keys.map((key): MetricsRow => {
    const reached = reachedSteps(visits.rows.get(key) ?? []);
    const counts = Object.fromEntries(funnelSteps.map((step, index) => [step, reached[index] ?? 0]));
    return { key, name: names.get(key) ?? null, visits: counts as MetricsRow["visits"], money: money && (money.rows.get(key) ?? []) };
  });
  const inOrder = by === "day" ? (a: MetricsRow, b: MetricsRow) => (a.key < b.key ? -1 : 1) : mostFirst;
  return rows.sort(inOrder).slice(0, rowsMax);
}

const paymentsOf = ({ money }: MetricsRow): number => (money ?? []).reduce((sum, { payments }) => sum + payments, 0);

function mostFirst(a: MetricsRow, b: MetricsRow): number {
  return b.visits.opened - a.visits.opened || paymentsOf(b) - paymentsOf(a) || (a.key < b.key ? -1 : 1);
}

const tables: Partial<Record<Dimension, "booking_link" | "service" | "professional">> = {
  link: "booking_link",
  service: "service",
  professional: "professional",
};

async function namesOf(tx: Tx, by: Dimension, keys: readonly string[]): Promise<Map<string, string>> {
  const table = tables[by];
  const ids = keys.filter((key) => key !== "");
  if (!table || ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from ${sql.table(table)} where id = any(${ids}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
