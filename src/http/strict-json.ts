import { Refusal } from "#contracts/problem.ts";

/** More than this API needs, less than costs anything. */
const depthMax = 32;
/** One token: a string, a number, a word or punctuation, after white space. */
const token = /[\s]*(?:("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|([{}[\],:])|([a-z]+))/y;

/**
 * Parses JSON that has one meaning only. Parsers differ on repeated keys and on numbers beyond a
 * double (RFC 8259 §4, §6). Refuses such a body, `__proto__`, NULs and deep nesting as
 * malformed_json.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw malformed("The body is not UTF-8.");
  }
  refuseAmbiguous(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformed();
  }
}

/** Leaves the grammar to `JSON.parse`, which then reads a shallow text. */
function refuseAmbiguous(text: string): void {
  const open: (Set<string> | null)[] = [];
  let key: string | null = null;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [, string, number, mark] = found;
    if (string !== undefined) key = textOf(string);
    if (number !== undefined) refuseUnsafeNumber(number);
    if (mark === "{" || mark === "[") open.push(mark === "{" ? new Set() : null);
    if (mark === "}" || mark === "]") open.pop();
    if (mark === ":") rememberKey(open.at(-1), key);
    if (open.length > depthMax) throw malformed(`The body is nested deeper than ${depthMax} levels.`);
  }
}

function textOf(literal: string): string {
  let text: unknown;
  try {
    text = JSON.parse(literal);
  } catch {
    throw malformed();
  }
  if (typeof text !== "string" || text.includes("\0")) throw malformed("A text contains a NUL.");
  return text;
}

function rememberKey(keys: Set<string> | null | undefined, key: string | null): void {
  if (!keys || key === null) return;
  if (key === "__proto__") throw malformed("The key __proto__ is not allowed.");
  if (keys.has(key)) throw malformed(`The key ${JSON.stringify(key.slice(0, 40))} occurs twice in one object.`);
  keys.add(key);
}

function refuseUnsafeNumber(literal: string): void {
  if (Math.abs(Number(literal)) > Number.MAX_SAFE_INTEGER) throw malformed("A number is beyond 2^53.");
}

const malformed = (detail?: string) => new Refusal("malformed_json", detail);
