import { beforeAll, expect, test } from "vitest";
import { type NoticeState, noticeState, notices } from "#contracts/notices/notices.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { eventually } from "#tests/support/end-state.ts";
import { type Merchant, type MerchantWish, openMerchant } from "#tests/support/merchant.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { bookAndPay } from "../desk/desk.ts";
import { type Answered, type Asked, ask, expectProblem, expectShape } from "../request.ts";

const stage = prepareStage({ keepsPromises: true });

let clinic: Clinic;
let owner: Person;
beforeAll(async () => {
  clinic = await stage.openClinic();
  owner = await person();
});

type Person = { merchant: Merchant; ask: (path: string, asked?: Asked) => Promise<Answered> };

async function person(wish: MerchantWish = {}): Promise<Person> {
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId, ...wish });
  const headers = { cookie: merchant.cookie, "x-tenant": merchant.tenantId };
  return { merchant, ask: (path, asked = {}) => ask(stage, `/api/${path}`, { ...asked, headers: { ...headers, ...asked.headers } }) };
}

const listOf = async ({ ask: get }: Person) => expectShape(notices, (await get("notices")).body);
const stateOf = async ({ ask: get }: Person) => expectShape(noticeState, (await get("notices/state")).body);
const wait = ({ ask: get }: Person, known: string, signal?: AbortSignal) =>
  get(`notices/state?known=${encodeURIComponent(known)}`, signal ? { signal } : {});
const read = async ({ ask: put }: Person, json: object) =>
  expectShape(noticeState, (await put("notices/read", { method: "PUT", json })).body);

/** When the notice of it is there, too. */
async function book(n: number, wish = {}): Promise<string> {
  const { id } = await bookAndPay(stage, clinic, n, wish);
  return id;
}

test("whoever waits hears of a paid booking, and of nothing before", async () => {
  const before = await stateOf(owner);
  const waiting = wait(owner, before.revision);
  const id = await book(0);
  const heard = expectShape(noticeState, (await waiting).body);
  expect(heard.latest).toBeGreaterThan(before.latest);
  expect(heard.newBookings).toContain(heard.latest);
  const { notices: list } = await listOf(owner);
  expect(list[0]).toMatchObject({
    kind: "booking.paid",
    isRead: false,
    booking: { id, customerName: expect.stringMatching(/./) },
    money: null,
  });
});

test("each reads for themselves: one, then all, and only what they have seen", async () => {
  const [first, second] = [await person(), await person({ role: "admin" })];
  await book(1);
  await book(2);
  const { notices: list, latest, unread } = await listOf(first);
  expect(unread).toBe(2);
  const one = list[1]?.number ?? 0;
  expect(await read(first, { numbers: [one, one + 1_000_000] })).toMatchObject({ unread: 1, newBookings: [latest] });
  expect((await listOf(first)).notices.map(({ isRead }) => isRead)).toEqual([false, true]);
  expect(await read(first, { through: latest + 1_000_000 })).toMatchObject({ unread: 0, newBookings: [] });
  expect(await stateOf(second)).toMatchObject({ unread: 2 });
  await book(3);
  // Nobody reads what was not there yet.
  expect(await stateOf(first)).toMatchObject({ unread: 1 });
  expect(await read(first, { through: one })).toMatchObject({ unread: 1 });
  expectProblem(await first.ask("notices/read", { method: "PUT", json: { through: 1, numbers: [1] } }), "invalid_request");
});

test("what somebody has read is read in their other tabs at once", async () => {
  const me = await person();
  await book(4);
  const { revision, latest } = await stateOf(me);
  const waiting = wait(me, revision);
  await read(me, { through: latest });
  expect((await waiting).body).toMatchObject({ unread: 0 });
});

test("who did it themselves is told nothing new, and everybody else is", async () => {
  const id = await book(5);
  const [mover, other] = [await person(), await person()];
  expect((await mover.ask(`bookings/${id}/cancel`, { json: { refund: "none" } })).status).toBe(200);
  await eventually(async () => expect(await stateOf(other)).toMatchObject({ unread: 1, newBookings: [] }));
  expect(await stateOf(mover)).toMatchObject({ unread: 0 });
  expect((await listOf(mover)).notices).toMatchObject([{ kind: "booking.cancelled", isRead: true }]);
});

