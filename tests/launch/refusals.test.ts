import { mkdirSync, readdirSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Checkout, makeCheckout, run } from "./checkout.ts";

let checkout: Checkout;
beforeAll(async () => {
  checkout = await makeCheckout();
  writeFileSync(join(checkout.folder, "a-file"), "");
});
afterAll(() => checkout.remove());

async function refusal(env: Record<string, string>): Promise<string> {
  const started = run(checkout, env);
  expect(await started.exitCode).toBe(1);
  return started.words().trim();
}

test.each([
  ["PORT", "80a"],
  ["PORT", "0"],
  ["PORT", "65536"],
  ["PORT", "3000.5"],
  ["SIMULATORS_PORT", "-1"],
])("%s=%s is refused with the name, the value and the range", async (name, value) => {
  expect(await refusal({ [name]: value })).toBe(`${name} is "${value}". It must be a whole number from 1 to 65535.`);
});

test("the same port twice is refused", async () => {
  expect(await refusal({ PORT: "4500", SIMULATORS_PORT: "4500" })).toContain("PORT and SIMULATORS_PORT are both 4500.");
  expect(await refusal({ PORT: "4501", SIMULATORS_PORT: "4500" })).toContain("PORT is 4501, which the simulated mail server needs");
});

test("a DATABASE_URL that is none is refused, without its password", async () => {
  const said = await refusal({ DATABASE_URL: "mysql://me:secret@localhost/x" });
  expect(said).toContain("mysql://me:***@localhost/x");
  expect(said).not.toContain("secret");
});

test("a data folder that cannot be written is refused with its path", async () => {
  const folder = join(checkout.folder, "a-file", "data");
  expect(await refusal({ DATA_DIR: folder })).toContain(`The data folder ${folder} cannot be written`);
  expect(await refusal({ DATA_DIR: join(checkout.folder, "a-file") })).toContain("cannot be written");
});

test("a port that another program uses is refused with its number", async () => {
  const other = createServer().listen(checkout.port, "127.0.0.1");
  try {
    expect(await refusal({})).toContain(`PORT is ${checkout.port}, but another program already uses that port.`);
  } finally {
    other.close();
  }
});

test("a database that cannot be reached is refused, and nothing is left running", async () => {
  const said = await refusal({ DATABASE_URL: "postgres://me:secret@127.0.0.1:9/x" });
  expect(said).toContain("The database at DATABASE_URL (postgres://me:***@127.0.0.1:9/x) cannot be opened");
});

test("node_modules that is a link to other packages is left as it is", async () => {
  const link = join(checkout.folder, "node_modules");
  const ours = readlinkSync(link);
  const elsewhere = join(checkout.folder, "elsewhere");
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, "theirs"), "");
  unlinkSync(link);
  symlinkSync(elsewhere, link);
  expect(await refusal({})).toContain(`node_modules is a link to ${elsewhere}`);
  expect(readdirSync(elsewhere)).toEqual(["theirs"]);
  unlinkSync(link);
  symlinkSync(ours, link);
});

test("a tool says clearly that no demo is running", async () => {
  const started = run(checkout, {}, ["tool.mjs", "src/doctor.ts"]);
  expect(await started.exitCode).toBe(1);
  expect(started.words()).toContain("DATABASE_URL is not set, and no demo is running on");
});
