import type { RefusalCode } from "../problem.ts";
import type { Operation } from "./operation.ts";

/** An operation's own refusals, then the ones that follow from its other fields. */
export function refusalsOf(operation: Operation): RefusalCode[] {
  const { callers, limit, params, query } = operation;
  const isBrowserChange = operation.isSameSite === true;
  const codes: (RefusalCode | false | undefined)[] = [
    ...(operation.refusals ?? []),
    params?.refusedAs !== "invalid_request" && params?.refusedAs,
    query?.refusedAs,
    ...(operation.takesKey ? onceRefusals : []),
    ...(operation.body ? bodyRefusals : []),
    ...(operation.upload ? uploadRefusals : []),
    operation.permission && "unauthorized",
    operation.permission && "forbidden",
    operation.permission && "tenant_missing",
    (callers.includes("operator") || callers.includes("person")) && "unauthorized",
    isBrowserChange && "cross_site",
    isBrowserChange && "https_required",
    limit !== "none" && "rate_limited",
  ];
  return [...new Set(codes.filter((code) => code !== undefined && code !== false))];
}

const onceRefusals = ["idempotency_key_reused", "idempotency_in_progress"] as const;
const bodyRefusals = ["invalid_request", "malformed_json", "body_incomplete", "unsupported_media_type", "body_too_large"] as const;
const uploadRefusals = ["image_type", "image_unreadable", "body_incomplete", "body_too_large", "unsupported_media_type"] as const;
