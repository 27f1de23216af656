import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { freePort } from "#scripts/plain/ports.mjs";

const project = join(import.meta.dirname, "..", "..");
const program = (port: string, name: string) => `
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
const say = (word: string) => appendFileSync(process.env["ORDER_FILE"] ?? "", \`\${word}\\n\`);
if (process.env["DIES_AT_START"] === "${name}") process.exit(7);
const server = createServer((request, response) => {
  if (request.url === "/die") process.exit(3);
  response.end(String(process.pid));
});
server.listen(Number(process.env["${port}"]));
process.on("SIGTERM", () => {
  say("${name}");
  process.exit(0);
});
`;

/** A copy of the launcher with small stand-ins for server, simulators and seed, so that its tests need no build. */
export interface Checkout {
  folder: string;
  port: number;
  env: Record<string, string>;
  remove(): void;
}

export async function makeCheckout(): Promise<Checkout> {
  const folder = mkdtempSync(join(tmpdir(), "konfirmado-launch-"));
  chmodSync(folder, 0o755); // as root: PostgreSQL's own user must be able to enter
  for (const name of ["scripts", "db", "package.json", "package-lock.json", "simulators/demo-config.ts", "simulators/demo-world.ts"]) {
    cpSync(join(project, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "server.ts"), program("PORT", "server"));
  writeFileSync(join(folder, "src", "doctor.ts"), 'console.log("doctor sees", process.env["DATABASE_URL"] ? "a database" : "none");');
  writeFileSync(join(folder, "simulators", "main.ts"), program("SIMULATORS_PORT", "simulators"));
  mkdirSync(join(folder, "src", "platform"));
  writeFileSync(join(folder, "src", "platform", "db.ts"), "export async function closeDb(): Promise<void> {}");
  writeFileSync(join(folder, "db", "seed.ts"), "export async function seedDemo(): Promise<void> {}");
  const port = await freePort();
  const simulatorsPort = await freePort(2); // its mail server takes the next one
  const env = {
    PORT: String(port),
    SIMULATORS_PORT: String(simulatorsPort),
    DATA_DIR: join(folder, "data"),
    ORDER_FILE: join(folder, "order.txt"),
  };
  return { folder, port, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Run {
  child: ChildProcess;
  words(): string;
  exitCode: Promise<number | null>;
}

/** Development mode needs no build; everything else is as in `npm start`. */
export function run(checkout: Checkout, env: Record<string, string> = {}, script = ["start.mjs", "--dev"]): Run {
  const [file = "", ...args] = script;
  const child = spawn(process.execPath, [join(checkout.folder, "scripts", file), ...args], {
    cwd: checkout.folder,
    env: { ...process.env, DATABASE_URL: "", APP_URL: "", ...checkout.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      words += chunk;
    });
  }
  return { child, words: () => words, exitCode: new Promise((done) => child.once("close", done)) };
}

export async function whenRunning(started: Run): Promise<void> {
  await vi.waitUntil(() => started.words().includes("Konfirmado is running") || started.child.exitCode !== null, {
    timeout: 60_000,
    interval: 50,
  });
  if (started.child.exitCode !== null) throw new Error(`the launcher ended: ${started.words()}`);
}

export async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    (reply) => reply.ok,
    () => false,
  );
}
