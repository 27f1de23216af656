import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { availability, bookingOptions } from "#contracts/checkout.ts";
import { prepareStage } from "../support/stage.ts";
import { merchantKey } from "./merchant-key.ts";

const stage = prepareStage({ worker: false });
const document = readFileSync(join(import.meta.dirname, "..", "..", "docs", "api.md"), "utf8");
const commands = [...document.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block ?? "");

async function run(script: string, environment: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn("bash", ["--noprofile", "--norc", "-c", script], {
    env: { NODE_ENV: "test", PATH: process.env["PATH"] ?? "", ...environment },
    timeout: 30_000,
  });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, ...said };
}

test("docs/api.md leads with curl from nothing to free times, as it says", async () => {
  const { tenantId } = await stage.openClinic();
  const { authorization } = await merchantKey(stage, tenantId);
  const environment = { KONFIRMADO_URL: stage.appUrl, KONFIRMADO_KEY: authorization.slice("Bearer ".length) };
  // Each answer ends with a line of its own, so that they can be told apart.
  const script = ["set -e -o pipefail", ...commands.map((block) => `${block}\necho; echo "-- end of a block"`)].join("\n");
  const { code, out, err } = await run(script, environment);
  // The one refusal that it shows.
  expect(err).toBe("curl: (22) The requested URL returned error: 409\n");
  expect(code).toBe(0);
  const blocks = out.split("-- end of a block").map((block) => block.trim());
  expect(commands.length).toBeGreaterThan(7);
  expect(blocks).toHaveLength(commands.length + 1);
  const answers = blocks.flatMap((block) => block.split(/(?<=\})(?=\{)/)).filter((text) => text.startsWith("{"));
  const parsed = answers.flatMap((text): unknown[] => (text.includes("\n") ? [] : [JSON.parse(text)]));
  const options = parsed.map((answer) => bookingOptions.safeParse(answer).data).find((found) => found !== undefined);
  expect(options?.services.map(({ name }) => name)).toContain("Consulta de nutrición");
  const times = parsed.map((answer) => availability.safeParse(answer).data).find((found) => found !== undefined);
  expect(times?.slots.filter(({ state }) => state === "free").length).toBeGreaterThan(10);
  expect(parsed).toContainEqual(expect.objectContaining({ code: "changed_meanwhile" }));
  expect(out).toContain("service_updated");
});
