import type pg from "pg";
import { expect, vi } from "vitest";
import { closeDb } from "#platform/db.ts";

/** How often tables were read whole, and which; how often by index, and how many index entries were looked at. */
export type Scans = { whole: number; byIndex: number; entries: number; readWhole: string[] };
type SoFar = Omit<Scans, "readWhole"> & { wholes: Record<string, number> };
type Counted = { owner: pg.Client; tables: readonly string[] };

/** Runs it on connections of its own. PostgreSQL has counted what a connection did once that connection is gone. */
export async function scansOfTables({ run, ...counted }: Counted & { run: () => Promise<unknown> }): Promise<Scans> {
  const before = await scansSoFar(counted);
  await run();
  await closeDb();
  await vi.waitFor(
    async () => {
      const { rows } = await counted.owner.query(
        "select 1 from pg_stat_activity where datname = current_database() and backend_type = 'client backend'",
      );
      expect(rows).toHaveLength(1);
    },
    { timeout: 10_000, interval: 20 },
  );
  const after = await scansSoFar(counted);
  const readWhole = counted.tables.filter((table) => after.wholes[table] !== before.wholes[table]);
  return { whole: after.whole - before.whole, byIndex: after.byIndex - before.byIndex, entries: after.entries - before.entries, readWhole };
}

async function scansSoFar({ owner, tables }: Counted): Promise<SoFar> {
  await owner.query("select pg_stat_clear_snapshot()");
  const { rows } = await owner.query<SoFar & { tables: number }>(
    `select count(*)::int as tables, sum(seq_scan)::int as whole, sum(idx_scan)::int as "byIndex", json_object_agg(relname, seq_scan) as wholes,
       sum((select sum(idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid))::int as entries
     from pg_stat_user_tables t where relname = any ($1)`,
    [tables],
  );
  if (rows[0]?.tables !== tables.length) throw new Error(`${tables} are not counted`);
  return rows[0];
}
