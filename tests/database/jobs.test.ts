import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

/** Our own statement writes the queue's rows (enqueue_jobs, db/migrations/001): they must be the ones that the queue itself would write. */
let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await addJob("settle-inbox-event", "a task that workers have announced");
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

/** All columns of the jobs with these keys, but for those that tell one row from another. */
async function rowsOf(keys: string[]): Promise<unknown[]> {
  const { rows } = await owner.query<{ row: object }>(
    "select to_jsonb(j) - array['id', 'key', 'run_at', 'created_at', 'updated_at'] || jsonb_build_object('task', (select identifier from graphile_worker._private_tasks t where t.id = j.task_id), 'is_due', run_at <= clock_timestamp()) as row from graphile_worker._private_jobs j where key = any ($1) order by key",
    [keys],
  );
  return rows.map(({ row }) => row);
}

const enqueue = (task: string, key: string) =>
  owner.query("select enqueue_jobs(array[$1, 'settle-inbox-event'], array['{\"a\":1}', '{\"a\":1}']::json[], array[$2, $2 || '-too'])", [
    task,
    key,
  ]);
/** Money before letters: what a webhook tells comes first. */
const priorityOf = (task: string) => (task === "settle-inbox-event" ? -1 : 0);
const addJob = (task: string, key: string) =>
  owner.query("select graphile_worker.add_job($1, '{\"a\":1}', job_key := $2, max_attempts := 25, priority := $3)", [
    task,
    key,
    priorityOf(task),
  ]);

test("the rows of enqueue_jobs are those of the queue's own function", async () => {
  await addJob("settle-inbox-event", "theirs");
  await enqueue("settle-inbox-event", "ours");
  const [theirs] = await rowsOf(["theirs"]);
  expect(await rowsOf(["ours", "ours-too"])).toEqual([theirs, theirs]);
});

test("what a webhook tells is settled before letters are written, also by a task that is new", async () => {
  await owner.query(
    "select enqueue_jobs(array['mail-customer-order', 'settle-inbox-event'], array['{}', '{}']::json[], array['late-a', 'late-b'])",
  );
  expect(await rowsOf(["late-a", "late-b"])).toMatchObject([{ priority: 0 }, { priority: -1 }]);
});

test("timers of later are those of the queue's own function, and one without a time is none", async () => {
  await owner.query(
    "select graphile_worker.add_job('expire-checkout', '{\"a\":1}', job_key := 'timer', max_attempts := 25, run_at := now() + interval '1 hour')",
  );
  for (const time of ["a task that is new", "a task that is known"])
    await owner.query(
      "select enqueue_timers(array['expire-checkout', $1], array['{\"a\":1}', '{\"a\":1}']::json[], array[$1, $1 || '-none'], array[now() + interval '1 hour', null])",
      [time],
    );
  const [theirs] = await rowsOf(["timer"]);
  expect(theirs).toMatchObject({ is_due: false });
  expect(await rowsOf(["a task that is known", "a task that is known-none", "a task that is new", "a task that is new-none"])).toEqual([
    theirs,
    theirs,
  ]);
});

test("a task that no worker has announced yet is made, and its job too", async () => {
  await enqueue("never-heard-of", "new");
  expect(await rowsOf(["new", "new-too"])).toMatchObject([{ task: "never-heard-of" }, { task: "settle-inbox-event" }]);
});

test("the workers are told, as the queue tells them", async () => {
  const told: { channel: string; payload: { r: number; count: number } }[] = [];
  owner.on("notification", ({ channel, payload }) => told.push({ channel, payload: JSON.parse(payload ?? "") }));
  await owner.query('listen "jobs:insert"');
  await addJob("settle-inbox-event", "told-theirs");
  await enqueue("settle-inbox-event", "told-ours");
  expect(told).toEqual([
    { channel: "jobs:insert", payload: { r: expect.any(Number), count: 1 } },
    { channel: "jobs:insert", payload: { r: expect.any(Number), count: 2 } },
  ]);
});

test("a key that is taken is refused, and nothing is half-written", async () => {
  await addJob("settle-inbox-event", "half-too");
  await expect(enqueue("settle-inbox-event", "half")).rejects.toMatchObject({ code: "23505" });
  expect(await rowsOf(["half"])).toEqual([]);
});

test("a task that somebody else makes at the same moment loses no job", async () => {
  const [holder, maker] = [new pg.Client(database.url), new pg.Client(database.url)];
  await Promise.all([holder.connect(), maker.connect()]);
  // Our statement has taken its snapshot, in which the task is unknown, and waits for the key.
  await holder.query("begin");
  await holder.query("select enqueue_jobs(array['settle-inbox-event'], array['{}']::json[], array['raced-too'])");
  const enqueued = enqueue("raced-task", "raced");
  await vi.waitFor(async () => {
    const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    expect((await maker.query(waiting)).rowCount).toBe(1);
  });
  await maker.query("select graphile_worker.add_job('raced-task')");
  await holder.query("rollback");
  await enqueued;
  await Promise.all([holder.end(), maker.end()]);
  expect(await rowsOf(["raced", "raced-too"])).toMatchObject([{ task: "raced-task" }, { task: "settle-inbox-event" }]);
});
