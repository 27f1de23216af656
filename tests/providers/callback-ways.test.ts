import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { postCallback } from "#providers/callbacks/post-callback.ts";

let server: ChildProcess | undefined;
let waiting: Socket[] = [];
afterEach(() => {
  for (const socket of waiting) socket.destroy();
  waiting = [];
  server?.kill("SIGKILL");
});

/** Takes one connection at a time, so that a stopped one with a full queue lets the next wait as a far one does. */
const program = `const server = require("node:http").createServer((request, response) => response.end("reached"));
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(server.address().port));`;

async function startFarServer(): Promise<number> {
  server = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const port = Number(String((await once(server.stdout ?? process.stdin, "data"))[0]));
  server.kill("SIGSTOP");
  // The first two are taken by the system for the stopped server; the third is not answered.
  waiting = [1, 2, 3].map(() => connect({ port, host: "127.0.0.1" }).on("error", () => {}));
  await Promise.all(waiting.slice(0, 2).map((socket) => once(socket, "connect")));
  return port;
}

test.each([
  { name: "first", addresses: ["127.0.0.1", "::1"] },
  { name: "last", addresses: ["::1", "127.0.0.1"] },
])("a host whose far IPv4 address is named $name, beside a dead IPv6 one, is reached", async ({ addresses }) => {
  const port = await startFarServer();
  const reply = postCallback({
    url: `http://shop.example:${port}/`,
    headers: {},
    body: "{}",
    guard: { resolve: async () => addresses.map((address) => ({ address })), allowed: `shop.example:${port}` },
  });
  // The system asks a second later whether the server has room now.
  for (const socket of waiting) socket.destroy();
  setTimeout(() => server?.kill("SIGCONT"), 500);
  expect(await reply).toMatchObject({ status: 200, bodyExcerpt: "reached" });
});
