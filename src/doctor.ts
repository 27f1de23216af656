import { askProviders } from "#commands/ask-providers.ts";
import { attentionKinds } from "#contracts/attention.ts";
import { closeDb } from "#platform/db.ts";
import { countNotOurs, listAttention, listOtherKinds } from "#queries/attention.ts";
import { examine } from "#queries/doctor.ts";
import { readArguments } from "#scripts/plain/arguments.mjs";

/**
 * Checks the five promises against the data. With `--ask` also asks the providers about everything
 * open, with `--settle` settles what differs. Exits with 1 if a promise is broken or an answer
 * differs, else with 2 if a provider gave no answer.
 */
const { values: wish } = readArguments({ flags: ["ask", "settle"] });
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
for (const { tenantId, connectionId, provider, eventKind, count, since } of await listOtherKinds())
  console.log(`about no charge: ${count} × ${eventKind} of ${provider} since ${since} (connection ${connectionId}, tenant ${tenantId})`);
const { differing, unanswered } = wish.ask || wish.settle ? await compareWithProviders() : { differing: 0, unanswered: 0 };
await closeDb();
process.exitCode = findings.length > 0 || differing > 0 ? 1 : unanswered > 0 ? 2 : 0;

async function compareWithProviders(): Promise<{ differing: number; unanswered: number }> {
  const { asked, isAll } = await askProviders({ settle: wish.settle ?? false });
  const differing = asked.filter(({ differences }) => differences.length > 0);
  const unanswered = asked.filter(({ noAnswer }) => noAnswer !== null);
  console.log(
    `asked about ${asked.length}${isAll ? "" : ", the newest; more is open"}: ${differing.length} differ, ${unanswered.length} without an answer`,
  );
  for (const { question, differences, noAnswer, canBeAsked } of asked) {
    const about = `${question.payment?.reference ?? question.providerChargeId} (tenant ${question.tenantId})`;
    for (const { providerChargeId, there, here } of differences)
      console.log(`DIFFERS  ${about}: charge ${providerChargeId} is ${there} there, ${here} here`);
    if (!canBeAsked) console.log(`not known  ${about}: its provider cannot be asked, and tells by its webhooks alone`);
    if (noAnswer !== null) console.log(`no answer  ${about}: ${noAnswer}`);
  }
  if (wish.settle && differing.length > 0) console.log("what differs was settled as after a webhook; run the doctor again to see the rest");
  return { differing: differing.length, unanswered: unanswered.length };
}
