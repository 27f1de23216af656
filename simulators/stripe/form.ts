/** A parameter of the API: a text, or parameters under names or places. */
export type Params = { [name: string]: Param };
export type Param = string | Params;

const depthMax = 8;
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/** Reads `line_items[0][price_data][currency]=cop`, as every body and query of Stripe is written. */
export function parseForm(text: string): Params {
  const root: Params = {};
  for (const [name, value] of new URLSearchParams(text)) put(root, namesOf(name), value);
  return root;
}

function namesOf(name: string): string[] {
  const [head = "", ...rest] = name.split("[");
  return [head, ...rest.map((part) => part.replace(/\]$/, ""))].slice(0, depthMax);
}

function put(root: Params, names: string[], value: string): void {
  let at = root;
  for (const [index, raw] of names.entries()) {
    // `expand[]=` takes the next place.
    const name = raw === "" ? String(Object.keys(at).length) : raw;
    if (forbidden.has(name)) return;
    if (index === names.length - 1) {
      at[name] = value;
      return;
    }
    const inner = at[name];
    const next: Params = typeof inner === "object" ? inner : {};
    at[name] = next;
    at = next;
  }
}

/** `at(params, "line_items", "0", "quantity")` */
export function at(params: Param | undefined, ...names: string[]): Param | undefined {
  let value = params;
  for (const name of names) value = typeof value === "object" ? value[name] : undefined;
  return value;
}

export function textAt(params: Param | undefined, ...names: string[]): string | undefined {
  const value = at(params, ...names);
  return typeof value === "string" ? value : undefined;
}

/** A list, or a hash whose names are places. */
export function textsAt(params: Param | undefined, ...names: string[]): string[] {
  const value = at(params, ...names);
  return typeof value === "object" ? Object.values(value).filter((each): each is string => typeof each === "string") : [];
}

export function hashAt(params: Param | undefined, ...names: string[]): Record<string, string> {
  const value = at(params, ...names);
  const entries = typeof value === "object" ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
