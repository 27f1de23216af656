import { env } from "../env.ts";
import type { RunningSpan, SpanStart, Tracing } from "./span-types.ts";

export type { RunningSpan } from "./span-types.ts";

/** Next bundles its own copy of this file. Both copies must see the same spans. */
const shared = globalThis as typeof globalThis & { konfirmadoTracing?: Tracing | undefined };

/** Loads OpenTelemetry only with OTEL_EXPORTER_OTLP_ENDPOINT. Without it, `inSpan` just runs. */
export async function startTracing(): Promise<void> {
  if (env().OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  const { createTracing } = await import("./tracing.ts");
  shared.konfirmadoTracing ??= createTracing();
}

/** Sends what is still unsent, for a few seconds at most. */
export async function stopTracing(): Promise<void> {
  await shared.konfirmadoTracing?.stop();
  shared.konfirmadoTracing = undefined;
}

export const isTracing = (): boolean => shared.konfirmadoTracing !== undefined;

/** Whatever `run` does and causes belongs to this span. */
export function inSpan<T>(start: SpanStart, run: (span: RunningSpan) => Promise<T>): Promise<T> {
  return shared.konfirmadoTracing ? shared.konfirmadoTracing.inSpan(start, run) : run(noSpan);
}

const noSpan: RunningSpan = { rename() {}, add() {}, fail() {} };

/** Names the host of an outside call, never its path. */
export function inOutboundSpan<T>(call: { method: string; url: string | URL }, run: (span: RunningSpan) => Promise<T>): Promise<T> {
  if (!isTracing()) return run(noSpan);
  const hostname = URL.parse(String(call.url))?.hostname ?? "unknown";
  return inSpan({ name: `${call.method} ${hostname}`, kind: "client", facts: { "server.address": hostname } }, run);
}

/** Returns the running span in the form that other processes take. */
export const traceparent = (): string | undefined => shared.konfirmadoTracing?.traceparent();
