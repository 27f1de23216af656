import { randomUUID } from "node:crypto";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system as caller } from "#contracts/caller.ts";
import { closeDb } from "#platform/db.ts";
import { ownProviders, paymentProviders } from "#providers/payments/registry.ts";
import type { BenchTenant } from "./fill.ts";
import { type Load, loadHttp } from "./http-load.ts";
import { nextEventOf } from "./provider-events.ts";
import type { Row } from "./report.ts";
import { makePaidBookings, settleLoad } from "./settle.ts";
import type { BenchServer, Stage } from "./stage.ts";

type Wish = { stage: Stage; server: BenchServer; tenants: BenchTenant[]; bookings: number; clients: number[]; seconds: number };
type Account = BenchTenant & { credentials: Record<string, string> };
type Work = { name: string; provider: string; clients: number; load: Load };

/** The first one, with which the others are compared. */
const measure = "wompi";
let serial = 0;

/**
 * Receiving and settling by provider, beside the first one in the same run. Settling measures our
 * work: what the provider answers is given. Each measurement has the first one before and after it.
 */
export async function measureProviders({ stage, server, tenants, bookings, clients, seconds }: Wish): Promise<Row[]> {
  const accounts = await openAccounts(tenants);
  const others = [...accounts.keys()].filter((id) => id !== measure);
  const rows: Row[] = [];
  for (const count of clients) {
    const receive = (id: string) => receiveLoad(server, id, accounts.get(id) ?? [], { clients: count, seconds });
    const settle = (id: string) => settleOf(stage, id, accounts.get(id) ?? [], { clients: count, seconds });
    for (const [name, run] of Object.entries({ receive, settle })) {
      let before = await run(measure);
      rows.push(rowOf({ name, provider: measure, clients: count, load: before }, bookings, null));
      for (const provider of others) {
        const load = await run(provider);
        const after = await run(measure);
        rows.push(rowOf({ name, provider, clients: count, load }, bookings, (before.perSecond + after.perSecond) / 2));
        before = after;
      }
    }
  }
  return rows;
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

type Weight = { clients: number; seconds: number };

async function receiveLoad(
  { port }: BenchServer,
  provider: string,
  accounts: readonly Account[],
  { clients, seconds }: Weight,
): Promise<Load> {
  const nextEvent = nextEventOf[provider];
  if (!nextEvent) throw new Error(`no event of ${provider}`);
  const next = () => {
    serial += 1;
    const account = accounts[serial % accounts.length];
    if (!account) throw new Error("no account");
    return nextEvent({ path: `/api/webhooks/${provider}/${account.connectionId}`, credentials: account.credentials, serial });
  };
  return loadHttp({ port, clients, seconds, next });
}

async function settleOf(stage: Stage, provider: string, accounts: Account[], { clients, seconds }: Weight): Promise<Load> {
  const count = Math.round(400 * seconds * Math.min(clients, 8) ** 0.5);
  return settleLoad(stage, await makePaidBookings(stage, accounts, count, provider), clients);
}

function rowOf({ name, provider, clients, load }: Work, bookings: number, first: number | null): Row {
  const { perSecond, p50Ms, p95Ms, p99Ms, statuses } = load;
  const wrong = Object.entries(statuses).filter(([status]) => !status.startsWith("2"));
  const ratio = first === null ? "" : ` = ${(perSecond / first).toFixed(2)} of ${measure}'s`;
  const note = wrong.length > 0 ? `ANSWERED ${JSON.stringify(wrong)}` : "";
  console.log(`  ${name} ${provider}, ${clients} clients: ${Math.round(perSecond)}/s${ratio}, p99 ${p99Ms.toFixed(1)} ms ${note}`);
  return {
    name: `${name} ${provider}`,
    bookings,
    clients,
    perSecond,
    floorPerSecond: first,
    p50Ms,
    p95Ms,
    p99Ms,
    note: `beside ${measure} ${note}`,
  };
}
