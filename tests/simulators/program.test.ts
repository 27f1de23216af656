import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSimulators } from "#simulators/main.ts";
import { startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const node = "node_modules/node/bin/node";

test("every page answers", async () => {
  for (const path of ["/", "/?refresh=5", "/wompi", "/daily", "/mail", "/merchant", "/merchant/demo", "/healthz"]) {
    expect((await fetch(world.url + path)).status, path).toBe(200);
  }
});

test("a button pressed in a browser leads back to the page it was on", async () => {
  const body = new URLSearchParams({ seconds: "1" });
  const headers = { referer: `${world.url}/wompi?x=1` };
  const response = await fetch(`${world.url}/clock/advance`, { method: "POST", body, headers, redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/wompi?x=1"]);
});

test("a busy port is one clear sentence", async () => {
  const port = Number(new URL(world.url).port);
  await expect(startSimulators({ port, smtpPort: 0 })).rejects.toThrow(`Port ${port} on 127.0.0.1 is already in use`);
  await expect(startSimulators({ port: 0, smtpPort: world.smtpPort })).rejects.toThrow(`Port ${world.smtpPort} `);
});

test("as a program it says when it is ready and stops on SIGTERM", async () => {
  const child = spawn(node, ["simulators/main.ts"], {
    env: { ...process.env, SIMULATORS_PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  expect(String(line)).toMatch(/^Simulators ready at http:\/\/127\.0\.0\.1:\d+ \(mail: smtp:\/\/127\.0\.0\.1:\d+\)\n$/);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("as a program it stops when its parent goes away", async () => {
  const child = spawn(node, ["simulators/main.ts"], {
    env: { ...process.env, SIMULATORS_PORT: "0" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  await once(child.stdout ?? child, "data");
  child.disconnect();
  expect(await once(child, "exit")).toEqual([0, null]);
});
