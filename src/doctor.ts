import { attentionKinds } from "#contracts/attention.ts";
import { closeDb } from "#platform/db.ts";
import { countNotOurs, listAttention } from "#queries/attention.ts";
import { examine } from "#queries/doctor.ts";

/** Checks the five promises against the data. Exits with 1 if one is broken. */
const findings = await examine();
for (const promise of ["slot", "money", "hold", "silence", "callback"] as const) {
  const broken = findings.filter((finding) => finding.promise === promise);
  console.log(`${broken.length === 0 ? "kept  " : "BROKEN"} ${promise}`);
  for (const { problem, tenantId, id } of broken) console.log(`       ${problem}: ${id} (tenant ${tenantId})`);
}
const items = await listAttention();
console.log(`waiting for a person: ${items.length === 0 ? "nothing" : items.length}`);
for (const kind of attentionKinds) {
  const ofKind = items.filter((item) => item.kind === kind);
  if (ofKind[0]) console.log(`  ${kind}: ${ofKind[0].todo}`);
  for (const { subject, since, tenantId } of ofKind)
    console.log(`       ${subject.kind} ${subject.id} since ${since} (tenant ${tenantId})`);
}
console.log(`not ours: ${await countNotOurs()} events about other sales on the merchants' accounts`);
await closeDb();
process.exitCode = findings.length === 0 ? 0 : 1;
