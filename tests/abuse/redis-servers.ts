import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { freePort } from "#scripts/plain/ports.mjs";
import { type Redis, startRedis } from "#simulators/redis/main.ts";

type Start = (port: number) => Promise<Redis>;

/** The stand-in always; a real Redis too where one is installed. */
export const redisServers: [string, Start][] = [["the stand-in", (port) => startRedis({ port })]];
if (spawnSync("redis-server", ["--version"]).status === 0) redisServers.push(["redis-server", startReal]);

/** In a folder of its own, keeping nothing. */
async function startReal(port: number): Promise<Redis> {
  const folder = mkdtempSync(join(tmpdir(), "konfirmado-redis-"));
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"],
    {
      stdio: "ignore",
    },
  );
  await vi.waitFor(async () => say(port, "PING"), { timeout: 10_000, interval: 20 });
  return {
    port,
    keys: async () => (await say(port, "KEYS *")).split("\r\n").filter((line) => line !== "" && !/^[*$]\d+$/.test(line)),
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    async stop() {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

/** One inline command, and everything that is answered to it. */
async function say(port: number, command: string): Promise<string> {
  const socket = createConnection({ host: "127.0.0.1", port });
  await once(socket, "connect");
  socket.end(`${command}\r\nQUIT\r\n`);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer.replace(/\+OK\r\n$/, "");
}

export const anyPort = (): Promise<number> => freePort();
