import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { postmastersOf } from "#scripts/postgres/left-behind.ts";
import { answers, type Checkout, makeCheckout, type Run, run, whenRunning } from "./checkout.ts";

let checkout: Checkout;
let cluster: string;
let dataDir: string;
const started: Run[] = [];

beforeAll(async () => {
  checkout = await makeCheckout();
  dataDir = checkout.env["DATA_DIR"] ?? "";
  cluster = join(dataDir, "postgres");
});
afterAll(async () => {
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ exitCode }) => exitCode));
  checkout.remove();
});

async function start(): Promise<Run> {
  const launcher = run(checkout);
  started.push(launcher);
  await whenRunning(launcher);
  return launcher;
}

const nothingRuns = async () => !(await answers(checkout.port)) && postmastersOf(cluster).length === 0;

test("it starts, keeps its secrets private, refuses a second start unharmed, and stops in order with the data kept", async () => {
  const first = await start();
  expect(await answers(checkout.port)).toBe(true);
  expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, "database.json")).mode & 0o777).toBe(0o600);
  const secrets = readFileSync(join(dataDir, "secrets.json"), "utf8");

  const tool = run(checkout, {}, ["tool.mjs", "src/doctor.ts"]);
  expect(await tool.exitCode).toBe(0);
  expect(tool.words()).toContain("doctor sees a database");

  const second = run(checkout);
  expect(await second.exitCode).toBe(1);
  expect(second.words()).toContain(`Konfirmado is already running with the data folder ${dataDir} (process ${first.child.pid}).`);
  expect(await answers(checkout.port)).toBe(true);

  rmSync(checkout.env["ORDER_FILE"] ?? "", { force: true });
  first.child.kill("SIGINT");
  first.child.kill("SIGINT"); // a terminal and npm both pass the same Ctrl-C on
  expect(await first.exitCode).toBe(0);
  expect(readFileSync(checkout.env["ORDER_FILE"] ?? "", "utf8")).toBe("server\nsimulators\n");
  expect(await nothingRuns()).toBe(true);
  expect(existsSync(join(dataDir, "database.json"))).toBe(false);

  const again = await start();
  expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).toBe(secrets);
  expect(again.words()).not.toContain("migrations applied");
  again.child.kill("SIGTERM");
  expect(await again.exitCode).toBe(0);
});

test("after SIGKILL everything stops by itself, and the next start works at once", async () => {
  const killed = await start();
  killed.child.kill("SIGKILL");
  const next = await start();
  expect(await answers(checkout.port)).toBe(true);
  next.child.kill("SIGKILL");
  await vi.waitUntil(nothingRuns, { timeout: 30_000, interval: 100 });
});

test("when the server dies by itself everything stops, with a sentence and an exit code", async () => {
  const launcher = await start();
  await fetch(`http://127.0.0.1:${checkout.env["SIMULATORS_PORT"]}/die`).catch(() => undefined);
  expect(await launcher.exitCode).toBe(1);
  expect(launcher.words()).toContain("The simulators ended with code 3 by itself, so everything stops.");
  expect(await nothingRuns()).toBe(true);
});

test("when the simulators cannot start everything stops, with a sentence and an exit code", async () => {
  const launcher = run(checkout, { DIES_AT_START: "simulators" });
  expect(await launcher.exitCode).toBe(1);
  expect(launcher.words()).toContain("The simulators ended with code 7");
  expect(await nothingRuns()).toBe(true);
});

test("when the database dies by itself everything stops, with a sentence and an exit code", async () => {
  const launcher = await start();
  const [postmaster] = postmastersOf(cluster);
  if (!postmaster) throw new Error("no PostgreSQL runs on the data folder"); // never kill(0): that is everybody here
  process.kill(postmaster, "SIGKILL");
  expect(await launcher.exitCode).toBe(1);
  expect(launcher.words()).toContain("The database ended by itself, so everything stops.");
  await vi.waitUntil(nothingRuns, { timeout: 10_000 });
  const next = await start();
  next.child.kill("SIGTERM");
  expect(await next.exitCode).toBe(0);
});
