import type { LookupFunction } from "node:net";
import { Agent, request } from "undici";
import { type CallbackProblem, isTlsCode } from "#domain/callbacks/problems.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { readRetryAfter } from "#platform/outbound.ts";
import { inOutboundSpan } from "#platform/tracing/spans.ts";
import { type CheckedAddress, checkCallbackAddress, type Resolve, type ResolvedAddress } from "./address-guard.ts";

export type CallbackPost = {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs?: number;
  /** Tests only: another resolver and another list of private servers. */
  guard?: { resolve?: Resolve; allowed?: string };
};
/** `bodyExcerpt` has at most 1000 characters and no control characters. */
export type CallbackReply = {
  status: number;
  retryAfterSeconds: number | null;
  contentType: string | null;
  bodyExcerpt: string;
  durationMs: number;
};

const excerptCharsMax = 1000;
const readBytesMax = 16 * 1024;

/**
 * Makes one attempt. Every status is a reply, and no redirect is followed. Throws ProviderFailure
 * `refused` for a forbidden address, `unreachable` for network errors and timeouts.
 */
export function postCallback(post: CallbackPost): Promise<CallbackReply> {
  return inOutboundSpan({ method: "POST", url: post.url }, async (span) => {
    const reply = await send(post);
    span.add({ "http.response.status_code": reply.status });
    return reply;
  });
}

async function send(post: CallbackPost): Promise<CallbackReply> {
  const { headers, body, timeoutMs = 10_000 } = post;
  const startedAt = performance.now();
  const checked = await checkCallbackAddress(post.url, post.guard);
  const agent = pinnedAgent(checked, timeoutMs);
  try {
    const reply = await request(checked.url, {
      method: "POST",
      dispatcher: agent,
      headers: { "content-type": "application/json; charset=utf-8", "user-agent": "Konfirmado-Callback/1", accept: "*/*", ...headers },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bodyExcerpt = await readExcerpt(reply.body);
    const retryAfterSeconds = readRetryAfter(new Headers({ "retry-after": String(reply.headers["retry-after"] ?? "") }));
    const contentType = String(reply.headers["content-type"] ?? "") || null;
    const durationMs = Math.round(performance.now() - startedAt);
    return { status: reply.statusCode, retryAfterSeconds, contentType, bodyExcerpt, durationMs };
  } catch (error) {
    throw failureOf(error, timeoutMs);
  } finally {
    await agent.destroy();
  }
}

/** Connects to the checked addresses only. The name is never looked up a second time. */
function pinnedAgent({ addresses }: CheckedAddress, timeoutMs: number): Agent {
  return new Agent({ connect: { lookup: pinnedLookup(addresses), timeout: timeoutMs }, connections: 1, pipelining: 0 });
}

function pinnedLookup(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_host, options, done) => {
    const [first] = addresses;
    if (options.all) return done(null, [...addresses]);
    return first ? done(null, first.address, first.family) : done(new Error("no address"), "", 4);
  };
}

async function readExcerpt(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= readBytesMax) break;
  }
  // PostgreSQL's text cannot hold a NUL, and a log should not hold escape sequences.
  return Buffer.concat(chunks)
    .toString("utf8")
    .replaceAll(/\p{Cc}+/gu, " ")
    .slice(0, excerptCharsMax);
}

function failureOf(error: unknown, timeoutMs: number): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  const isLate = error instanceof Error && (error.name === "TimeoutError" || error.name === "ConnectTimeoutError");
  const given: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  const code = typeof given === "string" ? given : "no code";
  const message = isLate ? `no answer within ${timeoutMs} ms` : `the connection failed (${code})`;
  const reason: CallbackProblem = isLate ? "timeout" : isTlsCode(code) ? "tls" : "connection";
  return new ProviderFailure({ provider: "callback", kind: "unreachable", message, reason });
}
