import pg from "pg";
import { expect, test } from "vitest";
import { eraseCustomer } from "#commands/customers/erase-customer.ts";
import { mergeCustomers } from "#commands/customers/merge-customers.ts";
import { askForRest } from "#commands/desk/ask-for-rest.ts";
import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import { keyPermissions, roles } from "#domain/roles.ts";
import { appointmentIn } from "../http/desk/desk.ts";
import { book, hold, slotStart } from "../support/customer.ts";
import { openMerchant } from "../support/merchant.ts";
import { prepareStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { approve, atOnce, countDeadlocks, hear, type Place, paymentOf } from "./contest.ts";

const stage = prepareStage({ worker: false, keepsPromises: true });
const rounds = 6;
type Person = { name: string; email: string; phone: string };

function programOf(tenantId: string): ApiKeyCaller {
  return { kind: "api_key", apiKeyId: tenantId, tenantId, permissions: keyPermissions, origin: { address: null, browser: null } };
}

/** On the provider's page and approved there; nobody has told us yet. */
async function approved({ world, clinic }: Place, n: number, customer: Person): Promise<{ id: string; paymentId: string }> {
  const { body: held } = await hold(world, clinic, { start: slotStart(n) });
  const { body } = await book(world, clinic, { holdId: held.id, session: held.session, customer });
  await approve(world, body.checkoutUrl);
  return { id: body.id, paymentId: await paymentOf(world, body.reference) };
}

async function customersOf({ world, clinic }: Place): Promise<{ customers: number; without: number; lost: number; contacts: number }> {
  const { rows } = await world.owner.query(
    `select (select count(*)::int from customer where tenant_id = $1) as customers,
       (select count(*)::int from customer_contact where tenant_id = $1) as contacts,
       (select count(*)::int from checkout where tenant_id = $1 and paid_charge_id is not null and customer_id is null) as without,
       (select count(*)::int from customer c where tenant_id = $1 and not exists (
         select from customer_contact x where x.tenant_id = c.tenant_id and x.customer_id = c.id)) as lost`,
    [clinic.tenantId],
  );
  return rows[0];
}

const person = (round: number, changes: Partial<Person> = {}): Person => ({
  name: `Persona ${round}`,
  email: `persona-${round}@example.com`,
  phone: `+5730100000${10 + round}`,
  ...changes,
});

test("bookings of one person that are paid at the same moment make one customer", async () => {
  const clinic = await stage.openClinic();
  const place = { world: stage, clinic };
  const before = await countDeadlocks(stage);
  for (let round = 0; round < rounds; round += 1) {
    const paid = [
      await approved(place, round * 4, person(round)),
      await approved(place, round * 4 + 1, person(round, { email: `PERSONA-${round}@example.com` })),
      await approved(place, round * 4 + 2, person(round)),
    ];
    const ended = await atOnce(
      paid.map(
        ({ paymentId }) =>
          () =>
            hear(place, paymentId),
      ),
    );
    expect(ended).toEqual(["done", "done", "done"]);
    expect(await customersOf(place)).toEqual({ customers: round + 1, contacts: 2 * (round + 1), without: 0, lost: 0 });
  }
  expect(await countDeadlocks(stage)).toBe(before);
});

test("two who share a number and pay at once are never lost, and no payment waits in a circle", async () => {
  const clinic = await stage.openClinic();
  const place = { world: stage, clinic };
  const before = await countDeadlocks(stage);
  for (let round = 0; round < rounds; round += 1) {
    const shared = person(round).phone;
    const paid = [
      await approved(place, round * 4, person(round, { email: `z-${round}@example.com` })),
      await approved(place, round * 4 + 1, person(round, { email: `a-${round}@example.com`, phone: shared })),
    ];
    await atOnce(
      paid.map(
        ({ paymentId }) =>
          () =>
            hear(place, paymentId),
      ),
    );
    // By the number they are one, whoever was first.
    expect(await customersOf(place)).toEqual({ customers: round + 1, contacts: 3 * (round + 1), without: 0, lost: 0 });
  }
  expect(await countDeadlocks(stage)).toBe(before);
});

test("a payment that settles while its customer is merged belongs to the one who is kept", async () => {
  const clinic = await stage.openClinic();
  const place = { world: stage, clinic };
  const { tenantId } = clinic;
  const merchant = await openMerchant(stage, { tenantId });
  const caller: MemberCaller = {
    ...{ kind: "member", memberId: merchant.memberId, tenantId, role: "owner", professionalId: null, seesPhones: true },
    ...{ permissions: roles.owner, origin: { address: null, browser: null } },
  };
  for (let round = 0; round < rounds; round += 1) {
    const [one, two] = [person(2 * round), person(2 * round + 1)];
    for (const [n, who] of [one, two].entries()) await hear(place, (await approved(place, round * 4 + n, who)).paymentId);
    const { rows } = await stage.owner.query<{ id: string }>(
      "select customer_id as id from customer_contact where tenant_id = $1 and value in ($2, $3) order by value",
      [tenantId, one.email, two.email],
    );
    const [kept, gone] = rows.map(({ id }) => id);
    if (!kept || !gone) throw new Error("two customers");
    const late = await approved(place, round * 4 + 2, two);
    const ended = await atOnce([
      () => mergeCustomers({ caller, input: { keptId: kept, goneId: gone } }),
      () => mergeCustomers({ caller, input: { keptId: kept, goneId: gone } }),
      () => hear(place, late.paymentId),
    ]);
    expect(ended.sort()).toEqual(["customer_merged", "done", "done"]);
    const { rows: whose } = await stage.owner.query(
      "select coalesce(c.merged_into, c.id) as id, count(*)::int as bookings from checkout k join customer c on c.id = k.customer_id where c.id in ($1, $2) group by 1",
      [kept, gone],
    );
    expect(whose).toEqual([{ id: kept, bookings: 3 }]);
  }
});

test("whoever is erased while the reception asks for a rest leaves no name in it", async () => {
  const clinic = await stage.openClinic({ depositPercent: 50 });
  const { tenantId } = clinic;
  const caller = programOf(tenantId);
  const who = person(50);
  const { body: held } = await hold(stage, clinic, { start: slotStart(0), serviceId: clinic.depositServiceId });
  const { body } = await book(stage, clinic, { holdId: held.id, session: held.session, customer: who });
  await approve(stage, body.checkoutUrl);
  await hear({ world: stage, clinic }, await paymentOf(stage, body.reference));
  await appointmentIn(stage, body.id, -3);
  const { rows } = await stage.owner.query<{ id: string }>("select customer_id as id from checkout where id = $1", [body.id]);
  const holder = new pg.Client(stage.databaseUrl);
  await holder.connect();
  try {
    await holder.query("begin");
    await holder.query("select from checkout where id = $1 for update", [body.id]);
    const asking = askForRest({ caller, input: { bookingId: body.id, mail: false } });
    await until(async () => ((await blockedCount()) === 1 ? null : "nobody asks for the rest"), 10_000);
    const erasing = eraseCustomer({ caller, input: { customerId: rows[0]?.id ?? "", name: who.name } });
    await until(async () => ((await blockedCount()) === 2 ? null : "nobody is erased"), 10_000);
    await holder.query("commit");
    await Promise.all([asking, erasing]);
  } finally {
    await holder.end();
  }
  const { rows: kept } = await stage.owner.query("select kind, customer_name as name from checkout where tenant_id = $1 order by kind", [
    tenantId,
  ]);
  expect(kept).toEqual([
    { kind: "booking", name: "—" },
    { kind: "rest", name: "—" },
  ]);
});

const isBlocked = async () => (await blockedCount()) > 0;

async function blockedCount(): Promise<number> {
  const { rows } = await stage.owner.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
  return rows.length;
}

/** Two transactions that look for the same new person, the second before the first has committed. */
async function lookedForTwice(place: Place, n: number): Promise<number> {
  const { clinic } = place;
  const who = person(n, { email: `twice-${n}@example.com`, phone: `+573015550${100 + n}` });
  const ids = [(await approved(place, n * 4, who)).id, (await approved(place, n * 4 + 1, who)).id];
  const clients = ids.map(() => new pg.Client(stage.databaseUrl));
  await Promise.all(clients.map((client) => client.connect()));
  const [first, second] = clients;
  try {
    const find = (client: pg.Client | undefined, id: string | undefined) =>
      client?.query("select keep_customers($1, $2)", [JSON.stringify([{ tenantId: clinic.tenantId, checkoutId: id }]), [id]]);
    await Promise.all(clients.map((client) => client.query("begin")));
    await find(first, ids[0]);
    let isDone = false;
    const waiting = find(second, ids[1])?.then(() => {
      isDone = true;
    });
    await until(async () => (isDone || (await isBlocked()) ? null : "the second neither waits nor is done"), 10_000);
    await first?.query("commit");
    await waiting;
    await second?.query("commit");
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  const { rows } = await stage.owner.query("select count(*)::int as count from customer where tenant_id = $1 and email = $2", [
    clinic.tenantId,
    who.email,
  ]);
  return rows[0].count;
}

test("the key of contacts is what makes one customer of two: without it, the same race makes two", async () => {
  const place = { world: stage, clinic: await stage.openClinic() };
  expect(await lookedForTwice(place, 0)).toBe(1);
  await stage.owner.query("alter table customer_contact drop constraint customer_contact_pkey");
  try {
    expect(await lookedForTwice(place, 1)).toBe(2);
  } finally {
    await stage.owner.query("delete from customer where tenant_id = $1", [place.clinic.tenantId]);
    await stage.owner.query("alter table customer_contact add primary key (tenant_id, kind, value)");
  }
});
