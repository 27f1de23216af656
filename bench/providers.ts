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
type Turn = { provider: string; clients: number; seconds: number };
type Run = (turn: Turn) => Promise<Load>;

/** The first one, with which the others are compared. */
const measure = "wompi";
/** Even, because every second round goes backwards. */
const roundsEach = 12;
let serial = 0;

/**
 * Receiving and settling by provider, beside the first one. All providers and numbers of clients
 * take turns in slices of a third of a second, so that whatever else the machine does falls on all
 * of them alike. Settling measures our work: what the provider answers is given.
 */
export async function measureProviders({ stage, server, tenants, bookings, clients, seconds }: Wish): Promise<Row[]> {
  const accounts = await openAccounts(tenants);
  const providers = [measure, ...[...accounts.keys()].filter((id) => id !== measure)];
  const turns = clients.flatMap((count) => providers.map((provider) => ({ provider, clients: count, seconds: seconds / roundsEach })));
  // Settling comes first: the events that are received wait for a worker that is not here.
  const settled = await takeTurns(turns, await prepareSettling(stage, accounts, turns));
  const received = await takeTurns(turns, (turn) => receiveLoad(server, accounts.get(turn.provider) ?? [], turn));
  return Object.entries({ receive: received, settle: settled }).flatMap(([name, loads]) =>
    turns.map((turn) => rowOf({ name, turn, first: firstBeside(turns, turn), bookings, loads })),
  );
}

const firstBeside = (turns: readonly Turn[], { clients }: Turn): Turn | undefined =>
  turns.find((turn) => turn.provider === measure && turn.clients === clients);

/** Of each round, the load of each turn. Nobody is always the one after somebody. */
async function takeTurns(turns: readonly Turn[], run: Run): Promise<Map<Turn, Load>[]> {
  const rounds: Map<Turn, Load>[] = [];
  for (let round = 0; round < roundsEach; round += 1) {
    const loads = new Map<Turn, Load>();
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) loads.set(turn, await run(turn));
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

async function receiveLoad({ port }: BenchServer, accounts: readonly Account[], { provider, ...slice }: Turn): Promise<Load> {
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
async function prepareSettling(stage: Stage, accounts: Map<string, Account[]>, turns: readonly Turn[]): Promise<Run> {
  const each = ({ clients, seconds }: Turn) => Math.ceil(200 * seconds * Math.min(clients, 8) ** 0.5);
  const made = new Map<Turn, PaidBooking[]>();
  for (const turn of turns)
    made.set(turn, await makePaidBookings(stage, accounts.get(turn.provider) ?? [], each(turn) * roundsEach, turn.provider));
  await stage.owner.query("vacuum analyze");
  return (turn) => settleLoad(stage, made.get(turn)?.splice(0, each(turn)) ?? [], turn.clients);
}

type Measured = { name: string; turn: Turn; first: Turn | undefined; bookings: number; loads: Map<Turn, Load>[] };

/** All slices of a provider together, beside those of the first one with as many clients. */
function rowOf({ name, turn, first, bookings, loads }: Measured): Row {
  const { provider, clients } = turn;
  const loadsOf = (wanted: Turn | undefined) => loads.flatMap((round) => (wanted && round.get(wanted)) ?? []);
  const own = loadsOf(turn);
  const perSecond = speedOf(own);
  const beside = provider === measure ? null : speedOf(loadsOf(first));
  const wrong = [...new Set(own.flatMap(({ statuses }) => Object.keys(statuses)))].filter((status) => !status.startsWith("2"));
  const note = wrong.length > 0 ? `ANSWERED ${wrong.join(", ")}` : "";
  const [p50Ms, p95Ms, p99Ms] = [median(own.map((l) => l.p50Ms)), median(own.map((l) => l.p95Ms)), median(own.map((l) => l.p99Ms))];
  const share = beside === null ? "" : ` = ${(perSecond / beside).toFixed(2)} of ${measure}'s`;
  console.log(`  ${name} ${provider}, ${clients} clients: ${Math.round(perSecond)}/s${share}, p99 ${p99Ms.toFixed(1)} ms ${note}`);
  return {
    name: `${name} ${provider}`,
    ...{ bookings, clients, perSecond, floorPerSecond: beside, p50Ms, p95Ms, p99Ms },
    note: `beside ${measure} ${note}`,
  };
}

/** Per second, over slices of unlike lengths. */
function speedOf(loads: readonly Load[]): number {
  const total = (what: "count" | "seconds") => loads.reduce((sum, load) => sum + load[what], 0);
  return total("count") / total("seconds");
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
