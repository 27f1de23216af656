import type { Campaign } from "#contracts/links/campaign.ts";
import type { Device } from "#domain/metrics/devices.ts";
import type { CountedStep } from "#domain/metrics/funnel.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { logger } from "#platform/logger.ts";
import { type Catalog, loadCatalog } from "#queries/catalog.ts";
import { knownWord } from "../known-words.ts";
import { insertVisits, type VisitRow } from "./insert-visits.ts";

type Counter = { visits: Map<string, VisitRow>; words: Map<string, Set<string>>; timer: NodeJS.Timeout | null };

const writeMs = 3000;
const visitsMax = 20_000;
const rowsAtOnce = 500;

/** Next bundles its own copy of this file. Both count in one place. */
const shared = globalThis as typeof globalThis & { konfirmadoVisits?: Counter };

export type Visit = { id: string; device: Device };
type Seen = {
  /** Null for whoever is not counted: robots, previews, programs that name no visit. */
  visit: Visit | null;
  link: string;
  step: CountedStep;
  serviceId?: string | undefined;
  professionalId?: string | undefined;
  provider?: string | undefined;
  checkoutId?: string | undefined;
  campaign?: Campaign | undefined;
};

/**
 * Notes in memory that a visit came to a step, and returns at once. The same step of the same visit
 * counts once. A crash may lose the last seconds, and a flood what exceeds the memory for it.
 */
export function countVisit(seen: Seen): void {
  const { visit } = seen;
  if (!visit) return;
  const now = databaseNow();
  loadCatalog(seen.link).then(
    (catalog) => note(catalog, { ...seen, visit }, now),
    () => {},
  );
}

/** Also called when the process ends. A database that is down keeps the counts here. */
export async function writeVisits(): Promise<void> {
  const counter = shared.konfirmadoVisits;
  if (!counter) return;
  if (counter.timer) clearTimeout(counter.timer);
  counter.timer = null;
  const due = [...counter.visits.values()];
  counter.visits.clear();
  for (const [tenantId, rows] of Map.groupBy(due, (row) => row.tenantId)) {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const some = rows.slice(from, from + rowsAtOnce);
      await insertVisits(tenantId, some).catch((error: unknown) => {
        logger().warn({ error }, "visits could not be counted yet");
        for (const row of some) add(counter, row);
      });
    }
  }
  if (counter.visits.size > 0) writeSoon(counter);
}

const columns = {
  opened: "openedAt",
  service: "serviceAt",
  slot: "slotAt",
  details: "detailsAt",
  payment: "paymentAt",
} as const satisfies Record<CountedStep, keyof VisitRow>;

function note(catalog: Catalog, { visit, step, campaign = {}, ...seen }: Seen & { visit: Visit }, now: number): void {
  shared.konfirmadoVisits ??= { visits: new Map(), words: new Map(), timer: null };
  const counter = shared.konfirmadoVisits;
  const { tenant, link, services, professionals } = catalog;
  const at = new Date(now).toISOString();
  const place = `${link.id} ${at.slice(0, 10)}`;
  const offered = (list: readonly { id: string }[], id: string | undefined) => (list.some((one) => one.id === id) ? (id ?? null) : null);
  add(counter, {
    tenantId: tenant.id,
    id: visit.id,
    linkId: link.id,
    device: visit.device,
    source: knownWord(counter.words, `source ${place}`, campaign.utm_source ?? ""),
    campaign: knownWord(counter.words, `campaign ${place}`, campaign.utm_campaign ?? ""),
    serviceId: offered(services, seen.serviceId),
    professionalId: offered(professionals, seen.professionalId),
    provider: seen.provider ?? null,
    checkoutId: seen.checkoutId ?? null,
    openedAt: at,
    serviceAt: null,
    slotAt: null,
    detailsAt: null,
    paymentAt: null,
    [columns[step]]: at,
  });
  writeSoon(counter);
}

function add({ visits }: Counter, row: VisitRow): void {
  const key = `${row.tenantId} ${row.id}`;
  const known = visits.get(key);
  if (known) visits.set(key, merged(known, row));
  else if (visits.size < visitsMax) visits.set(key, row);
}

/** As `insertVisits` does with a row that is there: the first time of a step, the newest choice. */
function merged(known: VisitRow, row: VisitRow): VisitRow {
  return {
    ...known,
    source: known.source || row.source,
    campaign: known.campaign || row.campaign,
    serviceId: row.serviceId ?? known.serviceId,
    professionalId: row.professionalId ?? known.professionalId,
    provider: row.provider ?? known.provider,
    checkoutId: row.checkoutId ?? known.checkoutId,
    serviceAt: known.serviceAt ?? row.serviceAt,
    slotAt: known.slotAt ?? row.slotAt,
    detailsAt: known.detailsAt ?? row.detailsAt,
    paymentAt: known.paymentAt ?? row.paymentAt,
  };
}

function writeSoon(counter: Counter): void {
  counter.timer ??= setTimeout(() => void writeVisits(), writeMs).unref();
}
