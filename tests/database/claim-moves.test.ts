import { expect, test } from "vitest";
import { claimMoves, claimStates } from "#domain/claim-states.ts";
import { pathsUnder, readProjectFile } from "../tidy/source.ts";
import { claimComplaints, claimTables, claimWrites, isTakenBack, type Source } from "./claim-writes.ts";

const sources: Source[] = [...pathsUnder("db"), ...pathsUnder("src")]
  .filter((path) => /\.(sql|tsx?)$/.test(path))
  .sort()
  .map((path) => ({ path, text: readProjectFile(path) }));
const writes = claimWrites(sources);
const moves = writes.flatMap(({ path, from, to }) => from.map((state) => ({ path, from: state, to })));

test.each(claimTables)("every write of a state in %s, in SQL functions and in commands, is a move that the table allows", (table) => {
  const found = claimWrites(sources, table);
  expect(found.length).toBeGreaterThan(2);
  expect(claimComplaints(found, table)).toEqual([]);
});

test("new claims of stock and of a code's uses are written in two places: for a cart, and anew for late money", () => {
  for (const table of ["stock_claim", "discount_claim"] as const) {
    const created = claimWrites(sources, table).filter(({ from }) => from.length === 0);
    expect(created.map(({ path, to }) => `${path}: ${to}`)).toEqual([
      "db/functions/shop/keep_stock.sql: paying",
      "db/functions/shop/take_stock.sql: paying",
    ]);
  }
});

test("every move of the table is written somewhere", () => {
  const written = new Set(moves.map(({ from, to }) => `${from} → ${to}`));
  const unwritten = claimStates.flatMap((from) => claimMoves[from].map((to) => `${from} → ${to}`)).filter((move) => !written.has(move));
  expect(unwritten).toEqual([]);
});

test("a new claim is written as held by a hold, and as booked only by money that came late or by an import", () => {
  const created = writes.filter(({ from }) => from.length === 0).map(({ path, to }) => `${path}: ${to}`);
  const imported = "src/commands/bookings-import/insert-imported.ts";
  expect(created).toEqual([
    "db/functions/hold_slot.sql: held",
    `${imported}: past`,
    `${imported}: booked`,
    "src/commands/claims/claim-again.ts: booked",
  ]);
});

test("a released claim comes back in one place only: where the same transaction has released it", () => {
  expect(moves.filter(({ from }) => from === "released" || from === "expired").filter(({ from, to }) => from !== to)).toEqual([
    { path: "db/functions/hold_slot.sql", from: "released", to: "held" },
  ]);
  expect(moves.filter(isTakenBack)).toHaveLength(1);
});

const update = (set: string, where: string) => ({
  path: "one.sql",
  text: `update slot_claim c set ${set} from given where ${where};`,
});
const built = (chain: string) => ({ path: "one.ts", text: `tx.updateTable("slot_claim")${chain}.execute()` });

test.each([
  ["a held claim that is booked", update("state = 'booked', expires_at = null", "state in ('held', 'paying')"), "held → booked"],
  ["a released claim that is held again", update("state = 'held'", "state = 'released'"), "released → held"],
  ["a claim that is over and expires", update("state = 'expired'", "state in ('held', 'past')"), "past → expired"],
  ["a booked claim with an end", update("state = 'booked'", "state = 'paying'"), "a booked claim has an end"],
  ["a comment instead of a condition", update("state = 'past'", "id = 1\n-- and state = 'booked'\n and state = 'paying'"), "paying → past"],
  [
    "a new claim that is paying",
    { path: "one.sql", text: "insert into slot_claim (id, state) values (f(1, 2), 'paying')" },
    "a new claim is paying",
  ],
  [
    "a new booked claim with an end",
    { path: "one.sql", text: "insert into slot_claim (state, expires_at) values ('booked', now());" },
    "a booked claim has an end",
  ],
  ["a wrong move in a command", built(`.set({ state: "paying" }).where("state", "=", "expired")`), "expired → paying"],
  [
    "a wrong move in a command's SQL",
    { path: "one.ts", text: "sql`update slot_claim set state = 'past' where state = 'held'`.execute(tx)" },
    "held → past",
  ],
])("%s is found", (_name, source, complaint) => {
  const found = claimComplaints(claimWrites([source]));
  expect(found).toEqual([`${source.path}: ${complaint}`]);
});

test("a write that admits every state is measured by every state", () => {
  const complaints = claimComplaints(claimWrites([update("state = 'released'", "id = any (released)")]));
  expect(complaints).toEqual(["one.sql: expired → released"]);
});

test("a condition of a sub-select counts only if that locks what it reads: the rest may have changed before the write", () => {
  const chosen = (lock: string) =>
    claimWrites([update("state = 'released'", `id in (select id from f(1) where state = 'held' ${lock}) and state in ('held', 'past')`)]);
  expect(chosen("")).toMatchObject([{ from: ["held", "past"] }]);
  expect(chosen("for update")).toMatchObject([{ from: ["held"] }]);
});

test("a condition on the end of time leaves out what has none", () => {
  const lapsed = update("state = 'expired'", "state in ('held', 'paying', 'booked') and expires_at <= now()");
  expect(claimWrites([lapsed])).toMatchObject([{ from: ["held", "paying"], to: "expired" }]);
});

test.each([
  ["conditions joined by or", update("state = 'expired'", "state = 'held' or state = 'booked'")],
  ["a negated condition", update("state = 'expired'", "state <> 'booked'")],
  ["a state that is computed", update("state = what", "state = 'held'")],
  ["a state that does not exist", update("state = 'gone'", "state = 'held'")],
  ["two writes in one statement", update("state = 'past' where id = 1) update slot_claim set state = 'held'", "true")],
  ["an insert without a list of values", { path: "one.sql", text: "insert into slot_claim (state) select 'held'" }],
  ["a variable that does not ask the table", built(`.set({ state: how }).where("state", "in", ["held"])`)],
  ["a list in a command", built(`.set({ state: "expired" }).where("state", "in", ["held"])`)],
])("%s cannot be read, and says so", (_name, source) => {
  expect(() => claimWrites([source])).toThrow("cannot read");
});
