import { createHash } from "node:crypto";

const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");

export type IntegrityInput = {
  reference: string;
  amountInCents: string;
  currency: string;
  expirationTime: string | null;
  integritySecret: string;
};

/** https://docs.wompi.co/docs/colombia/widget-checkout-web/ : concatenation, secret last. */
export function integritySignature(input: IntegrityInput): string {
  const { reference, amountInCents, currency, expirationTime, integritySecret } = input;
  return sha256Hex(reference + amountInCents + currency + (expirationTime ?? "") + integritySecret);
}

/** https://docs.wompi.co/docs/colombia/eventos/ : `properties` are read inside `data`. */
export function eventChecksum(input: { data: unknown; properties: string[]; timestamp: number; eventsSecret: string }): string {
  const values = input.properties.map((path) => String(valueAt(input.data, path) ?? ""));
  return sha256Hex(values.join("") + input.timestamp + input.eventsSecret);
}

function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
