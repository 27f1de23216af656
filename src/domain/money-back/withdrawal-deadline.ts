import { addDays, afterWorkingDays, isWorkingDay } from "../holidays/working-days.ts";
import { withdrawalLaw } from "./withdrawal.ts";

/**
 * The last civil day on which a customer who bought on `boughtOn` may withdraw. The day of the
 * contract does not count. Null where no law is known, or a holiday may be missed.
 */
export function withdrawalUntil(country: string, boughtOn: string): string | null {
  const law = withdrawalLaw(country);
  if (!law) return null;
  if (law.daysAre === "working") return afterWorkingDays(country, boughtOn, law.withdrawDays);
  const last = addDays(boughtOn, law.withdrawDays);
  if (!law.endsOnWorkingDay) return last;
  const isWorking = isWorkingDay(country, last);
  if (isWorking === undefined) return null;
  return isWorking ? last : afterWorkingDays(country, last, 1);
}
