import { describe, expect, test } from "vitest";
import { crontab, roundsAfterJobs, roundsBeforeJobs } from "#jobs/timers.ts";
import { openClinic } from "../support/clinic.ts";
import { reachPaymentPage, slotStart } from "../support/customer.ts";
import { prepareStage } from "../support/stage.ts";
import { ask, expectProblem } from "./request.ts";

const stage = prepareStage({ worker: false });

const authorized = { authorization: "Bearer cron-secret-of-the-tests" };

describe.each(["/api/cron/cleanup-holds", "/api/cron/cleanup-unpaid", "/api/cron/work"])("%s", (path) => {
  test.each([
    ["no credentials", {}],
    ["a wrong secret", { authorization: "Bearer cron-secret-of-the-test" }],
    ["an empty one", { authorization: "Bearer " }],
    ["another scheme", { authorization: "Basic cron-secret-of-the-tests" }],
    ["the bare secret", { authorization: "cron-secret-of-the-tests" }],
  ] as [string, Record<string, string>][])("%s: refused, for GET and POST", async (_name, headers) => {
    for (const method of ["GET", "POST"]) expectProblem(await ask(stage, path, { method, headers }), "unauthorized");
  });

  test("the secret in the address is not enough", async () => {
    expectProblem(
      await ask(stage, `${path}?authorization=Bearer%20cron-secret-of-the-tests&secret=cron-secret-of-the-tests`),
      "unauthorized",
    );
  });

  test("with the secret, GET and POST work", async () => {
    for (const method of ["GET", "POST"]) {
      const answer = await ask(stage, path, { method, headers: authorized });
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ success: true })]);
    }
  });
});

test("cleanup-holds relabels what has lapsed, and says how many", async () => {
  const clinic = await stage.openClinic();
  const { body } = await stage.hold(clinic, { start: slotStart(0) });
  await stage.hold(clinic, { start: slotStart(1) });
  await stage.owner.query("update slot_claim set expires_at = now() - interval '1 second' where id = $1", [body.id]);
  expect((await ask(stage, "/api/cron/cleanup-holds", { headers: authorized })).body).toEqual({ success: true, lapsedHolds: 1 });
  const { rows } = await stage.owner.query("select state from slot_claim where tenant_id = $1 order by starts_at", [clinic.tenantId]);
  expect(rows).toEqual([{ state: "expired" }, { state: "held" }]);
});

test("healthz says that the process answers, readyz that it can do its work", async () => {
  expect((await ask(stage, "/healthz")).body).toEqual({ ok: true });
  const ready = await ask(stage, "/readyz");
  expect([ready.status, ready.body]).toEqual([200, { ready: true }]);
});

test("without its migrations the process is alive but not ready", async () => {
  await stage.owner.query("alter table migration rename to migration_elsewhere");
  const ready = await ask(stage, "/readyz");
  expect([ready.status, ready.body]).toEqual([503, { ready: false }]);
  expect((await ask(stage, "/healthz")).status).toBe(200);
  await stage.owner.query("alter table migration_elsewhere rename to migration");
  expect((await ask(stage, "/readyz")).status).toBe(200);
});

test("a host without a worker compares the days that are over with the provider's list, too", async () => {
  const clinic = await openClinic(stage);
  await reachPaymentPage(stage, clinic, { start: slotStart(0) });
  const checks = () => stage.owner.query("select day from settlement_check where connection_id = $1", [clinic.connectionId]);
  expect((await checks()).rows).toEqual([]);
  expect((await ask(stage, "/api/cron/work", { method: "POST", headers: authorized })).status).toBe(200);
  expect((await checks()).rows.length).toBeGreaterThan(0);
});

test("a host without a worker does whatever comes round in the worker: what time has ended is deleted from people's accounts, too", async () => {
  const proofs = () => stage.owner.query("select identifier from auth.person_proof where identifier like 'over-%' or identifier = 'good'");
  await stage.owner.query(
    `insert into auth.person_proof (identifier, value, expires_at)
     values ('over-1', 'x', now() - interval '2 hours'), ('good', 'x', now() + interval '1 hour')`,
  );
  expect((await ask(stage, "/api/cron/work", { method: "POST", headers: authorized })).status).toBe(200);
  expect((await proofs()).rows).toEqual([{ identifier: "good" }]);
});

test("what comes round is one list: every timer of the crontab is run by the call", () => {
  const timed = crontab.split("\n").map((line) => line.split(" ").at(-1));
  expect(timed).toEqual(Object.keys({ ...roundsBeforeJobs, ...roundsAfterJobs }));
  expect(timed).toEqual(expect.arrayContaining(["sweep", "tidy-accounts", "cleanup-unpaid", "fold-visits", "check-settlements"]));
});
