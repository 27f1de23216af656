import { randomUUID } from "node:crypto";
import type { BenchTenant } from "./fill.ts";
import { type Load, loadHttp, type Request } from "./http-load.ts";
import type { Row } from "./report.ts";
import type { BenchServer } from "./stage.ts";
import { nextHold } from "./work.ts";

const pairs = 7;
const browser = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36";

type Measured = { server: BenchServer; tenants: BenchTenant[]; bookings: number; clients: number; seconds: number };

/**
 * What counting costs the customer: holds with a visit of their own beside holds without one, in
 * turns, so that both see the same machine. Writing what was counted falls into both kinds of turn.
 */
export async function measureCounting({ server, tenants, bookings, clients, seconds }: Measured): Promise<Row> {
  const turn = (next: () => Request): Promise<Load> => loadHttp({ port: server.port, clients, seconds: seconds / 2, next });
  const counted: Load[] = [];
  const plain: Load[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const isFirst = pair % 2 === 0;
    if (isFirst) plain.push(await turn(() => nextHold(tenants)));
    counted.push(await turn(() => asVisit(nextHold(tenants))));
    if (!isFirst) plain.push(await turn(() => nextHold(tenants)));
  }
  const ratios = counted.map(({ perSecond }, pair) => perSecond / (plain[pair]?.perSecond ?? perSecond));
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const of = (loads: Load[], what: keyof Omit<Load, "statuses">) => median(loads.map((load) => load[what]));
  const note = `counted / not counted, median of ${pairs} pairs: ${median(ratios).toFixed(2)}; without: p50 ${of(plain, "p50Ms").toFixed(1)} ms, p99 ${of(plain, "p99Ms").toFixed(1)} ms`;
  console.log(`  hold as a visit, ${clients} clients: ${note}`);
  return {
    name: "hold as a visit (floor: without)",
    bookings,
    clients,
    perSecond: of(counted, "perSecond"),
    floorPerSecond: of(plain, "perSecond"),
    p50Ms: of(counted, "p50Ms"),
    p95Ms: of(counted, "p95Ms"),
    p99Ms: of(counted, "p99Ms"),
    note,
  };
}

function asVisit(request: Request): Request {
  return { ...request, headers: { ...request.headers, "x-visit": randomUUID(), "user-agent": browser } };
}
