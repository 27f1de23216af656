import { makePerson } from "#commands/accounts/make-person.ts";
import { addMember } from "#commands/members/add-member.ts";
import { system as caller } from "#contracts/caller.ts";
import { hashPassword } from "#platform/accounts/passwords.ts";
import { openSession } from "#platform/auth.ts";
import { closeDb, inSystem } from "#platform/db.ts";
import type { BenchTenant } from "./fill.ts";
import { loadHttp } from "./http-load.ts";
import type { Row } from "./report.ts";
import type { BenchServer } from "./stage.ts";

type Place = { server: BenchServer; tenant: BenchTenant; bookings: number; seconds: number };

/** The pages that a member and a customer see first, drawn by Next for one reader at a time. */
export async function measureFrontPages({ server, tenant, bookings, seconds }: Place): Promise<Row[]> {
  const headers = { cookie: await signIn(tenant) };
  const rows: Row[] = [];
  for (const path of ["/", "/dashboard", "/dashboard/bookings", "/dashboard/calendar", `/book/${tenant.link}/select`]) {
    const next = () => ({ method: "GET", path, headers });
    await loadHttp({ port: server.port, clients: 1, seconds: seconds / 2, next });
    const { perSecond, p50Ms, p95Ms, p99Ms, statuses } = await loadHttp({ port: server.port, clients: 1, seconds, next });
    const wrong = Object.keys(statuses).filter((status) => status !== "200");
    const note = wrong.length > 0 ? `ANSWERED ${wrong}` : "";
    const name = `page ${path.replace(tenant.link, "…")}`;
    rows.push({ name, bookings, clients: 1, perSecond, floorPerSecond: null, p50Ms, p95Ms, p99Ms, note });
    console.log(`  ${name}: p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms ${note}`);
  }
  return rows;
}

/** An owner's cookie. Closes the connections that it used. */
async function signIn({ tenantId, link }: BenchTenant): Promise<string> {
  try {
    const [name, email] = ["Bench", `owner-${Date.now()}@${link}.example`];
    const passwordHash = await hashPassword("a password of the bench");
    const personId = await inSystem(async (tx) => {
      const made = await makePerson(tx, { name, email, locale: "es", passwordHash });
      if (made === null) throw new Error(`${email} has an account already`);
      await addMember(tx, { caller, input: { tenantId, personId: made, role: "owner", name, email } });
      return made;
    });
    const { cookie } = await openSession({ personId, tenantId });
    return `${cookie.name}=${cookie.value}`;
  } finally {
    await closeDb();
  }
}
