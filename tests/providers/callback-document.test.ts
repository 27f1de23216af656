import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standardWebhookHeaders } from "#providers/callbacks/sign.ts";
import { book, customerOfTests, hold, slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage();
const document = readFileSync(join(import.meta.dirname, "..", "..", "docs", "callbacks.md"), "utf8");
const codeIn = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(document)?.[1] ?? "";

/** How each language runs its example, and how it would parse and write the body again. */
const languages = [
  {
    language: "ts",
    command: process.execPath,
    rest: `import { readFileSync } from "node:fs";
const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(cases.map(({ body, rewrite, headers, hmac, webhook }) => {
  const raw = Buffer.from(body, "base64");
  return isFromKonfirmado(rewrite ? Buffer.from(JSON.stringify(JSON.parse(raw.toString()))) : raw, headers, { hmac, webhook });
})));`,
  },
  {
    language: "php",
    command: "php",
    rest: `$cases = json_decode(file_get_contents($argv[1]), true);
echo json_encode(array_map(function ($case) {
    $raw = base64_decode($case['body']);
    $raw = $case['rewrite'] ? json_encode(json_decode($raw, true)) : $raw;
    return is_from_konfirmado($raw, $case['headers'], $case['hmac'], $case['webhook']);
}, $cases));`,
  },
  {
    language: "python",
    command: "python3",
    rest: `
import json, sys
def judge(case):
    raw = base64.b64decode(case["body"])
    raw = json.dumps(json.loads(raw)).encode() if case["rewrite"] else raw
    return is_from_konfirmado(raw, case["headers"], case["hmac"], case["webhook"])
print(json.dumps([judge(case) for case in json.load(open(sys.argv[1]))]))`,
  },
];

let folder: string;
let casesFile: string;
type Delivery = { body: string; headers: Record<string, string> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "callback-examples-"));
  casesFile = join(folder, "cases.json");
  const { delivery, hmac, webhook } = await deliver();
  const body = Buffer.from(delivery.body);
  const usual = { body: body.toString("base64"), headers: delivery.headers, hmac, webhook, rewrite: false };
  const other = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
  const signed = (secrets: string[], secondsAgo = 0) => {
    const timestamp = Math.floor(Date.now() / 1000) - secondsAgo;
    return { ...standardWebhookHeaders({ id: "e-1", timestamp, body: delivery.body, secrets }) };
  };
  const changed = Buffer.from(delivery.body.replace("aprobado", "rechazado"));
  const cases = [
    usual,
    { ...usual, headers: signed([other, webhook]) },
    { ...usual, body: changed.toString("base64") },
    { ...usual, webhook: other },
    { ...usual, hmac: `${hmac} of another merchant` },
    { ...usual, headers: signed([webhook], 900) },
    { ...usual, headers: {} },
    // JavaScript's writer makes the bytes that ours made, but for a number that was written otherwise.
    { ...usual, rewrite: true },
  ];
  writeFileSync(casesFile, JSON.stringify(cases));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A paid booking of somebody whose name has bytes beyond ASCII, told to the simulated merchant. */
async function deliver(): Promise<{ delivery: Delivery; hmac: string; webhook: string }> {
  const clinic = await stage.openClinic();
  const held = await hold(stage, clinic, { start: slotStart(0) });
  const customer = { ...customerOfTests, name: 'Íñigo "Muñoz" \\ /' };
  const booked = await book(stage, clinic, { holdId: held.body.id, session: held.body.session, customer });
  await stage.pay(booked.body.checkoutUrl, "approve");
  const delivery = await eventually(async () => {
    const answer = await fetch(`${stage.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
    const [first] = ((await answer.json()) as { callbacks: Delivery[] }).callbacks;
    if (!first) throw new Error("not delivered yet");
    return first;
  });
  return { delivery, hmac: clinic.callback.hmacSecret, webhook: clinic.callback.webhookSecret };
}

describe.each(languages)("the example in $language", ({ language, command, rest }) => {
  test("takes what is ours, and nothing that was changed, replayed, written again or signed by another", ({ skip }) => {
    if (spawnSync(command, ["--version"]).error) return skip(`${command} is not on this machine`);
    const file = join(folder, `example.${language}`);
    writeFileSync(file, `${codeIn(language)}\n${rest}\n`);
    const verdicts: unknown = JSON.parse(execFileSync(command, [file, casesFile], { encoding: "utf8" }));
    expect(verdicts).toEqual([true, true, false, false, false, false, false, language === "ts"]);
  });
});
