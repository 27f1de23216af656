import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "../../support/end-state.ts";
import { prepareStage } from "../../support/stage.ts";

const stage = prepareStage();
const root = join(import.meta.dirname, "..", "..", "..");

function tenant(...args: string[]): { code: number | null; words: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["src/tenant.ts", ...args], { cwd: root, encoding: "utf8" });
  return { code: status, words: stdout + stderr };
}

test("npm run tenant makes a merchant with its country's zone and currency, and mails the owner the way in", async () => {
  const made = tenant("--name", "Clínica Ñandú", "--email", "mariana@nandu.example", "--country", "FR");
  expect(made).toMatchObject({ code: 0, words: expect.stringContaining("(clinica-nandu)") });
  const again = tenant("--name", "Clinica Nandu", "--email", "otra@nandu.example");
  expect(again).toMatchObject({ code: 0, words: expect.stringContaining("(clinica-nandu-2)") });
  const { rows } = await stage.owner.query("select slug, timezone, currency, locale from tenant order by slug");
  expect(rows).toEqual([
    { slug: "clinica-nandu", timezone: "Europe/Paris", currency: "EUR", locale: "fr" },
    { slug: "clinica-nandu-2", timezone: "America/Bogota", currency: "COP", locale: "es" },
  ]);
  await eventually(async () => {
    const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=mariana%40nandu.example`);
    const { mails } = (await answer.json()) as { mails: { text: string }[] };
    expect(mails.map(({ text }) => text)).toEqual([expect.stringMatching(/\/invitation\/[\w-]{43}/)]);
  });
  // Nobody owns anything before the invitation is accepted.
  expect((await stage.owner.query("select from member")).rowCount).toBe(0);
});

test("npm run tenant says what is wrong and makes nothing", async () => {
  const before = (await stage.owner.query("select from tenant")).rowCount;
  const refused = tenant("--name", "X", "--email", "nobody", "--country", "colombia");
  expect(refused.code).toBe(1);
  expect(refused.words).toMatch(/--email: .*\n--country: /);
  expect((await stage.owner.query("select from tenant")).rowCount).toBe(before);
});
