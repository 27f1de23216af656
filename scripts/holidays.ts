// `node scripts/tool.mjs scripts/holidays.ts <folder with date-holidays>`: writes
// src/domain/holidays/holidays.json, the public holidays of the served countries. The package is no
// dependency of ours (46 MB, and 85 MB of memory): install it somewhere else, in this version, by
// `mkdir /tmp/holidays && cd /tmp/holidays && npm install date-holidays@3.37.0`. NOTICE credits it.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { z } from "zod";
import { countryOf, servedCountries } from "#domain/countries.ts";
import { Sentence, tell } from "./plain/sentence.mjs";
import { root } from "./plain/settings.mjs";

/** Another version may know other days: read the difference before it is committed. */
const version = "3.37.0";
const [from, to] = [2025, 2036];

const listedDays = z.array(z.object({ date: z.string(), name: z.string(), type: z.string() }));
type Calendar = { getHolidays(year: number, language: string): unknown };
type Source = new (country: string) => Calendar;

try {
  const outFile = join(root, "src", "domain", "holidays", "holidays.json");
  writeFileSync(outFile, `${JSON.stringify(written(loadSource(process.argv[2])), null, 2)}\n`);
  console.log(`${outFile}: ${servedCountries.length} countries, ${from} to ${to}`);
} catch (error) {
  process.exitCode = tell(error);
}

function loadSource(place: string | undefined): Source {
  if (!place) throw new Sentence("Name the folder in which date-holidays is installed.");
  const load = createRequire(join(resolve(place), "package.json"));
  const found = z.object({ version: z.string() }).parse(load("date-holidays/package.json")).version;
  if (found !== version) throw new Sentence(`There is date-holidays ${found}. This program was written for ${version}.`);
  return load("date-holidays");
}

function written(Holidays: Source) {
  const countries = servedCountries.map((code) => [code, yearsOf(new Holidays(code), countryOf(code).locale)]);
  const source = `https://www.npmjs.com/package/date-holidays/v/${version}`;
  return { source, licence: "CC-BY-SA-3.0", from, to, countries: Object.fromEntries(countries) };
}

/** Only days on which all of the country rests. What only a region keeps is not among them. */
function yearsOf(calendar: Calendar, locale: string): Record<string, Record<string, string>> {
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const daysOf = (year: number) =>
    listedDays
      .parse(calendar.getHolidays(year, locale))
      .filter(({ type }) => type === "public")
      .map(({ date, name }) => [date.slice(5, 10), name]);
  return Object.fromEntries(years.map((year) => [year, Object.fromEntries(daysOf(year))]));
}
