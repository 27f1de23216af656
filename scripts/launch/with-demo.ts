// Runs a program with the environment of the demo that runs on the data folder.

import { continueInNode26 } from "../plain/continue-in-node26.mjs";
import { Sentence, tell } from "../plain/sentence.mjs";
import { readSettings } from "../plain/settings.mjs";
import { runningEnvironment } from "./running-demo.ts";

const [file = "", ...args] = process.argv.slice(2);

try {
  const { dataDir } = readSettings(process.env);
  const environment = runningEnvironment(dataDir);
  if (!environment) {
    throw new Sentence(
      `DATABASE_URL is not set, and no demo is running on ${dataDir}. Start one with npm start (in another terminal), or set DATABASE_URL and the secrets of .env.example.`,
    );
  }
  process.exitCode = await continueInNode26(file, args, environment);
} catch (error) {
  process.exitCode = tell(error);
}
