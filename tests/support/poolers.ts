import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { vi } from "vitest";
import { freePort } from "#scripts/plain/ports.mjs";
import { findAccount } from "#scripts/postgres/account.ts";
import { giveTo } from "#scripts/postgres/home.ts";

/** `at`: the same login and database, through the pooler. */
export type Pooler = { at(url: string): string; stop(): Promise<void> };
/** `logins`: user → password; a PgBouncer must know them all. */
type Start = (databaseUrl: string, logins: Record<string, string>) => Promise<Pooler>;

/** The stand-in always; a real PgBouncer too where one is installed. */
export const poolers: [string, Start][] = [["a proxy that drops startup options", startProxy]];

const program = process.env["PGBOUNCER"] ?? "pgbouncer";
const [, minor = ""] = /^PgBouncer 1\.(\d+)/.exec(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "") ?? [];
if (minor === "") console.info("PgBouncer is not installed (Debian: apt-get install pgbouncer); only the proxy is tested.");
else poolers.push(["PgBouncer, by session", startPgBouncer("session")]);
/** https://www.pgbouncer.org/config.html#max_prepared_statements */
if (Number(minor) >= 21) poolers.push(["PgBouncer, by transaction", startPgBouncer("transaction")]);
else if (minor !== "") console.info(`PgBouncer 1.${minor} cannot pool our named statements by transaction; 1.21 and later can.`);

function through(port: number): Pooler["at"] {
  return (url) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href;
}

async function startProxy(databaseUrl: string): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    client.once("data", (startup) => {
      database.write(withoutOptions(Buffer.isBuffer(startup) ? startup : Buffer.from(startup)));
      client.pipe(database).pipe(client);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    at: through((server.address() as AddressInfo).port),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}

/**
 * A StartupMessage is its length, a version, then names and values:
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 */
function withoutOptions(startup: Buffer): Buffer {
  const words = startup.subarray(8, -2).toString().split("\0");
  const kept = words.filter((_, index) => words[index - (index % 2)] !== "options");
  const body = Buffer.concat([startup.subarray(4, 8), Buffer.from(`${kept.join("\0")}\0\0`)]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

function startPgBouncer(mode: "session" | "transaction"): Start {
  return async (databaseUrl, logins) => {
    const folder = mkdtempSync(join(tmpdir(), "konfirmado-pgbouncer-"));
    const port = await freePort();
    const settings = {
      listen_addr: "127.0.0.1",
      listen_port: port,
      unix_socket_dir: "",
      auth_type: "scram-sha-256",
      auth_file: join(folder, "users.txt"),
      pool_mode: mode,
      // By session each of the product's connections keeps one; by transaction many share few.
      default_pool_size: mode === "session" ? 60 : 4,
      ignore_startup_parameters: "options",
      ...(mode === "transaction" ? { max_prepared_statements: 100 } : {}),
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(
      join(folder, "users.txt"),
      Object.entries(logins)
        .map(([user, password]) => `"${user}" "${password}"\n`)
        .join(""),
    );
    const database = `[databases]\n* = host=127.0.0.1 port=${new URL(databaseUrl).port}\n`;
    writeFileSync(join(folder, "pgbouncer.ini"), `${database}[pgbouncer]\n${lines.join("\n")}\n`);
    // It refuses to run as root.
    const account = findAccount();
    for (const path of [folder, settings.auth_file, join(folder, "pgbouncer.ini")]) giveTo(path, account);
    const child = spawn(program, [join(folder, "pgbouncer.ini")], { ...account, cwd: "/", stdio: "ignore" });
    const at = through(port);
    await vi.waitFor(() => greet(at(databaseUrl)), { timeout: 10_000, interval: 20 });
    return {
      at,
      async stop() {
        const exit = once(child, "exit");
        child.kill("SIGKILL");
        await exit;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };
}

async function greet(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  await client.end();
}
