import { expect, test } from "vitest";
import type { ShownInvitation, ShownMember } from "#contracts/account.ts";
import { eventually } from "../../support/end-state.ts";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { ask, expectProblem } from "../request.ts";
import { mailTo, newAddress, openBrowser, password, tokenIn } from "./people.ts";

const stage = prepareStage();
type Team = { members: ShownMember[]; invitations: ShownInvitation[] };

const by = (merchant: { cookie: string }) => ({ cookie: merchant.cookie });
const teamOf = async (merchant: { cookie: string }) => (await ask(stage, "/api/members", { headers: by(merchant) })).body as Team;
const invite = (merchant: { cookie: string }, email: string, role = "staff") =>
  ask(stage, "/api/members/invitations", { json: { email, role }, headers: by(merchant) });
const change = (merchant: { cookie: string }, id: string, json: object) =>
  ask(stage, `/api/members/${id}`, { method: "PATCH", json, headers: by(merchant) });
const remove = (merchant: { cookie: string }, id: string) => ask(stage, `/api/members/${id}`, { method: "DELETE", headers: by(merchant) });

test("somebody new joins by the mail's link with name and password, once, and is signed in", async () => {
  const owner = await openMerchant(stage);
  const email = newAddress("luis");
  expect((await invite(owner, email)).status).toBe(201);
  const mail = await mailTo(stage, email);
  const token = tokenIn(mail);
  const page = await openBrowser(stage).ask(`/api/invitations/${token}`);
  expect(page.body).toEqual({ merchant: "Clínica de prueba", email, role: "staff", invitedBy: "Ana Pérez", hasAccount: false });
  const [one, two] = [openBrowser(stage), openBrowser(stage)];
  const accept = (browser: typeof one) => browser.ask(`/api/invitations/${token}/accept`, { json: { name: "Luis Gómez", password } });
  const both = await Promise.all([accept(one), accept(two)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, expect.any(Number)]);
  const joined = one.cookies.size > 0 ? one : two;
  expect((await joined.ask("/api/account")).body).toMatchObject({ merchants: [{ tenantId: owner.tenantId, role: "staff" }] });
  expectProblem(await accept(openBrowser(stage)), "proof_spent");
  expectProblem(await openBrowser(stage).ask(`/api/invitations/${token}`), "proof_spent");
  expect((await teamOf(owner)).members.filter((member) => member.email === email)).toHaveLength(1);
  expectProblem(await joined.ask("/api/members"), "forbidden");
});

test("whoever has an account joins with it, after signing in as the one who was invited", async () => {
  const [owner, guest, stranger] = [await openMerchant(stage), await openMerchant(stage), await openMerchant(stage)];
  await invite(owner, guest.person.email, "admin");
  const token = tokenIn(await mailTo(stage, guest.person.email));
  const accept = (headers: Record<string, string>) => ask(stage, `/api/invitations/${token}/accept`, { json: {}, headers });
  expectProblem(await ask(stage, `/api/invitations/${token}/accept`, { json: { name: "Otra Ana", password } }), "unauthorized");
  expectProblem(await accept(by(stranger)), "invitation_for_other");
  expect((await accept(by(guest))).status).toBe(200);
  const account = await ask(stage, "/api/account", { headers: by(guest) });
  expect((account.body as { merchants: object[] }).merchants).toHaveLength(2);
  expect((await teamOf(guest)).members.map(({ role }) => role).toSorted()).toEqual(["admin", "owner"]);
});

test("an invitation that was withdrawn, replaced or is seven days old admits nobody", async () => {
  const owner = await openMerchant(stage);
  const [withdrawn, replaced, old] = [newAddress(), newAddress(), newAddress()];
  for (const email of [withdrawn, replaced, old]) await invite(owner, email);
  const [first, second, third] = [
    tokenIn(await mailTo(stage, withdrawn)),
    tokenIn(await mailTo(stage, replaced)),
    tokenIn(await mailTo(stage, old)),
  ];
  const { invitations } = await teamOf(owner);
  const days = invitations.map(({ expiresAt }) => Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000));
  expect(days).toEqual([7, 7, 7]);
  const id = invitations.find(({ email }) => email === withdrawn)?.id;
  const withdraw = () => ask(stage, `/api/members/invitations/${id}`, { method: "DELETE", headers: by(owner) });
  expect((await withdraw()).status).toBe(204);
  expectProblem(await withdraw(), "invitation_unknown");
  await invite(owner, replaced, "admin");
  await stage.owner.query("update invitation set expires_at = now() - interval '1 second' where email = $1", [old]);
  for (const token of [first, second, third])
    expectProblem(await ask(stage, `/api/invitations/${token}/accept`, { json: { name: "Luis Gómez", password } }), "proof_spent");
  expect((await teamOf(owner)).invitations.map(({ email, role, isExpired }) => [email, role, isExpired]).toSorted()).toEqual(
    [
      [replaced, "admin", false],
      [old, "staff", true],
    ].toSorted(),
  );
});

