import { env } from "./env.ts";
import type { RunningSpan, SpanStart, Tracing } from "./span-types.ts";

export type { RunningSpan } from "./span-types.ts";

/** Next bundles its own copy of this file; both copies must see the same spans. */
const shared = globalThis as typeof globalThis & { konfirmadoTracing?: Tracing | undefined };

/** Only with OTEL_EXPORTER_OTLP_ENDPOINT is anything loaded; without it, `inSpan` does nothing but `run`. */
export async function startTracing(): Promise<void> {
  if (env().OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  const { createTracing } = await import("./tracing.ts");
  shared.konfirmadoTracing ??= createTracing();
}

/** What is still unsent goes out now, for a few seconds at most. */
export async function stopTracing(): Promise<void> {
  await shared.konfirmadoTracing?.stop();
  shared.konfirmadoTracing = undefined;
}

export const isTracing = (): boolean => shared.konfirmadoTracing !== undefined;

/** Everything that `run` does, and everything it sets in motion, belongs to this span. */
export function inSpan<T>(start: SpanStart, run: (span: RunningSpan) => Promise<T>): Promise<T> {
  return shared.konfirmadoTracing ? shared.konfirmadoTracing.inSpan(start, run) : run(noSpan);
}

const noSpan: RunningSpan = { rename() {}, add() {}, fail() {} };

/** An outside call: which host, never which path. */
export function inOutboundSpan<T>(call: { method: string; url: string | URL }, run: (span: RunningSpan) => Promise<T>): Promise<T> {
  if (!isTracing()) return run(noSpan);
  const hostname = URL.parse(String(call.url))?.hostname ?? "unknown";
  return inSpan({ name: `${call.method} ${hostname}`, kind: "client", facts: { "server.address": hostname } }, run);
}

/** The running span, as its followers in other processes need it. */
export const traceparent = (): string | undefined => shared.konfirmadoTracing?.traceparent();
