import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { followUpJobs } from "#domain/follow-ups.ts";
import { type WayOut, waysOut } from "#domain/ways-out.ts";
import { followUpRegistry } from "#jobs/registry.ts";
import { timers } from "#jobs/timers.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { connectAs } from "./roles.ts";

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectAs(database.url, "owner");
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const tableOf = (name: string) => (name === "callback" ? "follow_up" : name);
/** Said by the payment, the provider, the bank, who knows of the appointment, and the calendar. */
const elsewhere = [
  ...["charge.status", "charge_fact.status", "checkout.payment_status", "booking.attendance"],
  ...["charge_refund.state", "dispute.state", "professional.calendar_status"],
];

test("every value of every state in the database has a way out, and no other has", async () => {
  const { rows } = await owner.query<{ table: string; column: string; rule: string }>(
    `select c.table_name as table, c.column_name as column, pg_get_constraintdef(k.oid) as rule
     from information_schema.columns c join pg_constraint k on k.contypid = c.domain_name::regtype
     where c.table_schema = 'public' and (c.domain_name like '%state' or c.domain_name like '%status' or c.domain_name = 'attendance')`,
  );
  const stated = rows.filter(({ table, column }) => !elsewhere.includes(`${table}.${column}`));
  expect([...new Set(Object.keys(waysOut).map(tableOf))].sort()).toEqual(stated.map(({ table }) => table).sort());
  for (const [name, ways] of Object.entries(waysOut)) {
    const rule = stated.find(({ table }) => table === tableOf(name))?.rule ?? "";
    const words = [...rule.matchAll(/'([^']*)'/g)].map(([, word]) => word);
    expect(Object.keys(ways).sort(), name).toEqual(words.sort());
  }
});

test("every way by time counts from a column of its table, leads to another state of it, and names jobs that exist", () => {
  const jobs = [...Object.keys(timers), ...Object.keys(followUpRegistry), ...followUpJobs];
  for (const [name, ways] of Object.entries(waysOut))
    for (const [state, way] of Object.entries(ways)) {
      if (way === "over" || "person" in way) continue;
      expect(way.to, `${name} ${state}`).not.toContain(state);
      expect(way.to.length).toBeGreaterThan(0);
      for (const to of way.to) expect(Object.keys(ways)).toContain(to);
      expect(way.minutesMax).toBeGreaterThan(0);
      const named = way.by.split(", ").filter((word: string) => /^[a-z]+(-[a-z]+)*$/.test(word));
      for (const job of named) expect(jobs, `${name} ${state}`).toContain(job);
    }
});

test("who follows the ways by time comes to an end", () => {
  for (const ways of Object.values(waysOut)) {
    const next = new Map<string, readonly string[]>(
      Object.entries<WayOut<string>>(ways).map(([state, way]) => [state, way === "over" || "person" in way ? [] : way.to]),
    );
    const endless = (state: string, seen: string[]): boolean =>
      seen.includes(state) || (next.get(state) ?? []).some((to) => endless(to, [...seen, state]));
    for (const state of next.keys()) expect(endless(state, []), state).toBe(false);
  }
});