test("nobody makes, changes or removes members above themselves", async () => {
  const owner = await openMerchant(stage);
  const admin = await openMerchant(stage, { role: "admin", tenantId: owner.tenantId });
  const staff = await openMerchant(stage, { role: "staff", tenantId: owner.tenantId });
  expectProblem(await invite(admin, newAddress(), "owner"), "forbidden");
  expectProblem(await change(admin, owner.memberId, { version: 1, role: "staff" }), "forbidden");
  expectProblem(await remove(admin, owner.memberId), "forbidden");
  expectProblem(await change(admin, admin.memberId, { version: 1, role: "owner" }), "forbidden");
  expectProblem(await change(admin, staff.memberId, { version: 1, role: "owner" }), "forbidden");
  expect((await change(admin, staff.memberId, { version: 1, role: "admin" })).status).toBe(200);
  expectProblem(await change(admin, staff.memberId, { version: 1, role: "staff" }), "changed_meanwhile");
  const email = newAddress();
  await invite(owner, email, "owner");
  expectProblem(await invite(admin, email, "staff"), "forbidden");
  expect((await teamOf(owner)).invitations).toMatchObject([{ email, role: "owner" }]);
});

test("an address that is invited four times at once has one invitation", async () => {
  const owner = await openMerchant(stage);
  const email = newAddress();
  const asked = await Promise.all([1, 2, 3, 4].map(() => invite(owner, email)));
  expect(asked.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect((await teamOf(owner)).invitations).toHaveLength(1);
});

test("a merchant keeps an owner, also when two owners demote each other at once", async () => {
  const one = await openMerchant(stage);
  expectProblem(await change(one, one.memberId, { version: 1, role: "admin" }), "last_owner");
  expectProblem(await remove(one, one.memberId), "last_owner");
  const two = await openMerchant(stage, { role: "owner", tenantId: one.tenantId });
  // Both have looked before either may write.
  const held = await stage.owner.connect();
  await held.query("begin");
  await held.query("select 1 from member where tenant_id = $1 for update", [one.tenantId]);
  const asked = [change(one, two.memberId, { version: 1, role: "staff" }), change(two, one.memberId, { version: 1, role: "staff" })];
  await eventually(async () => {
    const { rows: waiting } = await stage.owner.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    expect(waiting).toHaveLength(2);
  });
  await held.query("commit");
  held.release();
  const both = await Promise.all(asked);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, expect.any(Number)]);
  const { rows } = await stage.owner.query("select count(*)::int as owners from member where tenant_id = $1 and role = 'owner'", [
    one.tenantId,
  ]);
  expect(rows).toEqual([{ owners: 1 }]);
});

test("who is removed sees nothing from that moment on, keeps their account, and can be invited again", async () => {
  const owner = await openMerchant(stage);
  const admin = await openMerchant(stage, { role: "admin", tenantId: owner.tenantId });
  expect((await teamOf(admin)).members).toHaveLength(2);
  expect((await remove(owner, admin.memberId)).status).toBe(204);
  expectProblem(await ask(stage, "/api/members", { headers: by(admin) }), "tenant_missing");
  expect((await ask(stage, "/api/account", { headers: by(admin) })).body).toMatchObject({ merchants: [] });
  await invite(owner, admin.person.email);
  const token = tokenIn(await mailTo(stage, admin.person.email));
  expect((await ask(stage, `/api/invitations/${token}/accept`, { json: {}, headers: by(admin) })).status).toBe(200);
});

test("whom a staff member's bookings belong to must work here, and a member cannot be invited again", async () => {
  const [owner, other] = [await openMerchant(stage), await openMerchant(stage)];
  const staff = await openMerchant(stage, { role: "staff", tenantId: owner.tenantId });
  const professionalOf = async (tenantId: string) =>
    (await stage.owner.query("select id from professional where tenant_id = $1 limit 1", [tenantId])).rows[0].id as string;
  const professionalId = await professionalOf(other.tenantId);
  expectProblem(await change(owner, staff.memberId, { version: 1, professionalId }), "professional_unknown");
  const own = await professionalOf(owner.tenantId);
  expect((await change(owner, staff.memberId, { version: 1, professionalId: own, seesPhones: true })).body).toMatchObject({
    professionalId: own,
    seesPhones: true,
    version: 2,
  });
  expectProblem(await invite(owner, staff.person.email), "member_already");
});

test("every change of the team is in the log, with who, from where, before and after", async () => {
  const owner = await openMerchant(stage);
  const staff = await openMerchant(stage, { role: "staff", tenantId: owner.tenantId });
  await change(owner, staff.memberId, { version: 1, role: "admin" });
  await remove(owner, staff.memberId);
  const { rows } = await stage.owner.query(
    "select kind, actor, changes, origin from event where tenant_id = $1 and kind in ('member.changed', 'member.removed') order by kind",
    [owner.tenantId],
  );
  expect(rows.map(({ kind, changes }) => [kind, changes])).toEqual([
    ["member.changed", { role: ["staff", "admin"] }],
    ["member.removed", { role: ["admin", null], name: ["Ana Pérez", null] }],
  ]);
  for (const { actor, origin } of rows) expect([actor, origin]).toEqual([`member:${owner.memberId}`, expect.anything()]);
});
