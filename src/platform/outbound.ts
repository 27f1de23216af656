import { setDefaultAutoSelectFamilyAttemptTimeout } from "node:net";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { inOutboundSpan } from "./tracing/spans.ts";

export type ServiceCall = {
  /** Named in failures, so never a person's or tenant's name. */
  provider: string;
  url: string | URL;
  method: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  timeoutMs?: number;
  maxReplyBytes?: number;
};

/** `json` throws ProviderFailure when the text is not JSON. Its result must still be parsed. */
export type ServiceReply = { status: number; headers: Headers; bytes: Uint8Array; readonly text: string; json(): unknown };

// A host's addresses are tried in turn. Node's 250 ms would drop one that is only far away, and
// end at a dead one.
setDefaultAutoSelectFamilyAttemptTimeout(2500);

const replyBytesMax = 1024 * 1024;
const retryAfterSecondsMax = 86_400;

/**
 * The only way to call an outside service. Every status is a reply. Never follows a redirect, so no
 * key travels to another host. Throws ProviderFailure `unreachable` for network errors and
 * timeouts.
 */
export function callService(call: ServiceCall): Promise<ServiceReply> {
  return inOutboundSpan(call, async (span) => {
    const reply = await send(call);
    span.add({ "http.response.status_code": reply.status });
    return reply;
  });
}

async function send(call: ServiceCall): Promise<ServiceReply> {
  const { provider, timeoutMs = 10_000, maxReplyBytes = replyBytesMax } = call;
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: { accept: "application/json", ...call.headers },
      body: call.body ?? null,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return replyOf(response, await readLimited(response, maxReplyBytes, provider), provider);
  } catch (error) {
    if (error instanceof ProviderFailure) throw error;
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    const message = isLate ? `no answer within ${timeoutMs} ms` : `the connection failed (${networkCode(error)})`;
    throw new ProviderFailure({ provider, kind: "unreachable", message });
  }
}

function replyOf({ status, headers }: Response, bytes: Buffer, provider: string): ServiceReply {
  const text = () => bytes.toString("utf8");
  return {
    status,
    headers,
    bytes,
    get text() {
      return text();
    },
    json: () => parseJson(text(), provider),
  };
}

/** Explains an unexpected reply. `asked` says what was wanted. The reply's text stays out of it. */
export function failureOfReply(input: { provider: string; reply: { status: number; headers: Headers }; asked: string }): ProviderFailure {
  const { provider, asked, reply } = input;
  const message = `${asked} was answered with status ${reply.status}`;
  return new ProviderFailure({ provider, kind: kindOfStatus(reply.status), message, retryAfterSeconds: readRetryAfter(reply.headers) });
}

/** Reads seconds or a date (RFC 9110 §10.2.3), at most a day. Returns null for anything else. */
export function readRetryAfter(headers: Headers, nowMs: number = Date.now()): number | null {
  const value = headers.get("retry-after")?.trim() ?? "";
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - nowMs) / 1000);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, retryAfterSecondsMax) : null;
}

function kindOfStatus(status: number): ProviderFailure["kind"] {
  if (status === 401 || status === 403) return "misconfigured";
  if (status === 408 || status === 425 || status === 429 || status >= 500) return "unreachable";
  return status >= 400 ? "refused" : "unexpected_reply";
}

async function readLimited(response: Response, bytesMax: number, provider: string): Promise<Buffer> {
  if (!response.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > bytesMax)
      throw new ProviderFailure({ provider, kind: "unexpected_reply", message: `the reply is longer than ${bytesMax} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(text: string, provider: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderFailure({ provider, kind: "unexpected_reply", message: "the reply is not JSON" });
  }
}

/** Returns `ECONNREFUSED` or the like. A message could repeat the address with its query. */
function networkCode(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code: unknown = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^[A-Z_]{2,40}$/.test(code) ? code : "no code";
}
