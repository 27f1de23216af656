import { type ClaimState, claimMoves, claimStates, claimStatesBefore } from "#domain/claim-states.ts";

export type Source = { path: string; text: string };
/** One place that writes a claim's state: the states that its conditions admit (none for a new claim), and what they become. */
export type ClaimWrite = { path: string; from: readonly ClaimState[]; to: ClaimState; hasEnd: boolean };

export const claimTables = ["slot_claim", "stock_claim", "discount_claim"] as const;
type ClaimTable = (typeof claimTables)[number];

/**
 * A slot's new claim is held; or it is booked at once, by money that came late; or another tool sold it, and it
 * may be over. Stock is claimed for paying.
 */
const beginnings: Record<ClaimTable, readonly ClaimState[]> = {
  slot_claim: ["held", "booked", "past"],
  stock_claim: ["paying"],
  discount_claim: ["paying"],
};
/** Only these end by time. A write of `booked` must empty `expires_at`, so that a condition on it admits no other. */
const endingByTime = claimStates.filter((state) => state !== "booked" && state !== "past");
/** Takes back what the same transaction has released: nobody else has seen it released. */
const takenBack = { path: "db/functions/hold_slot.sql", condition: /\bid = any \(released\)/, from: "released", to: "held" } as const;

/** Every write that the table of moves does not allow. Throws at a write that it cannot read. */
export function claimComplaints(writes: readonly ClaimWrite[], table: ClaimTable = "slot_claim"): string[] {
  return writes.flatMap(({ path, from, to, hasEnd }) => {
    const wrong = from.filter((state) => state !== to && !claimMoves[state].includes(to) && !isTakenBack({ path, from: state, to }));
    const complaints = wrong.map((state) => `${path}: ${state} → ${to}`);
    if (from.length === 0 && !beginnings[table].includes(to)) complaints.push(`${path}: a new claim is ${to}`);
    if (to === "booked" && hasEnd) complaints.push(`${path}: a booked claim has an end`);
    return complaints;
  });
}

export function isTakenBack(write: { path: string; from: ClaimState; to: ClaimState }): boolean {
  return write.path === takenBack.path && write.from === takenBack.from && write.to === takenBack.to;
}

export function claimWrites(sources: readonly Source[], table: ClaimTable = "slot_claim"): ClaimWrite[] {
  return sources.flatMap(({ path, text }) => {
    const isSql = path.endsWith(".sql");
    const statements = (isSql ? text.replace(/--.*$/gm, "") : text).split(isSql ? ";" : "`");
    const built = isSql ? [] : [...text.matchAll(new RegExp(`\\.(?:updateTable|insertInto)\\("${table}"\\)[\\s\\S]*?\\.execute`, "g"))];
    return [
      ...statements
        .filter((part) => new RegExp(`insert\\s+into\\s+${table}\\b`).test(part))
        .flatMap((part) => readInsert({ path, table }, part)),
      ...statements.filter((part) => new RegExp(`update\\s+${table}\\b`).test(part)).flatMap((part) => readUpdate({ path, table }, part)),
      ...built.flatMap(([part]) => readBuilt({ path, text }, part)),
    ];
  });
}

/** A list of values, or a select from something whose state is a word or one of two. */
type Place = { path: string; table: ClaimTable };

