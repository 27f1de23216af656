import type pg from "pg";
import { post } from "./post.ts";
import type { World } from "./world.ts";

/**
 * These do not move: when an appointment is, which worker lives, and what belongs to the schema.
 */
const fixed = new Set([
  "booking.starts_at",
  "booking_reminder.starts_at",
  // Is written in a receipt, which says the same each time it is sent.
  "shop_order.paid_at",
  "checkout.settle_until",
  "booking.ends_at",
  "slot_claim.starts_at",
  "slot_claim.ends_at",
  "worker_process.started_at",
  "migration.applied_at",
]);
/** As the engine locks them (ARCHITECTURE.md); all others afterwards. */
const lockOrder = ["checkout", "payment", "charge", "slot_claim", "stock_claim", "discount_claim", "variant", "discount", "shop"];

/**
 * So much time passes for everything that is stored, for the jobs that wait, and for the outside
 * world.
 */
export async function passTime(world: Pick<World, "owner" | "simulatorsUrl">, minutes: number): Promise<void> {
  const { rows } = await world.owner.query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.data_type = 'timestamp with time zone' and t.table_type = 'BASE TABLE' order by 1, 2`,
  );
  const moving = Map.groupBy(
    rows.filter(({ table, column }) => !fixed.has(`${table}.${column}`)),
    (row) => row.table,
  );
  const place = (table: string) => (lockOrder.indexOf(table) + lockOrder.length + 1) % (lockOrder.length + 1);
  const tables = [...moving].sort(([a], [b]) => place(a) - place(b));
  const client = await world.owner.connect();
  try {
    await shift(client, tables, minutes);
  } finally {
    client.release();
  }
  await post(`${world.simulatorsUrl}/clock/advance`, { seconds: String(minutes * 60) });
}

async function shift(client: pg.PoolClient, tables: [string, { column: string }[]][], minutes: number): Promise<void> {
  const by = `interval '${minutes} minutes'`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query("begin");
      for (const [table, columns] of tables)
        await client.query(`update ${table} set ${columns.map(({ column }) => `${column} = ${column} - ${by}`).join(", ")}`);
      await client.query(`update graphile_worker._private_jobs set run_at = run_at - ${by} where locked_at is null`);
      await client.query("commit");
      return;
    } catch (error) {
      await client.query("rollback");
      if (attempt === 5) throw error;
    }
  }
}
