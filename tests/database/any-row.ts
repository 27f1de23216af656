import { randomUUID } from "node:crypto";
import type pg from "pg";

type Column = { name: string; type: string; required: boolean };
export type TenantTable = { name: string; columns: Column[] };

/**
 * Every table that belongs to a tenant, read from the catalogue: a new one is found by itself. Not
 * the directory, which all may read.
 */
export async function tenantTables(client: pg.Client): Promise<TenantTable[]> {
  const { rows } = await client.query<TenantTable>(
    `select c.relname as name, json_agg(json_build_object('name', a.attname, 'type', coalesce(base.typname, t.typname), 'required', a.attnotnull and a.attgenerated = '') order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
       left join pg_type base on base.oid = nullif(t.typbasetype, 0)
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'directory'
     group by c.oid, c.relname having bool_or(a.attname = 'tenant_id') order by 1`,
  );
  return rows;
}

/** Some value of each type that a column has. A type that is missing here fails the test that needs it. */
const values: Record<string, () => unknown> = {
  uuid: () => randomUUID(),
  text: () => randomUUID(),
  _text: () => [],
  int4: () => 1,
  int8: () => 1,
  numeric: () => 1,
  bool: () => true,
  jsonb: () => "{}",
  bytea: () => Buffer.from("x"),
  date: () => "2026-01-01",
  time: () => "09:00",
  timestamptz: () => new Date(),
  tstzrange: () => "[2026-01-01,2026-01-02)",
};

/** A row with something in every required column: what it says does not matter, only whose it is. */
export function anyRow(table: TenantTable, tenantId: string): { text: string; values: unknown[] } {
  const columns = table.columns.filter((column) => column.required);
  const row = columns.map((column) => {
    if (column.name === "tenant_id") return tenantId;
    const make = values[column.type];
    if (!make) throw new Error(`${table.name}.${column.name} has the type ${column.type}: add a value for it in tests/database/any-row.ts`);
    return make();
  });
  const names = columns.map((column) => column.name).join(", ");
  return { text: `insert into ${table.name} (${names}) values (${columns.map((_, index) => `$${index + 1}`).join(", ")})`, values: row };
}

/** Rows need not make sense where only their tenant matters: no checks, no foreign keys, no triggers. For a throwaway database. */
export async function forgetMeaning(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ statement: string }>(
    `select case when conrelid = 0 then format('alter domain %s drop constraint %I', contypid::regtype, conname)
       else format('alter table %s drop constraint %I', conrelid::regclass, conname) end as statement
     from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f', 'x')`,
  );
  for (const { statement } of rows) await owner.query(statement);
  await owner.query("set session_replication_role = replica");
}