function readInsert({ path, table }: Place, statement: string): ClaimWrite[] {
  const [, columnList = "", rest = ""] = new RegExp(`insert\\s+into\\s+${table}\\s*\\(([^)]*)\\)\\s*(.*)`, "s").exec(statement) ?? [];
  const [, given] = /^values\s*\((.*)/s.exec(rest) ?? [];
  const [, selected] = /^select\s(.*?)\sfrom\s/s.exec(rest) ?? [];
  const columns = columnList.split(",").map((column) => column.trim());
  const value = listed(given ?? `${selected ?? ""})`)[columns.indexOf("state")];
  const [, ...either] = /^case when \S+ then ('\w+') else ('\w+') end$/.exec(value ?? "") ?? [];
  return (either.length > 0 ? either : [value]).map((state) => ({
    path,
    from: [],
    to: stateIn(path, state),
    hasEnd: columns.includes("expires_at") && state === "'booked'",
  }));
}

function readUpdate({ path, table }: Place, statement: string): ClaimWrite[] {
  const found = [...statement.matchAll(new RegExp(`update\\s+${table}(?:\\s+\\w+)?\\s+set\\s(.*?)\\s(?:from|where)\\s`, "gs"))];
  const [[update = "", assignments = ""] = []] = found;
  if (found.length !== 1) throw unreadable(path, statement);
  if (!/\bstate\s*=/.test(assignments)) return [];
  const to = stateIn(path, /\bstate = ('\w+')/.exec(assignments)?.[1]);
  const conditions = withoutSnapshots(statement.replace(update, " "));
  return [{ path, from: admitted(path, conditions), to, hasEnd: !/\bexpires_at = null\b/.test(assignments) }];
}

/** Without the sub-selects that lock nothing: what they have read may have changed before the write. */
function withoutSnapshots(text: string): string {
  const opened = /\(\s*select\b/.exec(text);
  if (!opened) return text;
  const from = opened.index + 1;
  const inside = enclosed(text.slice(from));
  return `${text.slice(0, opened.index)}${/\bfor update\b/.test(inside) ? inside : ""}${withoutSnapshots(text.slice(from + inside.length))}`;
}

/** All conditions of a statement hold together: what joins one on the state with `or`, or negates it, is not read. */
function admitted(path: string, conditions: string): ClaimState[] {
  const isUnclear = /\bstate\s*(<>|!=|not\b|is\b)|\bstate\s*(=\s*\S+|in\s*\([^)]*\))\s+or\b|\bor\s+(\w+\.)?state\b/.test(conditions);
  if (isUnclear) throw unreadable(path, conditions);
  if (path === takenBack.path && takenBack.condition.test(conditions)) return [takenBack.from];
  const lists = [...conditions.matchAll(/\bstate\s*(?:=\s*('\w+')|in\s*\(([^)]*)\))/g)].map(([, one, several]) =>
    (one ?? several ?? "").split(",").map((word) => stateIn(path, word.trim())),
  );
  if (/\bexpires_at\s*[<>]/.test(conditions)) lists.push(endingByTime);
  return claimStates.filter((state) => lists.every((list) => list.includes(state)));
}

/** Kysely's chain. A state that is a variable must ask the table itself; the variable's type says what it can be. */
function readBuilt({ path, text }: Source, chain: string): ClaimWrite[] {
  const [, word, variable] = /\.set\(\{[^}]*?\bstate: (?:("\w+")|(\w+))/.exec(chain) ?? [];
  if (chain.includes("insertInto") || chain.includes("$if")) throw unreadable(path, chain);
  if (variable !== undefined) {
    if (!chain.includes(`.where("state", "in", claimStatesBefore(${variable}))`)) throw unreadable(path, chain);
    const [, type = ""] = new RegExp(`\\b${variable}: ("\\w+"(?: \\| "\\w+")*)`).exec(text) ?? [];
    const targets = type.split(" | ").map((one) => stateIn(path, one));
    return targets.map((to) => ({ path, from: claimStatesBefore(to), to, hasEnd: true }));
  }
  if (word === undefined) return [];
  const conditions = [...chain.matchAll(/\.where\("(\w+)", "([^"]*)", ("\w+")?/g)].map(([, column, sign, value]) => {
    if (column === "state" && (sign !== "=" || value === undefined)) throw unreadable(path, chain);
    return `${column} ${sign} ${(value ?? "").replaceAll('"', "'")}`;
  });
  return [{ path, from: admitted(path, conditions.join(" and ")), to: stateIn(path, word), hasEnd: !chain.includes("expires_at: null") }];
}

/** What stands in the parentheses that were opened just before. */
function enclosed(text: string): string {
  let depth = 1;
  for (let at = 0; at < text.length; at += 1) {
    depth += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
    if (depth === 0) return text.slice(0, at);
  }
  return text;
}

/** The parts of a list in parentheses, each without the arguments of its functions. */
function listed(text: string): string[] {
  let flat = enclosed(text);
  while (/\([^()]+\)/.test(flat)) flat = flat.replace(/\([^()]+\)/g, "()");
  return flat.split(",").map((part) => part.trim());
}

function stateIn(path: string, word: string | undefined): ClaimState {
  const found = claimStates.find((state) => word === `'${state}'` || word === `"${state}"`);
  if (!found) throw unreadable(path, word ?? "a claim without a state");
  return found;
}

const unreadable = (path: string, part: string) => new Error(`${path} writes claims in a way that this test cannot read: ${part.trim()}`);
