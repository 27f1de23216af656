import type { CredentialField } from "./connections.ts";

export type Mode = "test" | "production";
export type CredentialProblem = "missing" | "unknown" | "other_mode" | "other_field" | "malformed";
type Given = { fields: readonly CredentialField[]; mode: Mode; values: Readonly<Record<string, unknown>> };

/** By field, what is wrong with it. The server refuses with it, a page finds its words by it. */
export function credentialProblems({ fields, mode, values }: Given): Record<string, CredentialProblem> {
  const strange = Object.keys(values).filter((name) => !fields.some((field) => field.name === name));
  const problems = fields.flatMap((field) => {
    const problem = problemOf({ field, fields, mode, value: values[field.name] });
    return problem ? [[field.name, problem] as const] : [];
  });
  return Object.fromEntries([...problems, ...strange.map((name) => [name, "unknown"] as const)]);
}

type OneField = { field: CredentialField; fields: readonly CredentialField[]; mode: Mode; value: unknown };

function problemOf({ field, fields, mode, value }: OneField): CredentialProblem | null {
  if (value === undefined || value === "") return "missing";
  if (typeof value !== "string") return "malformed";
  const text = value.trim();
  if (text === "") return "missing";
  if (fields.some((other) => other !== field && startsAs(other, text))) return "other_field";
  if (field.prefixes && text.startsWith(field.prefixes[otherMode(mode)])) return "other_mode";
  const isRight = new RegExp(field.pattern).test(text) && (!field.prefixes || text.startsWith(field.prefixes[mode]));
  return isRight ? null : "malformed";
}

function startsAs({ prefixes }: CredentialField, text: string): boolean {
  return prefixes !== null && Object.values(prefixes).some((prefix) => text.startsWith(prefix));
}

const otherMode = (mode: Mode): Mode => (mode === "test" ? "production" : "test");
