import { z } from "zod";
import { checkDueDays, checkGivenDay } from "#commands/settlement-check/check-due.ts";
import { listsCharges } from "#commands/settlement-check/listing.ts";
import { calendarDate } from "#contracts/dates.ts";
import { closeDb } from "#platform/db.ts";
import { ownProviders, paymentProviders } from "#providers/payments/registry.ts";
import { readArguments } from "#scripts/plain/arguments.mjs";

/**
 * Compares the providers' lists of a day with our rows and changes none of them. Without `--date`
 * the days that are over and not compared yet. Exits with 1 if anything differs, else with 2 if a
 * day is not known, or with 3 if there is no such day or merchant.
 */
const notListing = Object.keys(paymentProviders).filter((id) => !ownProviders.includes(id) && !listsCharges(id));
const { values } = readArguments({ values: ["date", "tenant"] });
const wish = z.object({ date: calendarDate.optional(), tenant: z.uuid().optional() }).safeParse(values).data;
if (!wish) {
  console.error("--date takes a day such as 2026-11-26, --tenant a merchant's id.");
  process.exitCode = 3;
} else {
  const checked = wish.date ? await checkGivenDay({ day: wish.date, tenantId: wish.tenant }) : await checkDueDays();
  for (const { outcome, day, provider, connectionId, tenantId, listed, notOurs, own, why, differences } of checked) {
    console.log(`${outcome.padEnd(9)} ${day} ${provider} (connection ${connectionId}, tenant ${tenantId})`);
    console.log(`          ${listed} there, ${notOurs} of them made elsewhere; ${own} here${why === null ? "" : `; not known: ${why}`}`);
    for (const { kind, providerChargeId, reference, there, here } of differences)
      console.log(`DIFFERS   ${kind}: charge ${providerChargeId} (${reference}) is ${there ?? "nothing"} there, ${here ?? "nothing"} here`);
  }
  if (checked.length === 0) console.log("there is no day to compare");
  console.log(`never compared: ${notListing.join(", ")}, which list no charges`);
  if (checked.some(({ differences }) => differences.length > 0)) process.exitCode = 1;
  else if (checked.some(({ outcome }) => outcome === "not_known")) process.exitCode = 2;
}
await closeDb();
