// `npm run storm -- --seed 7 --customers 200 [--storms 10] [--provider ID]`: seeded storms
// (tests/storm/storm.ts). With `--provider mixed` the clinic has an account at every provider.
import "./jsx-hook.mjs";
import { readArguments } from "./plain/arguments.mjs";

const { values: typed } = readArguments({ values: ["seed", "customers", "storms", "provider"] });
const values = { seed: String(Date.now() % 1_000_000), customers: "48", storms: "1", ...typed };
const first = Number(values.seed);
const seeds = Array.from({ length: Number(values.storms) }, (_, index) => first + index);
// Read by the tests' support when it is loaded, as for `PROVIDER=… npx vitest`.
if (values.provider && values.provider !== "mixed") process.env["PROVIDER"] = values.provider;
await blow();
process.exit();

async function blow(): Promise<void> {
  const { runStorm } = await import("#tests/storm/storm.ts");
  const { everyTestedProvider, testedProvider } = await import("#tests/support/payers/tested-provider.ts");
  const providers = values.provider === "mixed" ? everyTestedProvider : [testedProvider];
  const { startTestServer } = await import("#tests/support/test-database.ts");
  const databaseServer = await startTestServer({ outlivesItself: true });
  const chosen = values.provider ? ` --provider ${values.provider}` : "";
  for (const seed of seeds) {
    console.log(`storm ${seed}, ${values.customers} customers${chosen}`);
    const tell = (line: string) => console.log(`  ${line}`);
    const end = await runStorm({ seed, customers: Number(values.customers), databaseServer, deathsMax: 8, providers, tell });
    for (const [what, times] of Object.entries(end.counts).sort()) console.log(`  ${String(times).padStart(5)} ${what}`);
    if (end.findings.length === 0) continue;
    for (const finding of end.findings) console.log(`BROKEN ${finding}`);
    console.log(`repeat it with: npm run storm -- --seed ${seed} --customers ${values.customers}${chosen}`);
    process.exitCode = 1;
  }
  await databaseServer.stop();
}
