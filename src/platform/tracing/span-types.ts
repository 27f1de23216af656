/** Hold routes, hosts, names of jobs and statuses; never a path, a query or personal data. */
type Facts = Record<string, string | number>;
export type SpanStart = {
  name: string;
  kind?: "server" | "client" | "consumer";
  /** A traceparent (w3.org/TR/trace-context), or null for a new trace. Default: the span around. */
  parent?: unknown;
  facts?: Facts;
};
export type RunningSpan = { rename(name: string): void; add(facts: Facts): void; fail(type: string): void };
export type Tracing = {
  inSpan<T>(start: SpanStart, run: (span: RunningSpan) => Promise<T>): Promise<T>;
  traceparent(): string | undefined;
  stop(): Promise<void>;
};
