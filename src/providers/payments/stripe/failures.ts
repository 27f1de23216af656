import { z } from "zod";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { scrubText } from "../scrub.ts";

export const failure = (kind: ProviderFailure["kind"], message: string, reason?: string) =>
  new ProviderFailure({ provider: "stripe", kind, message, ...(reason !== undefined && { reason }) });

/** What the official client throws. Its message may quote a key or an address, and stays out. */
const errorShape = z.object({
  type: z.string(),
  rawType: z.string().optional(),
  code: z.string().optional(),
  statusCode: z.int().optional(),
  param: z.string().optional(),
  detail: z.unknown(),
  headers: z.record(z.string(), z.unknown()).optional(),
});
export type StripeProblem = Omit<z.output<typeof errorShape>, "detail" | "headers"> & { isReplayed: boolean };

/** Returns null for what did not come from Stripe's API. */
export function problemOf(error: unknown): StripeProblem | null {
  const parsed = error instanceof Error ? errorShape.safeParse(error) : null;
  if (!parsed?.data?.type.startsWith("Stripe")) return null;
  const { headers, detail: _detail, ...rest } = parsed.data;
  return { ...rest, isReplayed: headers?.["idempotent-replayed"] === "true" };
}

/** https://docs.stripe.com/error-handling */
export function failureOf(error: unknown, asked: string): unknown {
  if (error instanceof ProviderFailure) return error;
  const detail = error instanceof Error && "detail" in error ? error.detail : undefined;
  // From our own transport (client.ts).
  if (detail instanceof ProviderFailure) return detail;
  const problem = problemOf(error);
  if (!problem) return error;
  const said = [problem.statusCode, problem.code ?? problem.rawType, problem.param].filter((word) => word !== undefined).join(" ");
  return failure(kindOf(problem), `${asked} was answered with ${said === "" ? problem.type : said}`, problem.code);
}

function kindOf({ type, statusCode, code }: StripeProblem): ProviderFailure["kind"] {
  if (type === "StripeAuthenticationError" || type === "StripePermissionError") return "misconfigured";
  if (type === "StripeRateLimitError" || type === "StripeConnectionError") return "unreachable";
  // The same key is at work in another request, or a lock was not had in time.
  if (statusCode === 409 || code === "lock_timeout" || code === "idempotency_key_in_use") return "unreachable";
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? "refused" : "unexpected_reply";
}

export function scrub(text: string): string {
  return scrubText(text, { fields: scrubbedFields, patterns: secretPatterns });
}

const secretPatterns = [/\b(sk|rk)_(test|live)_\w+/g, /\bwhsec_[\w+/=]+/g, /\b(Bearer|Basic) [\w.~+/=-]+/gi];
const scrubbedFields = new Set([
  "customer_email",
  "customer_details",
  "collected_information",
  "billing_details",
  "shipping",
  "shipping_details",
  "receipt_email",
  "receipt_url",
  "client_secret",
  "evidence",
  "email",
  "phone",
  "name",
  "url",
  "fingerprint",
]);
