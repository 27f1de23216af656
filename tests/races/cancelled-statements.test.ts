import { sql } from "kysely";
import { expect, test } from "vitest";
import { inTenant } from "#platform/db.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });

test("statements that are cancelled at any moment leave no connection in a failed transaction", async () => {
  const { tenantId } = await stage.openClinic();
  /** It has some work to do, so that a cancel finds it under way on a busy machine too. */
  const tenantSeen = () =>
    inTenant(tenantId, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select current_setting('app.tenant_id', true) as id, (select count(*) from generate_series(1, 20000)) as work`.execute(tx);
      return rows[0]?.id;
    });
  const failures: string[] = [];
  let cancelled = 0;
  let isOver = false;
  const users = Array.from({ length: 4 }, async () => {
    while (!isOver) await tenantSeen().catch((error: Error) => failures.push(error.message));
  });
  // A cancel may also come after its statement has ended, and hit nothing.
  const patience = performance.now() + 20_000;
  while ((cancelled < 100 || failures.length === 0) && performance.now() < patience) {
    const { rowCount } = await stage.owner.query(
      `with active as materialized (
         select pid from pg_stat_activity where application_name = 'konfirmado_app' and datname = current_database() and state = 'active')
       select pg_cancel_backend(pid) from active`,
    );
    cancelled += rowCount ?? 0;
  }
  isOver = true;
  await Promise.all(users);
  expect(failures.length).toBeGreaterThan(0);
  // Each failed for that reason alone: nobody inherits another's failure.
  expect(new Set(failures)).toEqual(new Set(["canceling statement due to user request"]));
  const seen = await Promise.all(Array.from({ length: 200 }, tenantSeen));
  expect(new Set(seen)).toEqual(new Set([tenantId]));
});
