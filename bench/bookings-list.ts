import { randomUUID } from "node:crypto";
import { sha256Hex } from "#platform/ids.ts";
import type { BenchTenant } from "./fill.ts";
import { loadHttp, type Request } from "./http-load.ts";
import type { Row } from "./report.ts";
import type { BenchServer, Stage } from "./stage.ts";

type Headers = Record<string, string>;
type Place = { stage: Stage; server: BenchServer; tenant: BenchTenant; bookings: number; seconds: number };

/** The list of a tenant with half of all bookings, one reader at a time, and its whole file. */
export async function measureBookingsList({ stage, server, tenant, bookings, seconds }: Place): Promise<Row[]> {
  const headers = await keyOf(stage, tenant);
  const url = `http://127.0.0.1:${server.port}`;
  const deep = await deepCursor(url, headers);
  const cases: Record<string, () => string> = {
    "list, first page": () => "",
    "list, deep page by cursor": () => `?cursor=${deep}`,
    "list, one professional": () => `?professional=${tenant.professionals[turn() % 100]}`,
    "list, cancelled (1 in 500)": () => "?status=cancelled",
    "search, frequent name": () => `?search=${encodeURIComponent(["ana", "josé", "pérez", "lucia"][turn() % 4] ?? "")}`,
    "search, name and surnames": () => `?search=${["ana%20perez", "zoe%20navera", "ines%20ortillo%20mora"][turn() % 3]}`,
    "search, phone number": () => `?search=3${String((turn() * 2 * 7919) % 1_000_000_000).padStart(9, "0")}`,
    "search, nobody": () => "?search=nadie",
  };
  const rows: Row[] = [];
  for (const [name, query] of Object.entries(cases)) {
    const next = (): Request => ({ method: "GET", path: `/api/bookings${query()}`, headers });
    await loadHttp({ port: server.port, clients: 1, seconds: seconds / 4, next });
    const { perSecond, p50Ms, p95Ms, p99Ms, statuses } = await loadHttp({ port: server.port, clients: 1, seconds, next });
    const wrong = Object.keys(statuses).filter((status) => status !== "200");
    const note = wrong.length > 0 ? `ANSWERED ${wrong}` : "";
    rows.push({ name, bookings, clients: 1, perSecond, floorPerSecond: null, p50Ms, p95Ms, p99Ms, note });
    console.log(`  ${name}: p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms ${note}`);
  }
  return [...rows, await measureExport({ server, url, headers, bookings })];
}

let turns = 0;
function turn(): number {
  turns += 1;
  return turns;
}

async function keyOf({ owner }: Stage, { tenantId }: BenchTenant): Promise<Headers> {
  const key = `kf_${randomUUID()}`;
  await owner.query("insert into api_key (tenant_id, name, shown, hash, permissions) values ($1, 'Bench', 'kf_', $2, $3)", [
    tenantId,
    sha256Hex(key),
    ["bookings.read"],
  ]);
  return { authorization: `Bearer ${key}` };
}

/** From the middle of all that there is. */
async function deepCursor(url: string, headers: Headers): Promise<string> {
  const read = async (query: string) =>
    (await (await fetch(`${url}/api/bookings?limit=1${query}`, { headers })).json()) as {
      bookings: { startsAt: string }[];
      nextCursor: string | null;
    };
  const ends = await Promise.all(["", "&order=soonest&from=1970-01-01"].map(read));
  const [newest = 0, oldest = 0] = ends.map(({ bookings: [one] }) => Date.parse(one?.startsAt ?? ""));
  const day = new Date((newest + oldest) / 2).toISOString().slice(0, 10);
  return (await read(`&to=${day}`)).nextCursor ?? "";
}

type Exported = { server: BenchServer; url: string; headers: Headers; bookings: number };

async function measureExport({ server, url, headers, bookings }: Exported): Promise<Row> {
  const before = await server.rssMiB();
  const startedAt = performance.now();
  const { body } = await fetch(`${url}/api/bookings.csv`, { headers });
  let peak = before;
  let lines = 0;
  let seenAt = 0;
  for await (const piece of body ?? []) {
    for (const byte of piece) if (byte === 10) lines += 1;
    if (performance.now() - seenAt < 250) continue;
    seenAt = performance.now();
    peak = Math.max(peak, await server.rssMiB());
  }
  const took = (performance.now() - startedAt) / 1000;
  const memory = `${before.toFixed(0)} MiB before, ${peak.toFixed(0)} at its peak`;
  const note = `${(lines - 1).toLocaleString("en")} rows in ${took.toFixed(0)} s; ${memory}`;
  console.log(`  export: ${note}`);
  return { name: "export as CSV", bookings, clients: 1, perSecond: (lines - 1) / took, floorPerSecond: null, note };
}
