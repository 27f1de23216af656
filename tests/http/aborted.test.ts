import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { logger } from "#platform/logger.ts";
import { metrics } from "#platform/metrics.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ worker: false });
afterEach(() => vi.restoreAllMocks());

async function refused(code: string): Promise<number> {
  const { values } = await metrics().refusals.get();
  return values.find(({ labels }) => labels.code === code)?.value ?? 0;
}

/** Sends the head and a part of the body, and is gone. */
async function sendHalf(path: string): Promise<void> {
  const { hostname, port, host } = new URL(stage.appUrl);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const head = [`POST ${path} HTTP/1.1`, `host: ${host}`, "content-type: application/json", "content-length: 1000"];
  await new Promise<void>((done) => socket.write(`${head.join("\r\n")}\r\n\r\n{"half":`, () => done()));
  socket.resetAndDestroy();
}

test.each(["/api/holds", "/api/bookings", "/api/webhooks/wompi"])(
  "a sender who goes away in the middle of a body to %s is counted as theirs, and nobody is told of a database",
  async (path) => {
    const errors = vi.spyOn(logger(), "error");
    const before = { body: await refused("body_incomplete"), database: await refused("database_unavailable") };
    await sendHalf(path);
    await eventually(async () => expect(await refused("body_incomplete")).toBe(before.body + 1));
    expect(await refused("database_unavailable")).toBe(before.database);
    expect(errors).not.toHaveBeenCalled();
  },
);
