import { beforeAll, expect, test } from "vitest";
import { giveBackLostJobs } from "#platform/worker-liveness.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });
beforeAll(async () => {
  await stage.startWorker();
  await stage.stopWorker();
});

test("a job that was handed to a worker but never arrived there is given back; what it works on, and what is on its way, is not", async () => {
  const { owner } = stage;
  const add = async (key: string, worker: string, secondsAgo: number): Promise<string> => {
    await owner.query("select graphile_worker.add_job('sweep', job_key := $1)", [key]);
    const locked = await owner.query<{ id: string }>(
      "update graphile_worker._private_jobs set locked_by = $2, locked_at = now() - make_interval(secs => $3) where key = $1 returning id",
      [key, worker, secondsAgo],
    );
    return locked.rows[0]?.id ?? "";
  };
  const running = await add("running", "this worker", 60);
  await add("lost", "this worker", 11);
  await add("on its way", "this worker", 5);
  await add("another's", "another worker", 60);

  const client = await owner.connect();
  await giveBackLostJobs(client, { workerId: "this worker", runningJobs: new Set([running]) });
  client.release();
  const { rows } = await owner.query("select key from graphile_worker._private_jobs where locked_by is null order by key");
  expect(rows).toEqual([{ key: "lost" }]);
});
