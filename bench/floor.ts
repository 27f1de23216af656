import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { BenchTenant } from "./fill.ts";
import type { Stage } from "./stage.ts";

/** Makes tables of the same shape, without row-level security, for the minimal transactions. */
export async function prepareFloor({ owner }: Stage): Promise<void> {
  await owner.query(
    `
    drop table if exists floor_stock, floor_session, floor_line, floor_stock_claim, floor_order, floor_claim, floor_event, floor_job, floor_booking, floor_payment;
    create table floor_claim (tenant_id uuid, professional_id uuid, during tstzrange, state text,
      expires_at timestamptz, session text,
      exclude using gist (tenant_id with =, professional_id with =, during with &&)
      where (state in ('held', 'paying', 'booked')));
    create table floor_event (tenant_id uuid, id uuid, key text, body text, at timestamptz default now(),
      primary key (tenant_id, id), unique (tenant_id, key));
    create table floor_job (id bigint generated always as identity primary key, payload jsonb,
      run_at timestamptz default now());
    create table floor_stock (id int primary key, on_hand int) with (fillfactor = 70);
    create table floor_session (tenant_id uuid, id uuid primary key, total bigint, status text);
    create table floor_line (session_id uuid, place int, variant int, quantity int, primary key (session_id, place));
    create table floor_stock_claim (session_id uuid, variant int, state text, expires_at timestamptz, primary key (session_id, variant));
    create table floor_order (id uuid primary key, number int, paid_at timestamptz default now());
    insert into floor_stock select n, 10000000 from generate_series(1, 1000) n;
    create table floor_payment (id int primary key, status text);
    create table floor_booking (id int primary key, status text);
    insert into floor_payment select n, 'created' from generate_series(1, 200000) n;
    insert into floor_booking select n, 'pending' from generate_series(1, 200000) n;
    vacuum analyze`
      .split(";")
      .slice(0, -1)
      .join(";"),
  );
}

type Transaction = { name: string; text: string; values: () => unknown[] };

let serial = 0;
const slotStart = () => {
  serial += 1;
  return new Date(Date.UTC(2030, 0, 1) + serial * 1_800_000);
};

export const floors: Record<"hold" | "receive" | "settle" | "checkout" | "order", (tenants: BenchTenant[]) => Transaction> = {
  hold: (tenants) => ({
    name: "floor-hold",
    text: `insert into floor_claim values ($1, $2, tstzrange($3, $4), 'held', now() + interval '10 min', $5)
      on conflict do nothing returning expires_at`,
    values: () => {
      const start = slotStart();
      const tenant = tenants[serial % tenants.length];
      const professional = tenant?.professionals[serial % 97];
      return [tenant?.tenantId, professional, start, new Date(start.getTime() + 1_800_000), randomUUID()];
    },
  }),
  receive: (tenants) => ({
    name: "floor-receive",
    text: `with stored as (insert into floor_event (tenant_id, id, key, body) values ($1, $2, $3, $4)
        on conflict do nothing returning id)
      insert into floor_job (payload) select jsonb_build_object('id', id) from stored`,
    values: () => [tenants[0]?.tenantId, randomUUID(), randomUUID(), "x".repeat(900)],
  }),
  settle: (tenants) => ({
    name: "floor-settle",
    text: `with paid as (update floor_payment set status = 'approved' where id = $5 returning id),
        booked as (update floor_booking set status = 'paid' where id = $5 returning id),
        logged as (insert into floor_event (tenant_id, id, key, body) values ($1, $2, $3, $4) returning id)
      insert into floor_job (payload) select jsonb_build_object('id', id) from logged`,
    values: () => {
      serial += 1;
      return [tenants[0]?.tenantId, randomUUID(), randomUUID(), "{}", 1 + (serial % 200_000)];
    },
  }),
  checkout: (tenants) => ({
    name: "floor-checkout",
    text: `with taken as (select id from floor_stock where id in ($3::int, $4::int) order by id for no key update),
        session as (insert into floor_session values ($1, $2, 10000000, 'pending') returning id),
        lines as (insert into floor_line select $2, row_number() over (), id, 1 from taken),
        claims as (insert into floor_stock_claim select $2, id, 'paying', now() + interval '15 min' from taken),
        logged as (insert into floor_event (tenant_id, id, key, body) values ($1, gen_random_uuid(), $2::uuid::text, '{}'))
      insert into floor_job (payload) select jsonb_build_object('id', id) from session`,
    values: () => [tenants[0]?.tenantId, randomUUID(), ...twoPieces()],
  }),
  order: (tenants) => ({
    name: "floor-order",
    text: `with paid as (update floor_payment set status = 'approved' where id = $5 returning id),
        sold as (update floor_stock set on_hand = on_hand - 1 where id in ($6::int, $7::int) returning id),
        ordered as (insert into floor_order (id, number) values ($2, $5) returning id),
        logged as (insert into floor_event (tenant_id, id, key, body) values ($1, $2, $3, $4) returning id)
      insert into floor_job (payload) select jsonb_build_object('id', id) from logged`,
    values: () => {
      serial += 1;
      return [tenants[0]?.tenantId, randomUUID(), randomUUID(), "{}", 1 + (serial % 200_000), ...twoPieces()];
    },
  }),
};

const twoPieces = () => {
  const first = 1 + Math.floor(Math.random() * 900);
  return [first, first + 7];
};

/** Measures node-postgres, the same client library, with prepared statements. */
export async function floorFromNode(
  stage: Stage,
  transaction: Transaction,
  input: { clients: number; seconds: number },
): Promise<{ perSecond: number; p99Ms: number }> {
  const clients = await Promise.all(
    Array.from({ length: input.clients }, async () => {
      const client = new pg.Client({ connectionString: stage.databaseUrl });
      await client.connect();
      return client;
    }),
  );
  const latencies: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + input.seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        const sentAt = performance.now();
        await client.query({ name: transaction.name, text: transaction.text, values: transaction.values() });
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  latencies.sort((a, b) => a - b);
  return { perSecond: latencies.length / seconds, p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0 };
}

/** Measures the same hold with pgbench. Returns null where it is not installed. */
export function floorFromPgbench(stage: Stage, tenants: BenchTenant[], input: { clients: number; seconds: number }): number | null {
  const folder = mkdtempSync(join(tmpdir(), "konfirmado-bench-"));
  const file = join(folder, "hold.sql");
  const tenant = tenants[0];
  writeFileSync(
    file,
    `\\set p random(1, 1000000)\n\\set s random(1, 1000000)
insert into floor_claim values ('${tenant?.tenantId}', md5(:p::text)::uuid,
  tstzrange(timestamptz '2040-01-01' + :s * interval '30 min',
    timestamptz '2040-01-01' + (:s + 1) * interval '30 min'),
  'held', now() + interval '10 min', 'session') on conflict do nothing;\n`,
  );
  const threads = Math.min(2, input.clients);
  const run = spawnSync(
    "pgbench",
    [
      "-n",
      "-M",
      "prepared",
      "-c",
      String(input.clients),
      "-j",
      String(threads),
      "-T",
      String(input.seconds),
      "-f",
      file,
      stage.databaseUrl,
    ],
    {
      encoding: "utf8",
    },
  );
  rmSync(folder, { recursive: true });
  const found = /tps = ([\d.]+)/.exec(run.stdout ?? "")?.[1];
  return found ? Number(found) : null;
}
