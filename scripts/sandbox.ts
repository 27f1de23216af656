// `npm run sandbox -- wompi`: walks a real sandbox of a provider with the keys of the environment.
import { readArguments } from "./plain/arguments.mjs";
import { runSandbox, sandboxArguments } from "./sandbox/main.ts";

process.exitCode = await runSandbox({
  typed: readArguments(sandboxArguments),
  environment: process.env,
  say: (line) => console.log(line),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
