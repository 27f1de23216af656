import { expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage();

const ready = async () => {
  const answer = await fetch(`${stage.appUrl}/readyz`);
  return [answer.status, await answer.json()];
};
const yes = [200, { ready: true }];
const no = [503, { ready: false }];

test("ready only with every migration of the code; a database that is ahead is fine", async () => {
  expect(await ready()).toEqual(yes);
  const { rows } = await stage.owner.query<{ name: string }>(
    "delete from migration where name = (select max(name) from migration) returning name",
  );
  expect(await ready()).toEqual(no);
  await stage.owner.query("insert into migration (name) values ($1), ('999_of_the_next_version.sql')", [rows[0]?.name]);
  expect(await ready()).toEqual(yes);
});

test("not ready while a migration is under way, and answered at once although it holds its locks", async () => {
  const client = await stage.owner.connect();
  try {
    await client.query("begin");
    await client.query("delete from migration where name like '00%'");
    await client.query("lock table migration in access exclusive mode");
    const startedAt = performance.now();
    expect(await ready()).toEqual(no);
    expect(performance.now() - startedAt).toBeLessThan(4000);
  } finally {
    await client.query("rollback");
    client.release();
  }
  await expect.poll(ready, { timeout: 10_000 }).toEqual(yes);
});

test("the process answers that it lives whatever the database does", async () => {
  const name = new URL(stage.databaseUrl).pathname.slice(1);
  const admin = new URL(stage.databaseUrl);
  admin.pathname = "/postgres";
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`alter database ${name} with allow_connections false`);
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  expect(await ready()).toEqual(no);
  expect((await fetch(`${stage.appUrl}/healthz`)).status).toBe(200);
  await client.query(`alter database ${name} with allow_connections true`);
  await client.end();
  await expect.poll(ready, { timeout: 10_000 }).toEqual(yes);
});

test("/metrics tells what an operator watches, without a name of anybody", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.hold(clinic, { start: slotStart(0) });
  await fetch(`${stage.appUrl}/api/webhooks/wompi/${clinic.connectionId}`, { method: "POST", body: "{}" });
  await fetch(`${stage.appUrl}/api/webhooks/${encodeURIComponent('x"} 1\nforged_metric')}`, { method: "POST", body: "{}" });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  await stage.owner.query("update follow_up set state = 'attention' where job = 'notify-merchant'");

  const answer = await fetch(`${stage.appUrl}/metrics`);
  const text = await answer.text();
  expect(answer.headers.get("content-type")).toContain("text/plain");
  for (const line of [
    /^konfirmado_holds_total\{outcome="held"\} [1-9]/m,
    /^konfirmado_refusals_total\{code="slot_taken"\} 1$/m,
    /^konfirmado_webhooks_total\{provider="wompi",outcome="stored"\} [1-9]/m,
    /^konfirmado_webhooks_total\{provider="any",outcome="unauthorized"\} 1$/m,
    /^konfirmado_webhook_receive_seconds_count [1-9]/m,
    /^konfirmado_settle_seconds_count [1-9]/m,
    /^konfirmado_follow_ups_total\{job="create-room",outcome="done"\}|^konfirmado_follow_ups_total\{job="mail-customer-paid",outcome="done"\} 1$/m,
    /^konfirmado_follow_up_lag_seconds_count [1-9]/m,
    /^konfirmado_waiting\{kind="follow-up attention"\} 1$/m,
    /^konfirmado_pool_connections\{role="konfirmado_app",state="waiting"\} \d+$/m,
    /^process_resident_memory_bytes \d{7,}$/m,
  ]) {
    expect(text).toMatch(line);
  }
  // Prometheus' text format: a comment, or a name with labels and a number.
  expect(text.split("\n").filter((line) => line && !/^(# |[a-z_]+(\{([a-z]+="[^"\n]*",?)*\})? [\d.e+-]+$)/.test(line))).toEqual([]);
  expect(text).not.toMatch(new RegExp(`${clinic.tenantId}|${booking.id}|@|forged`));
});
