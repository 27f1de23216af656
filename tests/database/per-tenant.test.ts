import { sql } from "kysely";
import pg from "pg";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { inSystemPerTenant } from "#platform/db.ts";
import { resetEnv } from "#platform/env.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";

/** Sees every statement of this process; each is sent all the same. */
const statements = vi.spyOn(pg.Client.prototype, "query");
const stage = prepareStage();
let clinics: Clinic[];
beforeAll(async () => {
  clinics = [await stage.openClinic(), await stage.openClinic()];
});
afterEach(() => useBatches("together"));

function useBatches(batches: "together" | "per-tenant"): void {
  process.env["DATABASE_BATCHES"] = batches;
  resetEnv();
}

/**
 * How many tenants each statement names, in its text or its values. Those that name none are left
 * out.
 */
function seen(): { tenants: number; text: string }[] {
  return statements.mock.calls.flatMap((given) => {
    const text = JSON.stringify(given, (_, value: unknown) => (typeof value === "function" ? undefined : value));
    const tenants = clinics.filter(({ tenantId }) => text.includes(tenantId)).length;
    return tenants > 0 ? [{ tenants, text }] : [];
  });
}

/** The same moment for customers of both. */
const ofBoth = <T>(count: number, run: (clinic: Clinic, n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => clinics.map((clinic) => run(clinic, n))).flat());

test("control: together, one statement serves several tenants", async () => {
  // Whether customers meet is a matter of the moment: some burst will do.
  await eventually(async () => {
    statements.mockClear();
    await ofBoth(10, (clinic, n) => stage.hold(clinic, { start: slotStart(n) }));
    expect(seen().some(({ tenants }) => tenants === 2)).toBe(true);
  });
});

test("per tenant, no statement from the hold to the last mail serves two tenants", async () => {
  useBatches("per-tenant");
  statements.mockClear();
  const bookings = await ofBoth(6, (clinic, n) => stage.reachPaymentPage(clinic, { start: slotStart(20 + n) }));
  await Promise.all(bookings.map(({ checkoutUrl }) => stage.pay(checkoutUrl, "approve", { copies: 2 })));
  await Promise.all(bookings.map((booking) => stage.reaches(booking, { status: "confirmed" })));
  for (const { id } of bookings) await stage.settled(id);
  expect(seen().filter(({ tenants }) => tenants > 1)).toEqual([]);
  for (const name of ["hold-slots", "receive-events", "lock-for-settlements"])
    expect(
      seen().some(({ text }) => text.includes(`"${name}"`)),
      name,
    ).toBe(true);
});

const turn = async (tx: Parameters<Parameters<typeof inSystemPerTenant>[0]>[0], tenantId: string | null) => {
  const { rows } = await sql<{ id: string; role: string }>`select pg_current_xact_id()::text as id, current_user::text as role`.execute(tx);
  return { tenantId, transaction: rows[0]?.id, role: rows[0]?.role };
};

test("a sweeper has one transaction for all tenants together", async () => {
  expect(await inSystemPerTenant(turn)).toMatchObject([{ tenantId: null, role: "konfirmado_system" }]);
});

test("a sweeper has one transaction for each tenant where a statement serves only one", async () => {
  useBatches("per-tenant");
  const turns = await inSystemPerTenant(turn);
  expect(turns.map(({ tenantId }) => tenantId)).toEqual(clinics.map(({ tenantId }) => tenantId).sort());
  expect(new Set(turns.map(({ transaction }) => transaction)).size).toBe(2);
});

test("a tenant whose sweep fails takes nothing from the others, and is told", async () => {
  useBatches("per-tenant");
  const [first, second] = clinics.map(({ tenantId }) => tenantId).sort();
  const sweep = inSystemPerTenant(async (tx, tenantId) => {
    await sql`update tenant set name = 'swept' where tenant_id = ${tenantId}`.execute(tx);
    if (tenantId === first) throw new Error("no");
  });
  await expect(sweep).rejects.toThrow("no");
  const { rows } = await stage.owner.query("select tenant_id from tenant where name = 'swept'");
  expect(rows).toEqual([{ tenant_id: second }]);
});
