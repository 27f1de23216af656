// `npm start` and `npm run dev`, in plain JavaScript for any Node from 18 on.
import { join } from "node:path";
import { readArguments } from "./plain/arguments.mjs";
import { continueInNode26 } from "./plain/continue-in-node26.mjs";
import { ensureInstalled } from "./plain/install.mjs";
import { takeLock } from "./plain/lock.mjs";
import { checkPorts } from "./plain/ports.mjs";
import { Sentence, tell } from "./plain/sentence.mjs";
import { checkDataDir, readSettings } from "./plain/settings.mjs";

const secondsForLeftBehind = 30;
const isDevelopment = readArguments({ flags: ["dev"] }).values.dev ?? false;

let release = () => {};
// Until the real launcher has taken over, a signal just ends this process.
const leave = () => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, leave);
process.on("exit", () => release());

try {
  const settings = readSettings(process.env);
  checkDataDir(settings.dataDir);
  const lock = takeLock(join(settings.dataDir, "launcher.lock"));
  if (!lock.release) {
    throw new Sentence(
      `Konfirmado is already running with the data folder ${settings.dataDir} (process ${lock.holder}). Stop it, or set DATA_DIR, PORT and SIMULATORS_PORT for a second copy.`,
    );
  }
  release = lock.release;
  await checkPorts(wantedPorts(settings), { patienceMs: lock.wasLeftBehind ? secondsForLeftBehind * 1000 : 0 });
  console.log("\n  Konfirmado\n");
  await ensureInstalled();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, leave);
  process.exitCode = await continueInNode26("scripts/launch/main.ts", isDevelopment ? ["--dev"] : []);
} catch (error) {
  process.exitCode = tell(error);
}

function wantedPorts({ port, simulatorsPort, smtpPort }) {
  const command = isDevelopment ? "npm run dev" : "npm start";
  const other = `SIMULATORS_PORT=${simulatorsPort < 60000 ? simulatorsPort + 100 : 4400} ${command}`;
  return [
    { name: "PORT", port, advice: `PORT=${port < 65000 ? port + 1 : 3000} ${command}` },
    { name: "SIMULATORS_PORT", port: simulatorsPort, advice: other },
    { name: "The port of the simulated mail server (SIMULATORS_PORT + 1)", port: smtpPort, advice: other },
  ];
}
