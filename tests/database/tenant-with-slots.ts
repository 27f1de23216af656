import { randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import { resetEnv } from "#platform/env.ts";
import { forgetCatalogs } from "#queries/catalog.ts";

export type Slots = { tenant: string; link: string; professional: string; services: Record<number, string> };

/** Points the product's own connections at this database. */
export function useDatabase(url: string, settings: Record<string, string> = {}): void {
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: url,
    DATABASE_POOL_MAX: "24",
    ENCRYPTION_KEYS: `t1:${randomBytes(32).toString("hex")}`,
    APP_SECRET: "0".repeat(32),
    JWT_SECRET: "1".repeat(32),
    CRON_SECRET: "0".repeat(16),
    SMTP_URL: "smtp://127.0.0.1:1",
    ...settings,
  });
  resetEnv();
  forgetCatalogs();
}

/** A tenant in UTC with one professional who works around the clock, and a service for each of these durations, every five minutes. */
export async function tenantWithSlots(owner: pg.Client, durations: number[] = [30]): Promise<Slots> {
  const slots: Slots = { tenant: randomUUID(), link: `l-${randomBytes(6).toString("hex")}`, professional: "", services: {} };
  await owner.query("insert into tenant (tenant_id, slug, name, timezone) values ($1, $2, 'x', 'UTC')", [slots.tenant, slots.link]);
  await owner.query("insert into booking_link (tenant_id, public_id, name) values ($1, $2, 'x')", [slots.tenant, slots.link]);
  await owner.query("insert into directory (kind, key, tenant_id) values ('link', $2, $1)", [slots.tenant, slots.link]);
  for (const minutes of durations) {
    const id = randomUUID();
    slots.services[minutes] = id;
    await owner.query(
      "insert into service (tenant_id, id, name, duration_minutes, slot_step_minutes, price_minor) values ($1, $2, 'x', $3, 5, 100)",
      [slots.tenant, id, minutes],
    );
  }
  slots.professional = await addProfessional(owner, slots);
  return slots;
}

export async function addProfessional(owner: pg.Client, { tenant }: Slots): Promise<string> {
  const id = randomUUID();
  await owner.query("insert into professional (tenant_id, id, name) values ($1, $2, 'x')", [tenant, id]);
  await owner.query("insert into service_professional select tenant_id, id, $2 from service where tenant_id = $1", [tenant, id]);
  await owner.query(
    "insert into working_hours (tenant_id, professional_id, weekday, starts_at, ends_at) select $1, $2, day, '00:00', '24:00' from generate_series(1, 7) day",
    [tenant, id],
  );
  return id;
}
