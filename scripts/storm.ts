// `npm run storm -- --seed 7 --customers 200 [--storms 10]`: seeded storms (tests/storm/storm.ts).
import "./jsx-hook.mjs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    customers: { type: "string", default: "48" },
    storms: { type: "string", default: "1" },
  },
});
const { runStorm } = await import("#tests/storm/storm.ts");
const { startTestServer } = await import("#tests/support/test-database.ts");
const databaseServer = await startTestServer({ outlivesItself: true });

const first = Number(values.seed);
for (let seed = first; seed < first + Number(values.storms); seed += 1) {
  console.log(`storm ${seed}, ${values.customers} customers`);
  const end = await runStorm({
    seed,
    customers: Number(values.customers),
    databaseServer,
    deathsMax: 8,
    tell: (line) => console.log(`  ${line}`),
  });
  for (const [what, times] of Object.entries(end.counts).sort()) console.log(`  ${String(times).padStart(5)} ${what}`);
  if (end.findings.length === 0) continue;
  for (const finding of end.findings) console.log(`BROKEN ${finding}`);
  console.log(`repeat it with: npm run storm -- --seed ${seed} --customers ${values.customers}`);
  process.exitCode = 1;
}
await databaseServer.stop();
process.exit();
