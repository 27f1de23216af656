// `npm run sandbox -- wompi`: walks a real sandbox of a provider with the keys of the environment.
import { runSandbox } from "./sandbox/main.ts";

process.exitCode = await runSandbox({
  args: process.argv.slice(2),
  environment: process.env,
  say: (line) => console.log(line),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