test("staff hear of their own bookings alone, of no money, and no longer once a booking is somebody else's", async () => {
  const mine = await person({ role: "staff", professionalId: clinic.professionalId });
  const { rows } = await stage.owner.query(`insert into professional (tenant_id, name) values ($1, 'Otra persona') returning id`, [
    clinic.tenantId,
  ]);
  const theirs = await person({ role: "staff", professionalId: rows[0].id });
  const nobody = await person({ role: "staff" });
  const id = await book(6);
  expect((await listOf(mine)).notices).toMatchObject([{ kind: "booking.paid", booking: { id } }]);
  for (const other of [theirs, nobody]) expect(await listOf(other)).toMatchObject({ notices: [], unread: 0, latest: 0 });
  await stage.owner.query(
    `insert into notification (tenant_id, follow_up_id, kind, checkout_id, professional_id, number)
     select tenant_id, gen_random_uuid(), 'refund_case.manual', checkout_id, professional_id, number + 1000 from notification where checkout_id = $1`,
    [id],
  );
  expect((await listOf(owner)).notices[0]).toMatchObject({ kind: "refund_case.manual" });
  expect((await listOf(mine)).notices).toHaveLength(1);
  await stage.owner.query("delete from notification where checkout_id = $1 and kind = 'refund_case.manual'", [id]);
  await stage.owner.query("update booking set professional_id = $2 where id = $1", [id, rows[0].id]);
  expect((await listOf(mine)).notices).toEqual([]);
  expect((await listOf(theirs)).notices).toEqual([]);
  await stage.owner.query("update booking set professional_id = $2 where id = $1", [id, clinic.professionalId]);
});

test("another merchant's bell neither rings nor lists", async () => {
  const other = await person({ tenantId: (await stage.openClinic()).tenantId });
  const { revision } = await stateOf(other);
  const stop = new AbortController();
  let isHeard = false;
  const waiting = wait(other, revision, stop.signal).then(
    () => {
      isHeard = true;
    },
    () => {},
  );
  await book(7);
  expect(await listOf(other)).toMatchObject({ notices: [], unread: 0, latest: 0 });
  expect(isHeard).toBe(false);
  stop.abort();
  await waiting;
  expectProblem(await other.ask("notices", { headers: { "x-tenant": clinic.tenantId } }), "tenant_missing");
});

test.each([
  ["who signs out", (leaving: Person) => leaving.ask("auth/sign-out", { method: "POST", json: {} })],
  ["whose membership ends", (leaving: Person) => owner.ask(`members/${leaving.merchant.memberId}`, { method: "DELETE" })],
])("the question of %s ends at once and tells nothing", async (_who, leave) => {
  const leaving = await person({ role: "admin" });
  const { revision } = await stateOf(leaving);
  const waiting = wait(leaving, revision);
  await eventually(async () => {
    const { rows } = await stage.owner.query(
      "select count(*)::int as n from pg_stat_activity where application_name = 'konfirmado-listen'",
    );
    expect(rows[0].n).toBeGreaterThan(0);
  });
  expect((await leave(leaving)).status).toBeLessThan(300);
  expect((await waiting).body).toEqual({ unread: 0, newBookings: [], latest: 0, revision: "ended" } satisfies NoticeState);
  expect((await leaving.ask("notices")).status).toBeGreaterThanOrEqual(401);
});

test("who leaves one of their two merchants is not shown the bell of the other in its place", async () => {
  const both = await person({ role: "admin" });
  const other = await stage.openClinic();
  await stage.owner.query(
    "insert into member (tenant_id, person_id, role, name, email) select $2, person_id, 'owner', name, email from member where id = $1",
    [both.merchant.memberId, other.tenantId],
  );
  await book(9);
  const { revision } = await stateOf(both);
  // As a program may ask, which does not say whose page it shows.
  const waiting = ask(stage, `/api/notices/state?known=${revision}`, { headers: { cookie: both.merchant.cookie } });
  await owner.ask(`members/${both.merchant.memberId}`, { method: "DELETE" });
  expect((await waiting).body).toMatchObject({ revision: "ended" });
});

test("a lost connection loses nothing: whoever comes back is told what has happened meanwhile", async () => {
  const me = await person();
  const { revision } = await stateOf(me);
  const gone = new AbortController();
  const lost = wait(me, revision, gone.signal).catch(() => null);
  gone.abort();
  await lost;
  const id = await book(8);
  const found = expectShape(noticeState, (await wait(me, revision)).body);
  expect(found.unread).toBe(1);
  expect((await listOf(me)).notices).toMatchObject([{ booking: { id } }]);
});
