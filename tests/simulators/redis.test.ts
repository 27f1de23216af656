import { once } from "node:events";
import { createConnection } from "node:net";
import { createClient } from "@redis/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Redis, startRedis } from "#simulators/redis/main.ts";

let redis: Redis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

async function say(words: string): Promise<string> {
  const socket = createConnection({ host: "127.0.0.1", port: redis.port });
  await once(socket, "connect");
  socket.write(words);
  const [answer] = await once(socket, "data");
  socket.destroy();
  return String(answer);
}
const command = (...words: string[]) => `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;

test.each([
  ["a command", command("FLUSHALL"), "-ERR the stand-in does not know the command 'FLUSHALL'\r\n"],
  ["a script", command("EVAL", "return 1", "1", "key"), "-ERR the stand-in does not know this script\r\n"],
  ["a way of SET", command("SET", "key", "1", "PX", "5"), "-ERR the stand-in only knows SET key value EX seconds\r\n"],
  ["what is no command", "PING\r\n", "-ERR not a command: PING\r\n"],
])("%s that limits do not need is refused", async (_what, words, answer) => {
  expect(await say(words)).toBe(answer);
});

test("keys end by themselves, and commands may arrive in pieces", async () => {
  const client = createClient({ RESP: 2, disableClientInfo: true, maintNotifications: "disabled", socket: { port: redis.port } });
  client.on("error", () => {});
  await client.connect();
  await client.set("short", "1", { EX: 1 });
  expect([await client.get("short"), await client.pTTL("nobody")]).toEqual(["1", -2]);
  await expect.poll(() => client.get("short"), { timeout: 3000 }).toBeNull();
  client.destroy();
  const [start, end] = [command("GET", "nobody").slice(0, 9), command("GET", "nobody").slice(9)];
  const socket = createConnection({ host: "127.0.0.1", port: redis.port });
  await once(socket, "connect");
  socket.setNoDelay(true);
  socket.write(start, () => socket.write(end));
  expect(String((await once(socket, "data"))[0])).toBe("$-1\r\n");
  socket.destroy();
});
