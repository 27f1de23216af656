import { expect, test } from "vitest";
import { servedCountries } from "#domain/countries.ts";
import holidays from "#domain/holidays/holidays.json" with { type: "json" };
import { holidayOn, isWorkingDay } from "#domain/holidays/working-days.ts";
import { withdrawalUntil } from "#domain/money-back/withdrawal-deadline.ts";

test("the holidays of every served country are known, with a name, for years to come", () => {
  expect(Object.keys(holidays.countries)).toEqual(servedCountries);
  for (const [country, years] of Object.entries(holidays.countries)) {
    expect(Object.keys(years), country).toHaveLength(holidays.to - holidays.from + 1);
    for (const [year, days] of Object.entries(years)) {
      expect(days, `${country} ${year}`).toHaveProperty("01-01");
      for (const name of Object.values<string>(days)) expect(name).not.toBe("");
    }
  }
  expect(holidayOn("CO", "2026-12-08")).toBe("La inmaculada concepción");
  expect([isWorkingDay("CO", "2026-12-08"), isWorkingDay("CO", "2026-12-09"), isWorkingDay("CO", "2026-12-12")]).toEqual([
    false,
    true,
    false,
  ]);
  expect([holidayOn("CO", "2099-01-01"), holidayOn("XX", "2026-01-01")]).toEqual([undefined, undefined]);
});

// Counted by hand. The day of the contract does not count.
test.each([
  ["CO", "2026-11-30", "2026-12-07"],
  // The 8th of December is a holiday.
  ["CO", "2026-12-03", "2026-12-11"],
  // Friday: a weekend before it begins to count.
  ["CO", "2026-11-27", "2026-12-04"],
  // Holy Week: Thursday and Friday rest.
  ["CO", "2026-03-30", "2026-04-08"],
  // Over the end of a year: Christmas and New Year.
  ["CO", "2026-12-24", "2027-01-04"],
  ["CL", "2026-12-10", "2026-12-20"],
  ["FR", "2026-11-03", "2026-11-17"],
  // The fourteenth day is Christmas, and a weekend follows.
  ["FR", "2026-12-11", "2026-12-28"],
  ["GB", "2026-12-11", "2026-12-25"],
])("bought in %s on %s, the last day to withdraw is %s", (country, boughtOn, until) => {
  expect(withdrawalUntil(country, boughtOn)).toBe(until);
});

test("where no law or no holiday is known, there is no last day", () => {
  expect(withdrawalUntil("MX", "2026-11-30")).toBeNull();
  expect(withdrawalUntil("CO", "2036-12-30")).toBeNull();
});
