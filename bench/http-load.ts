import { connect, type Socket } from "node:net";

export type Load = {
  count: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  statuses: Record<string, number>;
};
export type Request = { method: string; path: string; headers?: Record<string, string>; body?: string };

/**
 * Keeps `clients` connections busy for `seconds`, or until there is no next request. A bare
 * HTTP/1.1 client, because it shares the processors with the server.
 */
export async function loadHttp(input: { port: number; clients: number; seconds: number; next: () => Request | undefined }): Promise<Load> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const startedAt = performance.now();
  const until = startedAt + input.seconds * 1000;
  const count = (status: string, ms: number) => {
    latencies.push(ms);
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: input.clients }, () => keepBusy({ ...input, until, count })));
  return summary(latencies, statuses, (performance.now() - startedAt) / 1000);
}

/** Sends a fixed number of requests, `clients` at a time. */
export async function loadHttpOnce(input: { port: number; clients: number; requests: Request[] }): Promise<Load> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const queue = [...input.requests];
  const startedAt = performance.now();
  const count = (status: string, ms: number) => {
    latencies.push(ms);
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const next = () => queue.pop();
  await Promise.all(
    Array.from({ length: input.clients }, () => keepBusy({ port: input.port, next, until: Number.POSITIVE_INFINITY, count })),
  );
  return summary(latencies, statuses, (performance.now() - startedAt) / 1000);
}

export function summary(latencies: number[], statuses: Record<string, number>, seconds: number): Load {
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    count: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    statuses,
  };
}

type Busy = { port: number; next: () => Request | undefined; until: number; count: (status: string, ms: number) => void };

function keepBusy({ port, next, until, count }: Busy): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    let sentAt = 0;
    let received = "";
    const send = () => {
      const request = performance.now() < until ? next() : undefined;
      if (!request) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(asText(request, port));
    };
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!isWhole(received)) return;
      count(received.slice(9, 12), performance.now() - sentAt);
      received = "";
      send();
    });
  });
}

function asText({ method, path, headers = {}, body }: Request, port: number): string {
  const lines = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body !== undefined) lines.push("content-type: application/json", `content-length: ${Buffer.byteLength(body)}`);
  return `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  if (length !== undefined) return text.length >= end + 4 + Number(length);
  return /transfer-encoding: chunked/i.test(text.slice(0, end)) ? text.endsWith("\r\n0\r\n\r\n") || text.endsWith("0\r\n\r\n") : true;
}
