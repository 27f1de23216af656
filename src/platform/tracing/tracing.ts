import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, isSpanContextValid, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { env } from "../env.ts";
import { logger } from "../logger.ts";
import { requestId } from "../request-id.ts";
import type { RunningSpan, SpanStart, Tracing } from "./span-types.ts";

/** A stopping process waits no longer for the collector. */
const flushMsMax = 3000;
const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const;

/**
 * Registers nothing with OpenTelemetry's globals, because Next would use them for spans with whole
 * addresses. Sends spans in batches. Drops what the collector does not take; nobody waits for it.
 */
export function createTracing(): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "konfirmado" }).merge(
      detectResources({ detectors: [serviceInstanceIdDetector, resourceAttributesEnvDetector, serviceNameEnvDetector] }),
    ),
    sampler: sampler(),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: saidOnce(new OTLPTraceExporter()), scheduledDelayMillis: env().OTEL_BSP_SCHEDULE_DELAY }),
    ],
  });
  const tracer = provider.getTracer("konfirmado");
  const current = new AsyncLocalStorage<Span>();

  const contextOf = (parent: unknown): Context => {
    const around = current.getStore();
    if (parent === undefined && around) return trace.setSpan(ROOT_CONTEXT, around);
    return typeof parent === "string" ? fromOutside(parent) : ROOT_CONTEXT;
  };
  return {
    async inSpan(start, run) {
      const span = tracer.startSpan(
        start.name,
        { kind: start.kind ? kinds[start.kind] : SpanKind.INTERNAL, attributes: factsOf(start) },
        contextOf(start.parent),
      );
      try {
        return await current.run(span, () => run(handleOf(span)));
      } catch (error) {
        handleOf(span).fail(typeOf(error));
        throw error;
      } finally {
        span.end();
      }
    },
    traceparent() {
      const context = current.getStore()?.spanContext();
      return context && `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, "0")}`;
    },
    async stop() {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, flushMsMax);
      // A failure here has been logged already.
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}

/** Adds the request's id, as in the logs. */
function factsOf({ facts }: SpanStart): Record<string, string | number> {
  const id = requestId();
  return id ? { ...facts, "konfirmado.request_id": id } : { ...facts };
}

function handleOf(span: Span): RunningSpan {
  return {
    rename: (name) => void span.updateName(name),
    add: (facts) => void span.setAttributes(facts),
    fail(type) {
      span.setAttribute("error.type", type);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}

/** Returns a class of error or our own code. A message may repeat what a customer typed. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "kind" in error && typeof error.kind === "string" ? `${error.name} ${error.kind}` : error.name;
}

/** https://www.w3.org/TR/trace-context/#traceparent-header . A malformed one starts a new trace. */
function fromOutside(text: string): Context {
  const [, traceId = "", spanId = "", flags = ""] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text) ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(context) ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT;
}

/** The SDK ignores both: https://github.com/open-telemetry/opentelemetry-js/issues/6595 */
function sampler(): Sampler {
  const { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio } = env();
  const alwaysOrNever = name.endsWith("always_on") ? new AlwaysOnSampler() : new AlwaysOffSampler();
  const root = name.endsWith("traceidratio") ? new TraceIdRatioBasedSampler(ratio) : alwaysOrNever;
  return name.startsWith("parentbased_") ? new ParentBasedSampler({ root }) : root;
}

/** Logs once when the collector goes away and once when it is back. */
function saidOnce(exporter: SpanExporter): SpanExporter {
  let isAway = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        // ExportResultCode.SUCCESS
        const isSent = result.code === 0;
        if (!isSent && !isAway)
          logger().warn({ error: result.error?.message }, "the collector takes no traces; they are dropped until it does");
        if (isSent && isAway) logger().info("the collector takes traces again");
        isAway = !isSent;
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}
