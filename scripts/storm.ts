// `npm run storm -- --seed 7 --customers 200 [--storms 10] [--provider ID]`: seeded storms
// (tests/storm/storm.ts). With `--provider mixed` each storm has another provider than the last.
import "./jsx-hook.mjs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readArguments } from "./plain/arguments.mjs";
import { root } from "./plain/settings.mjs";

const { values: typed } = readArguments({ values: ["seed", "customers", "storms", "provider"] });
const values = { seed: String(Date.now() % 1_000_000), customers: "48", storms: "1", ...typed };
const first = Number(values.seed);
const seeds = Array.from({ length: Number(values.storms) }, (_, index) => first + index);
// Read by the tests' support when it is loaded, as for `PROVIDER=… npx vitest`.
if (values.provider && values.provider !== "mixed") process.env["PROVIDER"] = values.provider;
const { testedProviders } = await import("#tests/support/payers/tested-provider.ts");

if (values.provider === "mixed") oneProviderEach();
else await blow();
process.exit();

/** The tests' provider is chosen once in a process, so each storm has a process of its own. */
function oneProviderEach(): void {
  const providers = Object.keys(testedProviders);
  for (const seed of seeds) {
    const provider = providers[seed % providers.length] ?? "";
    const args = ["--seed", String(seed), "--customers", values.customers, "--provider", provider];
    const program = [join(root, "scripts/tool.mjs"), "scripts/storm.ts", ...args];
    const { status } = spawnSync(process.execPath, program, { cwd: root, stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}

async function blow(): Promise<void> {
  const { runStorm } = await import("#tests/storm/storm.ts");
  const { startTestServer } = await import("#tests/support/test-database.ts");
  const databaseServer = await startTestServer({ outlivesItself: true });
  const chosen = values.provider ? ` --provider ${values.provider}` : "";
  for (const seed of seeds) {
    console.log(`storm ${seed}, ${values.customers} customers${chosen}`);
    const tell = (line: string) => console.log(`  ${line}`);
    const end = await runStorm({ seed, customers: Number(values.customers), databaseServer, deathsMax: 8, tell });
    for (const [what, times] of Object.entries(end.counts).sort()) console.log(`  ${String(times).padStart(5)} ${what}`);
    if (end.findings.length === 0) continue;
    for (const finding of end.findings) console.log(`BROKEN ${finding}`);
    console.log(`repeat it with: npm run storm -- --seed ${seed} --customers ${values.customers}${chosen}`);
    process.exitCode = 1;
  }
  await databaseServer.stop();
}
