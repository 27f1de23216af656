import { afterAll, beforeAll, expect, test } from "vitest";
import { paymentProvider } from "#providers/payments/registry.ts";
import { parseArguments } from "#scripts/plain/arguments.mjs";
import { offeredIds, variablesOf } from "#scripts/sandbox/keys.ts";
import { exitCodes, runSandbox, sandboxArguments } from "#scripts/sandbox/main.ts";
import { readProjectFile } from "#tests/tidy/source.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { type ProviderWorld, startProviderWorld } from "../world.ts";

/** Our simulators, as if they were the sandbox of a provider. */
let world: ProviderWorld;
beforeAll(async () => {
  world = await startProviderWorld();
  Object.assign(process.env, testedProvider.environment(world.url));
});
afterAll(() => world.stop());

const { id } = testedProvider;
const definition = paymentProvider(id);
if (!definition) throw new Error(`${id} is not registered`);

async function account(webhookUrl: string): Promise<Record<string, string>> {
  const { credentials } = await testedProvider.payer(world.url).openAccount(webhookUrl);
  const variables = definition ? variablesOf(definition) : {};
  return Object.fromEntries(Object.entries(variables).map(([field, variable]) => [variable, credentials[field] ?? ""]));
}

type Run = { args?: string[]; environment: Record<string, string>; onPage?: (url: string) => Promise<unknown> };

/** `onPage`: what somebody does at the address that is printed. They do it while the walk waits. */
async function run({ args = [], environment, onPage }: Run) {
  const lines: string[] = [];
  let page: string | null = null;
  const code = await runSandbox({
    typed: parseArguments(sandboxArguments, [id, ...args]),
    environment,
    say(line) {
      lines.push(line);
      page = /Pay here: (\S+)/.exec(line)?.[1] ?? page;
    },
    async pause() {
      const url = page;
      page = null;
      if (url) await onPage?.(url);
    },
  });
  return {
    code,
    text: lines.join("\n"),
    step: (name: string) => lines.find((line) => new RegExp(`^\\S+ *${name}: `).test(line) && !line.startsWith("…")),
  };
}

const pays = (url: string) => testedProvider.payer(world.url).pay(url, "approve", { method: "card" });

test("somebody who pays at the printed address sees every step, and what could not be checked is said", async () => {
  const { code, text, step } = await run({ environment: await account(world.receiver.url), args: ["--wait", "30"], onPage: pays });
  for (const name of ["keys", "start", "pay", "look_up"]) expect(step(name), text).toMatch(/^OK/);
  expect(step("list")).toMatch(definition.capabilities.lists ? /^OK/ : /^\?/);
  expect(step("webhook")).toMatch(/^\? .*no address was given/);
  expect([exitCodes.notAllChecked, exitCodes.asExpected]).toContain(code);
  expect(text).toMatch(/Could not be checked: .*webhook/);
});

test("a webhook that is delivered to the given address is verified", async () => {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const webhook = `http://127.0.0.1:${port}/hook`;
  const { text, step } = await run({
    environment: await account(webhook),
    args: ["--wait", "30", "--webhook", webhook, "--port", String(port)],
    onPage: pays,
  });
  expect(step("webhook"), text).toMatch(/^OK .* proven/);
});

test("nobody pays: the wait has an end, and what nobody knows is not called wrong", async () => {
  const { code, text, step } = await run({ environment: await account(world.receiver.url), args: ["--wait", "10"] });
  expect(step("pay"), text).toMatch(/^\? .*not approved within 10 seconds/);
  expect(step("look_up")).toMatch(/^\?/);
  expect(code).toBe(exitCodes.notAllChecked);
});

test("keys of no account are not as expected; keys that are missing, and a provider that is none, are one sentence each", async () => {
  const strange = testedProvider.newCredentials();
  const environment = Object.fromEntries(Object.entries(variablesOf(definition)).map(([field, name]) => [name, strange[field] ?? ""]));
  const refused = await run({ environment, args: ["--wait", "0"] });
  expect(refused.step("keys"), refused.text).toMatch(/^DIFFERS/);
  expect(refused.code).toBe(exitCodes.differs);
  const none = await run({ environment: {} });
  expect(none.code).toBe(exitCodes.cannotBegin);
  expect(none.text.split("\n")).toHaveLength(1);
  for (const name of Object.values(variablesOf(definition))) expect(none.text).toContain(name);
  const said: string[] = [];
  expect(
    await runSandbox({ typed: { values: {}, words: ["nobody"] }, environment: {}, say: (line) => said.push(line), pause: async () => {} }),
  ).toBe(exitCodes.cannotBegin);
  expect(said).toHaveLength(1);
});

test.each([
  ["--wait", "soon"],
  ["--port", "70000"],
  ["--webhook", "nowhere"],
])("%s %s is one sentence", async (...args) => {
  const { code, text } = await run({ environment: {}, args });
  expect(code).toBe(exitCodes.cannotBegin);
  expect(text.split("\n")).toHaveLength(1);
  expect(text).toContain(args[0]);
});

test("no secret is printed", async () => {
  const environment = await account(world.receiver.url);
  const { text } = await run({ environment, args: ["--wait", "5"], onPage: pays });
  const open = new Set(text.split("\n").filter((line) => line.includes("http")));
  for (const [name, value] of Object.entries(environment))
    if (!/PUBLIC/.test(name)) for (const line of text.split("\n")) if (!open.has(line)) expect(line).not.toContain(value);
});

test("every variable of every provider stands in .env.example", () => {
  const example = readProjectFile(".env.example");
  for (const one of offeredIds()) {
    const offered = paymentProvider(one);
    for (const variable of Object.values(offered ? variablesOf(offered) : {}))
      expect(example).toMatch(new RegExp(`^#? ?${variable}=`, "m"));
  }
});
