import { randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { closeDb } from "#platform/db.ts";
import { ownProviders, paymentProviders } from "#providers/payments/registry.ts";
import type { BenchTenant } from "./fill.ts";
import { type Load, loadHttp } from "./http-load.ts";
import { nextEventOf } from "./provider-events.ts";
import type { Row } from "./report.ts";
import { makePaidBookings, type PaidBooking, settleLoad } from "./settle.ts";
import type { BenchServer, Stage } from "./stage.ts";

type Wish = { stage: Stage; server: BenchServer; tenants: BenchTenant[]; bookings: number; clients: number[]; seconds: number };
type Account = BenchTenant & { credentials: Record<string, string> };
type Slice = { clients: number; seconds: number };
type Run = (provider: string) => Promise<Load>;

/** The first one, with which the others are compared. */
const measure = "wompi";
/** Even, because every second round goes backwards. */
const roundsEach = 12;
let serial = 0;

/**
 * Receiving and settling by provider, beside the first one. All take turns in slices of a third of
 * a second, so that whatever else the machine does falls on all of them alike. Settling
 * measures our work: what the provider answers is given.
 */
export async function measureProviders({ stage, server, tenants, bookings, clients, seconds }: Wish): Promise<Row[]> {
  const accounts = await openAccounts(tenants);
  const providers = [measure, ...[...accounts.keys()].filter((id) => id !== measure)];
  const rows: Row[] = [];
  for (const count of clients) {
    const slice = { clients: count, seconds: seconds / roundsEach };
    const receive = (id: string) => receiveLoad(server, id, accounts.get(id) ?? [], slice);
    const settle = await prepareSettling(stage, accounts, slice);
    for (const [name, run] of Object.entries({ receive, settle })) {
      const loads = await takeTurns(providers, run);
      for (const provider of providers) rows.push(rowOf({ name, provider, clients: count, bookings, loads }));
    }
  }
  return rows;
}

/** Of each round, the load of each provider. Nobody is always the one after somebody. */
async function takeTurns(providers: readonly string[], run: Run): Promise<Map<string, Load>[]> {
  const rounds: Map<string, Load>[] = [];
  for (let round = 0; round < roundsEach; round += 1) {
    const loads = new Map<string, Load>();
    for (const provider of round % 2 === 0 ? providers : providers.toReversed()) loads.set(provider, await run(provider));
    rounds.push(loads);
  }
  return rounds;
}

/** For each provider a connection of every tenant. One whose events nobody can write is named. */
async function openAccounts(tenants: readonly BenchTenant[]): Promise<Map<string, Account[]>> {
  const accounts = new Map<string, Account[]>();
  for (const { id, testAccount } of Object.values(paymentProviders)) {
    if (ownProviders.includes(id)) continue;
    if (!testAccount || !nextEventOf[id]) console.log(`  ${id}: not measured, bench/provider-events.ts has no event of it`);
    else accounts.set(id, await Promise.all(tenants.map((tenant) => openAccount(tenant, id, testAccount.newCredentials()))));
  }
  await closeDb();
  return accounts;
}

async function openAccount(tenant: BenchTenant, provider: string, credentials: Record<string, string>): Promise<Account> {
  const connectionId = randomUUID();
  await createConnection({ caller, input: { tenantId: tenant.tenantId, id: connectionId, kind: "payment", provider, credentials } });
  return { ...tenant, connectionId, credentials };
}

async function receiveLoad({ port }: BenchServer, provider: string, accounts: readonly Account[], slice: Slice): Promise<Load> {
  const nextEvent = nextEventOf[provider];
  if (!nextEvent) throw new Error(`no event of ${provider}`);
  const next = () => {
    serial += 1;
    const account = accounts[serial % accounts.length];
    if (!account) throw new Error("no account");
    return nextEvent({ path: `/api/webhooks/${provider}/${account.connectionId}`, credentials: account.credentials, serial });
  };
  return loadHttp({ port, ...slice, next });
}

/** Makes the bookings of all rounds, because making them would disturb whoever comes next. */
async function prepareSettling(stage: Stage, accounts: Map<string, Account[]>, { clients, seconds }: Slice): Promise<Run> {
  const each = Math.ceil(200 * seconds * Math.min(clients, 8) ** 0.5);
  const made = new Map<string, PaidBooking[]>();
  for (const [id, own] of accounts) made.set(id, await makePaidBookings(stage, own, each * roundsEach, id));
  return (id) => settleLoad(stage, made.get(id)?.splice(0, each) ?? [], clients);
}

type Measured = { name: string; provider: string; clients: number; bookings: number; loads: Map<string, Load>[] };

/** All slices of a provider together, beside those of the first one. */
function rowOf({ name, provider, clients, bookings, loads }: Measured): Row {
  const ofProvider = (id: string) => loads.flatMap((round) => round.get(id) ?? []);
  const own = ofProvider(provider);
  const perSecond = speedOf(own);
  const first = speedOf(ofProvider(measure));
  const wrong = [...new Set(own.flatMap(({ statuses }) => Object.keys(statuses)))].filter((status) => !status.startsWith("2"));
  const note = wrong.length > 0 ? `ANSWERED ${wrong.join(", ")}` : "";
  const [p50Ms, p95Ms, p99Ms] = [median(own.map((l) => l.p50Ms)), median(own.map((l) => l.p95Ms)), median(own.map((l) => l.p99Ms))];
  const beside = provider === measure ? "" : ` = ${(perSecond / first).toFixed(2)} of ${measure}'s`;
  console.log(`  ${name} ${provider}, ${clients} clients: ${Math.round(perSecond)}/s${beside}, p99 ${p99Ms.toFixed(1)} ms ${note}`);
  const floorPerSecond = provider === measure ? null : first;
  return {
    name: `${name} ${provider}`,
    bookings,
    clients,
    perSecond,
    floorPerSecond,
    p50Ms,
    p95Ms,
    p99Ms,
    note: `beside ${measure} ${note}`,
  };
}

/** Per second, over slices of unlike lengths. */
function speedOf(loads: readonly Load[]): number {
  const total = (what: "count" | "seconds") => loads.reduce((sum, load) => sum + load[what], 0);
  return total("count") / total("seconds");
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
