import { closeDb } from "#platform/db.ts";
import { attention, examine } from "#queries/doctor.ts";

/** Checks the five promises against the data. Exits with 1 if one is broken. */
const findings = await examine();
for (const promise of ["slot", "money", "hold", "silence", "callback"] as const) {
  const broken = findings.filter((finding) => finding.promise === promise);
  console.log(`${broken.length === 0 ? "kept  " : "BROKEN"} ${promise}`);
  for (const { problem, tenantId, id } of broken) console.log(`       ${problem}: ${id} (tenant ${tenantId})`);
}
const { followUps, refundCases, callbacksDisabled } = await attention();
console.log(`waiting for a person: ${followUps} follow-ups, ${refundCases} refund cases, ${callbacksDisabled} callback addresses`);
await closeDb();
process.exitCode = findings.length === 0 ? 0 : 1;
