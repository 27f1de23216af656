import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const facts = z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })).default([]);
const span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes: facts,
  events: z.array(z.unknown()).default([]),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }),
});
/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
const delivery = z.object({
  resourceSpans: z.array(z.object({ resource: z.object({ attributes: facts }), scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

export type SeenSpan = z.infer<typeof span> & { service: string };
export type Collector = { url: string; port: number; spans: SeenSpan[]; words(): string; stop(): Promise<void> };

/** Takes traces as OTLP in JSON, and nothing else. */
export async function startCollector(port = 0): Promise<Collector> {
  const spans: SeenSpan[] = [];
  let words = "";
  const server = createServer(async (request, response) => {
    const body = await text(request);
    words += body;
    const isRight = request.method === "POST" && request.url === "/v1/traces" && request.headers["x-key"] === "of-the-collector";
    for (const { resource, scopeSpans } of isRight ? delivery.parse(JSON.parse(body)).resourceSpans : []) {
      const service = String(resource.attributes.find(({ key }) => key === "service.name")?.value["stringValue"]);
      for (const scope of scopeSpans) spans.push(...scope.spans.map((seen) => ({ ...seen, service })));
    }
    response.writeHead(isRight ? 200 : 400, { "content-type": "application/json" }).end("{}");
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    spans,
    words: () => words,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
