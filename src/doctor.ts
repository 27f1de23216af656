import { closeDb } from "#platform/db.ts";
import { attention, examine } from "#queries/doctor.ts";

/** Checks the five promises against the data. Exits with 1 if one is broken. */
const findings = await examine();
for (const promise of ["slot", "money", "hold", "silence", "callback"] as const) {
  const broken = findings.filter((finding) => finding.promise === promise);
  console.log(`${broken.length === 0 ? "kept  " : "BROKEN"} ${promise}`);
  for (const { problem, tenantId, id } of broken) console.log(`       ${problem}: ${id} (tenant ${tenantId})`);
}
const { notOurs, ...waiting } = await attention();
const words = {
  followUps: "follow-ups",
  refundCases: "refund cases",
  callbacksDisabled: "callback addresses",
  differingCharges: "charges with different amounts",
  openReversals: "reversed payments without an answer",
};
const counts = Object.entries(words).map(([name, word]) => `${Reflect.get(waiting, name)} ${word}`);
console.log(`waiting for a person: ${counts.join(", ")}`);
console.log(`not ours: ${notOurs} events about other sales on the merchants' accounts`);
await closeDb();
process.exitCode = findings.length === 0 ? 0 : 1;
