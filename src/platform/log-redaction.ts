import pg from "pg";

/** Fields that never reach a log, at any depth: secrets, and personal data of customers. */
const secretNames =
  /pass(word|wd)?$|secret|token$|^authorization$|cookie|credential|api_?key$|private_?key$|integrity|e_?mail|phone|tel[eé]fono|customer|usuario|^session|^body$|^name$|nombre|address$|^detail$|^where$|^parameters$|^values$|^query$|^raw$/i;
const censor = "[redacted]";
const depthMax = 6;
const entriesMax = 50;
const textCharsMax = 4000;

/** Removes secret and personal fields from a log line, and limits its size. */
export function cleanFields(fields: Record<string, unknown>): Record<string, unknown> {
  return cleanObject(fields, 0);
}

/**
 * Of Colombia, alone or in groups, and of France. Not what is part of an id, a time or an address
 * of the network: those have other digits, letters, dots or dashes around them.
 */
const nationalPhone = /(?<![\w.-])(?:(?:57)?3\d{9}|\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}|0[1-9](?:[\s.-]?\d{2}){4})(?![\w-])/g;

/**
 * Removes mail addresses, phone numbers, tokens, passwords in addresses, and the values that
 * PostgreSQL repeats from text that others wrote. The JSON encoder handles line breaks.
 */
export function cleanText(text: string): string {
  return (
    text
      .slice(0, textCharsMax)
      .replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi, `$1${censor}@`)
      .replaceAll(/([?&](?:token|key|secret|signature|password)=)[^&\s"']+/gi, `$1${censor}`)
      .replaceAll(/[^\s"'<>()[\],:;=&/?]+@[^\s"'<>()[\],:;=&/?]+\.[^\s"'<>()[\],:;=&/?]+/g, censor)
      .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${censor}`)
      .replaceAll(/(\/pay\/return\/[^/\s]+\/)[\w-]+/g, `$1${censor}`)
      .replaceAll(/\b(whsec_|prv_|pub_|v1\.)[\w.+/=-]{6,}/g, `$1${censor}`)
      .replaceAll(/(?:\+|\b00)[1-9][\d\s()./-]{6,}\d/g, censor)
      .replaceAll(nationalPhone, censor)
      // PostgreSQL: `invalid … for type uuid: "…"`, `Key (customer_email)=(…)`, `row contains (…)`.
      .replaceAll(/: ".*?"(?=$|\s*(?:at\b|\n))/gs, `: "${censor}"`)
      .replaceAll(/\)=\([^)]*\)/g, `)=(${censor})`)
      .replaceAll(/(Failing row contains )\(.*\)/gs, `$1(${censor})`)
  );
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? String(value) : value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth >= depthMax) return "[deeper]";
  if (value instanceof Error) return cleanError(value, depth);
  if (Array.isArray(value)) return value.slice(0, entriesMax).map((entry) => cleanValue(entry, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return `[${value.constructor.name} of ${value.size}]`;
  return cleanObject(value, depth + 1);
}

function cleanObject(object: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(object).slice(0, entriesMax);
  return Object.fromEntries(entries.map(([name, value]) => [name, isSecret(name) && value !== null ? censor : cleanValue(value, depth)]));
}

/** Reads `x_token`, `X-Api-Key` and `apiKey` alike. Keeps our own names that only look secret. */
const isSecret = (name: string): boolean => secretNames.test(name.replaceAll("-", "_")) && !harmless.has(name);
const harmless = new Set(["customerCount", "sessions"]);

/** PostgreSQL's errors carry rows in `detail` and values in `where`, so only the place is kept. */
function cleanError(error: Error, depth: number): Record<string, unknown> {
  const place = error instanceof pg.DatabaseError ? { code: error.code, table: error.table, constraint: error.constraint } : {};
  const cause = error.cause === undefined ? {} : { cause: cleanValue(error.cause, depth + 1) };
  return {
    type: error.name,
    message: cleanText(error.message),
    stack: error.stack ? cleanText(error.stack) : undefined,
    ...place,
    ...cause,
  };
}
