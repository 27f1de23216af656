import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { sha256Hex } from "#platform/ids.ts";
import type { Redis } from "#simulators/redis/main.ts";
import { wompiKeys } from "../support/payers/wompi-keys.ts";
import { prepareStage } from "../support/stage.ts";
import { type Program, startProgram, stopPrograms } from "./program.ts";
import { anyPort, redisServers } from "./redis-servers.ts";

const changesAllowed = 3;
const stage = prepareStage({ worker: false });

let addresses = 0;
const newAddress = () => `198.19.${Math.floor(addresses / 250)}.${addresses++ % 250}`;

async function status(program: Program, path: string, address: string, body = "{}"): Promise<number> {
  const headers = { "content-type": "application/json", "x-forwarded-for": address };
  const answer = await fetch(program.url + path, { method: "POST", headers, body, signal: AbortSignal.timeout(5000) });
  await answer.body?.cancel();
  return answer.status;
}
const change = (program: Program, address: string) => status(program, "/api/holds", address);
const forge = (program: Program, address: string) => status(program, "/api/webhooks/wompi", address);

function genuine(secret: string): string {
  const transaction = { id: `tx-${Math.random()}`, status: "PENDING", amount_in_cents: 10_000_000, reference: "KF-NOBODY" };
  const timestamp = Math.floor(Date.now() / 1000);
  const checksum = sha256Hex(`${transaction.id}${transaction.status}${transaction.amount_in_cents}${timestamp}${secret}`);
  const properties = ["transaction.id", "transaction.status", "transaction.amount_in_cents"];
  const signature = { checksum, properties };
  return JSON.stringify({ event: "transaction.updated", data: { transaction }, environment: "test", signature, timestamp });
}

/** What one address is answered, asking the processes in turn. */
async function turns(programs: Program[], count: number, ask = change): Promise<number[]> {
  const address = newAddress();
  const answers: number[] = [];
  for (let turn = 0; turn < count; turn += 1) answers.push(await ask(programs[turn % programs.length] as Program, address));
  return answers;
}
const together = [422, 422, 422, 429, 429, 429];
const apart = [422, 422, 422, 422, 422, 422, 429, 429];
/**
 * A window may end, or a process of a busy machine pause, in the middle: another address is counted
 * anew.
 */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 100 });
const away = async (program: Program) =>
  /^konfirmado_redis_away (\d)$/m.exec(await (await fetch(`${program.url}/metrics`)).text())?.[1] === "1";
const said = (program: Program, words: RegExp) => program.lines().filter((line) => words.test(String(line["msg"]))).length;

const start = (port: number) =>
  startProgram(stage, "src/server.ts", { RATE_LIMIT_CHANGES: String(changesAllowed), REDIS_URL: `redis://127.0.0.1:${port}/0` });

describe.each(redisServers)("with %s", (_name, startServer) => {
  let redis: Redis;
  let programs: Program[];
  beforeAll(async () => {
    redis = await startServer(await anyPort());
    programs = await Promise.all([start(redis.port), start(redis.port)]);
  });
  afterAll(async () => {
    await stopPrograms();
    await redis.stop();
  });

  test("two processes count together; while Redis is away each counts alone, and nobody waits; when it is back, together again", async () => {
    await eventually(async () => expect(await turns(programs, 6)).toEqual(together));
    expect(await Promise.all(programs.map(away))).toEqual([false, false]);
    const told = (program: Program) => [said(program, /^Redis does not answer/), said(program, /^Redis answers again/)];
    const before = programs.map(told);

    await redis.stop();
    const startedAt = performance.now();
    await eventually(async () => expect(await turns(programs, 8)).toEqual(apart));
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(await Promise.all(programs.map(away))).toEqual([true, true]);
    for (const program of programs) expect((await fetch(`${program.url}/readyz`)).status).toBe(200);

    redis = await startServer(redis.port);
    await eventually(async () => expect(await Promise.all(programs.map(away))).toEqual([false, false]));
    await eventually(async () => expect(await turns(programs, 6)).toEqual(together));
    for (const [n, program] of programs.entries()) {
      expect(told(program)).toEqual(before[n]?.map((times) => times + 1));
      expect(program.words()).not.toContain("198.19.");
    }
  });

  test("a Redis that takes questions and answers none delays one request by a quarter of a second, and then nobody", async () => {
    await eventually(async () => expect(await turns(programs, 6)).toEqual(together));
    redis.freeze();
    try {
      const [program] = programs as [Program, Program];
      const address = newAddress();
      const first = performance.now();
      expect(await change(program, address)).toBe(422);
      const afterwards = performance.now();
      for (let turn = 1; turn < changesAllowed; turn += 1) expect(await change(program, address)).toBe(422);
      expect(await change(program, address)).toBe(429);
      expect(afterwards - first).toBeLessThan(1500);
      // Four times 250 ms would be a thousand: none of these waited.
      expect(performance.now() - afterwards).toBeLessThan(700);
      expect(await away(program)).toBe(true);
    } finally {
      redis.thaw();
    }
    await eventually(async () => expect(await turns(programs, 6)).toEqual(together));
  });

  test("forgeries are counted together too, and no address is written in the clear", async () => {
    await eventually(async () =>
      expect(await turns(programs, 3 * changesAllowed + 2, forge)).toEqual([...Array(3 * changesAllowed).fill(401), 429, 429]),
    );
    await turns(programs, 2);
    const keys = await redis.keys();
    expect(keys.filter((key) => !/^konfirmado:(probe|(changes|forgeries|known|forgeriesOfKnown):[\w-]{22})$/.test(key))).toEqual([]);
    expect(keys.map((key) => key.split(":")[1])).toEqual(expect.arrayContaining(["changes", "forgeries"]));
  });

  test("an address that delivered something genuine to one process is known to the other", async () => {
    const clinic = await stage.openClinic({ callback: false });
    const [here, there] = programs as [Program, Program];
    await eventually(async () => {
      const address = newAddress();
      expect(
        await status(here, `/api/webhooks/wompi/${clinic.connectionId}`, address, genuine(wompiKeys(clinic.account).eventsSecret)),
      ).toBe(200);
      const answers: number[] = [];
      for (let turn = 0; turn < 3 * changesAllowed + 3; turn += 1) answers.push(await forge(there, address));
      expect(answers).toEqual(answers.map(() => 401));
    });
  });
});

test("a process starts without its Redis, and says so", async () => {
  onTestFinished(stopPrograms);
  const program = await start(await anyPort());
  expect(await turns([program], 4)).toEqual([422, 422, 422, 429]);
  expect(said(program, /^Redis does not answer/)).toBe(1);
  expect(program.lines().find((line) => /^Redis/.test(String(line["msg"])))).toMatchObject({ level: 40, problem: "ECONNREFUSED" });
});
