// `npm start` and `npm run dev` in Node 26: builds, starts the database, migrates, seeds, and
// starts the simulators and the server.
import { join } from "node:path";
import { demo } from "#db/demo.ts";
import { migrate, OutdatedDatabase } from "#db/migrate.ts";
import { Sentence, tell } from "../plain/sentence.mjs";
import { checkDataDir, readSettings } from "../plain/settings.mjs";
import { step } from "../plain/terminal.mjs";
import type { Cluster } from "../postgres/cluster.ts";
import { ensureBuilt } from "./build.ts";
import { openDatabase } from "./database.ts";
import { liveOnce } from "./demo-life.ts";
import { serverEnvironment, simulatorsEnvironment, simulatorsUrlOf } from "./environment.ts";
import { lastWords, type Program, setAside, startProgram, waitUntilReady } from "./program.ts";
import { tellRunning, tellStopped } from "./running-demo.ts";
import { demoSecrets } from "./secrets.ts";
import { onStopWish } from "./stopping.ts";
import { restartOnChange } from "./watch.ts";

const secondsToBeReady = 90;
const isDevelopment = process.argv.includes("--dev");
const running: { server?: Program; simulators?: Program; cluster?: Cluster } = {};
const settings = readSettings(process.env);
const logFile = (name: string) => join(settings.dataDir, "logs", `${name}.log`);
let isStopping = false;

onStopWish(
  () => void leave(0, "\n  stopping …"),
  () => process.exit(1),
);
try {
  await start();
} catch (error) {
  if (!isStopping) await leave(tell(error));
}

async function start(): Promise<void> {
  checkDataDir(settings.dataDir);
  for (const name of ["postgres", "simulators", "server"]) setAside(logFile(name));
  const secrets = demoSecrets(settings.dataDir);
  if (!isDevelopment) await ensureBuilt();
  await unlessStopping();
  let url = "";
  await step("starting the database", async () => {
    const database = await openDatabase(settings, secrets.databasePassword, (cluster) => watchOver(cluster));
    url = database.url;
    return database.note;
  });
  const env = serverEnvironment(settings, url, secrets, isDevelopment);
  await step("migrating and seeding", () => prepare(url, env, secrets.demoPassword));
  await unlessStopping();
  await step("starting simulators and server", async () => {
    running.simulators = startProgram({
      name: "The simulators",
      file: "simulators/main.ts",
      env: simulatorsEnvironment(settings),
      logFile: logFile("simulators"),
    });
    watchOver(running.simulators);
    await waitUntilReady(running.simulators, `${simulatorsUrlOf(settings)}/healthz`, logFile("simulators"), secondsToBeReady);
    await unlessStopping();
    const startServer = () => startProgram({ name: "The server", file: "src/server.ts", env, logFile: logFile("server") });
    running.server = isDevelopment ? restartOnChange(startServer) : startServer();
    watchOver(running.server);
    await waitUntilReady(running.server, `http://127.0.0.1:${settings.port}/readyz`, logFile("server"), secondsToBeReady);
  });
  await step("letting customers book at the demo", async () => {
    const { closeDb } = await import("#platform/db.ts");
    return liveOnce({ databaseUrl: url, settings }).finally(closeDb);
  });
  tellRunning(settings.dataDir, url, env);
  console.log(addresses(secrets.demoPassword));
}

/** Starts nothing more once stopping has begun: never resolves then. */
function unlessStopping(): Promise<void> {
  return isStopping ? new Promise(() => {}) : Promise.resolve();
}

async function prepare(url: string, env: Record<string, string>, ownerPassword: string): Promise<string> {
  // The seed works as the server does, in its database and with its key.
  Object.assign(process.env, env);
  const { applied } = await migrate(process.env["DATABASE_DIRECT_URL"] || url).catch((error: unknown) => {
    throw error instanceof OutdatedDatabase ? new Sentence(`${error.message} ${howToReplace()}`) : error;
  });
  const { seedDemo } = await import("#db/seed.ts");
  await seedDemo({ simulatorsUrl: simulatorsUrlOf(settings), ownerPassword });
  return applied.length ? `${applied.length} files applied` : "";
}

function howToReplace(): string {
  return process.env["DATABASE_URL"]
    ? "Let DATABASE_URL name a new, empty database."
    : `It holds only the demo: delete ${settings.dataDir} and start again.`;
}

/** When one of them ends unexpectedly, everything stops with a sentence. */
function watchOver(started: Program | Cluster): void {
  if (!("name" in started)) running.cluster = started;
  void started.ended.then((how) => {
    if (isStopping) return;
    const sentence =
      "name" in started
        ? `${started.name} ${how} by itself, so everything stops. ${lastWords(logFile(started === running.server ? "server" : "simulators"))}`
        : `The database ended by itself, so everything stops. ${lastWords(logFile("postgres"))}`;
    void leave(tell(new Sentence(sentence)));
  });
}

/** Stops server, simulators and database in this order: nobody loses what it still needs. */
async function leave(code: number, word?: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  if (word) console.log(word);
  tellStopped(settings.dataDir);
  await running.server?.stop();
  await running.simulators?.stop();
  await running.cluster?.stop();
  if (word) console.log("  stopped; the data stays\n");
  process.exit(code);
}

function addresses(ownerPassword: string): string {
  const { appUrl, simulatorsPort, dataDir } = settings;
  const rows = [
    ["Booking page", `${appUrl}/book/demo`],
    ["Shop", `${appUrl}/shop/${demo.tenant.slug}`],
    ["Dashboard", `${appUrl}/dashboard`],
    ["", `sign in as ${demo.owner.email} with the password ${ownerPassword}`],
    ["API documentation", `${appUrl}/api/docs`],
    ["Simulated outside world", `http://localhost:${simulatorsPort}/`],
    ["", "payments, mails, rooms and callbacks, with buttons to approve, decline, delay, repeat or forge"],
    ["Data and logs", dataDir],
  ];
  const lines = rows.map(([name, value]) => `    ${(name ?? "").padEnd(26)}${value}`);
  return `\n  Konfirmado is running\n\n${lines.join("\n")}\n\n  Ctrl-C stops everything; the data stays.\n`;
}
