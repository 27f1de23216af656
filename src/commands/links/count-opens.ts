import { sql } from "kysely";
import { readCampaign } from "#contracts/links/campaign.ts";
import { deviceOf } from "#domain/metrics/devices.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import { logger } from "#platform/logger.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { knownWord } from "../known-words.ts";

type Opens = { tenantId: string; linkId: string; day: string; source: string; opens: number };
type Counter = { opens: Map<string, Opens>; sources: Map<string, Set<string>>; timer: NodeJS.Timeout | null };

const writeMs = 3000;
const entriesMax = 20_000;

/** Next bundles its own copy of this file. Both count in one place. */
const shared = globalThis as typeof globalThis & { konfirmadoLinkOpens?: Counter };

/**
 * Counts in memory and returns at once: no cookie, no address, no write while a page waits. A crash
 * may lose the last seconds.
 */
export function countLinkOpen({ link, source, browser }: { link: string; source: string | undefined; browser: string | null }): void {
  if (deviceOf(browser) === null) return;
  loadCatalog(link).then(
    ({ tenant, link: { id } }) => count(tenant.id, id, readCampaign(() => source)?.utm_source ?? ""),
    () => {},
  );
}

/** Also called when the process ends. A database that is down keeps the counts here. */
export async function writeLinkOpens(): Promise<void> {
  const counter = shared.konfirmadoLinkOpens;
  if (!counter) return;
  if (counter.timer) clearTimeout(counter.timer);
  counter.timer = null;
  const due = [...counter.opens.values()];
  counter.opens.clear();
  for (const [tenantId, rows] of Map.groupBy(due, (row) => row.tenantId)) {
    await write(tenantId, rows).catch((error: unknown) => {
      logger().warn({ error }, "opened links could not be counted yet");
      for (const row of rows) add(counter, row);
    });
  }
  if (counter.opens.size > 0) writeSoon(counter);
}

function count(tenantId: string, linkId: string, given: string): void {
  shared.konfirmadoLinkOpens ??= { opens: new Map(), sources: new Map(), timer: null };
  const counter = shared.konfirmadoLinkOpens;
  const day = new Date(databaseNow()).toISOString().slice(0, 10);
  add(counter, { tenantId, linkId, day, source: knownWord(counter.sources, `${linkId} ${day}`, given), opens: 1 });
  writeSoon(counter);
}

function add({ opens }: Counter, row: Opens): void {
  const key = `${row.linkId} ${row.day} ${row.source}`;
  const known = opens.get(key);
  if (known) known.opens += row.opens;
  else if (opens.size < entriesMax) opens.set(key, row);
}

function writeSoon(counter: Counter): void {
  counter.timer ??= setTimeout(() => void writeLinkOpens(), writeMs).unref();
}

function write(tenantId: string, rows: Opens[]): Promise<unknown> {
  return inTenant(tenantId, (tx) =>
    sql`
      insert into link_opens as o (tenant_id, link_id, day, source, opens)
      select ${tenantId}, "linkId", day, source, opens
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given("linkId" uuid, day date, source text, opens int)
      order by "linkId", day, source
      on conflict (tenant_id, link_id, day, source) do update set opens = o.opens + excluded.opens`.execute(tx),
  );
}
