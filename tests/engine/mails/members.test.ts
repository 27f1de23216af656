import { beforeEach, describe, expect, test } from "vitest";
import { planSummaries } from "#commands/notices/plan-summaries.ts";
import { tellOfAttention } from "#commands/notices/tell-of-attention.ts";
import type { NoticeMails } from "#contracts/notices/notices.ts";
import { appointmentIn, bookAndPay } from "#tests/http/desk/desk.ts";
import { type Answered, type Asked, ask, expectProblem } from "#tests/http/request.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { type Merchant, type MerchantWish, openMerchant } from "#tests/support/merchant.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { settleInbox } from "../stories.ts";
import { headerOf, type SeenMail } from "./seen.ts";

const stage = prepareStage({ keepsPromises: true });
let clinic: Clinic;
beforeEach(async () => {
  clinic = await stage.openClinic();
});

type Member = { merchant: Merchant; ask: (path: string, asked?: Asked) => Promise<Answered>; mails: () => Promise<SeenMail[]> };

/** Who has chosen these mails. */
async function member(chosen: readonly string[], wish: MerchantWish = {}, summaryHour = 18): Promise<Member> {
  const merchant = await openMerchant(stage, { tenantId: clinic.tenantId, ...wish });
  const asMember = (path: string, asked: Asked = {}) =>
    ask(stage, `/api/${path}`, { ...asked, headers: { cookie: merchant.cookie, ...asked.headers } });
  const { status, body } = await asMember("notices/mails", { method: "PUT", json: { chosen, summaryHour } });
  expect(status).toBe(200);
  const told = body as NoticeMails;
  expect([told.email, told.summaryHour]).toEqual([merchant.person.email, summaryHour]);
  expect(told.chosen.toSorted()).toEqual([...chosen].toSorted());
  const mails = async () => {
    const answer = await fetch(`${stage.simulatorsUrl}/mail/state?to=${encodeURIComponent(merchant.person.email)}`);
    return ((await answer.json()) as { mails: SeenMail[] }).mails.toReversed();
  };
  return { merchant, ask: asMember, mails };
}

/** Nothing that was set in motion is still on its way. */
async function allDone(): Promise<void> {
  await eventually(async () => {
    const { rows } = await stage.owner.query("select job, state from follow_up where tenant_id = $1 and state in ('pending', 'waiting')", [
      clinic.tenantId,
    ]);
    expect(rows).toEqual([]);
  });
}

async function book(n: number): Promise<{ id: string; email: string }> {
  const booking = await bookAndPay(stage, clinic, n);
  await allDone();
  return booking;
}

const unsubscribePath = (mail: SeenMail | undefined): string => {
  const url = /^<(.+)>$/.exec(mail ? headerOf(mail, "list-unsubscribe") : "")?.[1] ?? "";
  expect(url.startsWith(`${stage.appUrl}/api/notice-mails/`)).toBe(true);
  return url.slice(stage.appUrl.length);
};

test("each who has chosen it hears once of a booking, staff of their own alone, and nobody else", async () => {
  const [owner, admin] = [await member(["new_booking"]), await member(["moved"], { role: "admin" })];
  const mine = await member(["new_booking"], { role: "staff", professionalId: clinic.professionalId });
  const theirs = await member(["new_booking"], { role: "staff", professionalId: clinic.otherProfessionalId });
  const unbound = await member(["new_booking"], { role: "staff" });
  const { id, email } = await book(0);
  for (const who of [owner, mine]) {
    const mails = await who.mails();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(`/dashboard/bookings/${id}`);
    // No way to reach the customer, and no answer of theirs.
    expect(mails[0]?.text).not.toContain(email);
    expect(headerOf(mails[0] as SeenMail, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  }
  for (const who of [admin, theirs, unbound]) expect(await planned(who)).toEqual([]);
  // A second run of what plans them plans none.
  const { rows } = await stage.owner.query(
    `update follow_up set state = 'attention', done_at = null, effect = null where tenant_id = $1 and job = 'notify-merchant' and subject_id = $2 returning id`,
    [clinic.tenantId, id],
  );
  expect((await owner.ask(`follow-ups/${rows[0].id}/run`, { method: "POST" })).status).toBe(200);
  await allDone();
  expect(await owner.mails()).toHaveLength(1);
});

test("a removed member gets nothing more, not even what was planned, and a choice holds for later alone", async () => {
  const [leaving, late] = [await member(["new_booking"], { role: "admin" }), await member([])];
  const paid = await stage.reachPaymentPage(clinic, { start: slotStart(1) });
  await stage.stopWorker();
  try {
    await stage.pay(paid.checkoutUrl, "approve_without_return");
    await settleInbox(stage, clinic);
    await leaveAndChoose();
  } finally {
    await stage.startWorker();
  }
  await stage.reaches(paid, { status: "confirmed" });
  await allDone();
  async function leaveAndChoose(): Promise<void> {
    await stage.owner.query("update member set removed_at = now() where id = $1", [leaving.merchant.memberId]);
    expect((await late.ask("notices/mails", { method: "PUT", json: { chosen: ["new_booking"], summaryHour: 18 } })).status).toBe(200);
  }
  for (const who of [leaving, late]) expect(await planned(who)).toEqual([]);
  await book(2);
  expect(await planned(leaving)).toEqual([]);
  expect(await late.mails()).toHaveLength(1);
  // Whose mail is planned when they leave does not get it, either.
  await stage.owner.query("update member set removed_at = now() where id = $1", [late.merchant.memberId]);
  await stage.owner.query("update follow_up set state = 'attention' where member_id = $1", [late.merchant.memberId]);
  const owner = await member([]);
  const [id] = await planned(late);
  expect((await owner.ask(`follow-ups/${id}/run`, { method: "POST" })).status).toBe(200);
  await allDone();
  expect(await late.mails()).toHaveLength(1);
});

/** The mails that were meant for them. */
async function planned({ merchant }: Member): Promise<string[]> {
  const { rows } = await stage.owner.query("select id from follow_up where member_id = $1", [merchant.memberId]);
  return rows.map(({ id }) => id);
}

test("whoever moves or cancels it themselves gets no mail of it", async () => {
  const [doer, other] = [await member(["cancelled"]), await member(["cancelled"])];
  const { id } = await book(3);
  expect((await doer.ask(`bookings/${id}/cancel`, { json: { refund: "none" } })).status).toBe(200);
  await allDone();
  expect(await doer.mails()).toEqual([]);
  expect(await other.mails()).toHaveLength(1);
});

describe("the link in a mail", () => {
  test("stops such mails with one press and no sign-in, opens harmlessly, and can be taken back", async () => {
    const me = await member(["new_booking", "cancelled"]);
    await book(4);
    const path = unsubscribePath((await me.mails())[0]);
    const opened = await ask(stage, path);
    expect([opened.status, opened.headers.get("location")]).toEqual([303, path.replace("/api", "")]);
    expect((await me.ask("notices/mails")).body).toMatchObject({ chosen: ["new_booking", "cancelled"] });
    // As RFC 8058 has it: from another site, with a form's body.
    const press = (to = path) =>
      ask(stage, to, {
        method: "POST",
        body: "List-Unsubscribe=One-Click",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
    expect((await press()).status).toBe(204);
    expect((await press()).status).toBe(204);
    expect((await me.ask("notices/mails")).body).toMatchObject({ chosen: ["cancelled"] });
    await book(5);
    expect(await me.mails()).toHaveLength(1);
    expect((await press(`${path}/again`)).status).toBe(204);
    await book(6);
    expect(await me.mails()).toHaveLength(2);
    const { rows } = await stage.owner.query("select actor from event where tenant_id = $1 and kind = 'member.mails_chosen'", [
      clinic.tenantId,
    ]);
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ actor: `member:${me.merchant.memberId}` })));
  });

  test("is nothing if it was altered, made for something else, or its member has left", async () => {
    const me = await member(["new_booking"]);
    await book(7);
    const path = unsubscribePath((await me.mails())[0]);
    const press = (to: string) => ask(stage, to, { method: "POST", json: {} });
    expectProblem(await press(`${path.slice(0, -4)}AAAA`), "unsubscribe_unknown");
    await stage.owner.query("update member set removed_at = now() where id = $1", [me.merchant.memberId]);
    expectProblem(await press(path), "unsubscribe_unknown");
    expectProblem(await press(`${path}/again`), "unsubscribe_unknown");
  });
});

describe("the summary of tomorrow", () => {
  const localHour = async (): Promise<number> => {
    const { rows } = await stage.owner.query(
      "select extract(hour from now() at time zone timezone)::int as hour from tenant where tenant_id = $1",
      [clinic.tenantId],
    );
    return rows[0].hour;
  };
  /** As if they had chosen it days ago. */
  const longAgo = (who: Member) =>
    stage.owner.query("update notice_mail set since = now() - interval '3 days' where member_id = $1", [who.merchant.memberId]);

  test("comes once a day at its hour with who comes, to staff with their own alone", async () => {
    await stage.owner.query("update tenant set timezone = 'America/Bogota' where tenant_id = $1", [clinic.tenantId]);
    const { id } = await book(8);
    await appointmentIn(stage, id, 24);
    const hour = await localHour();
    const owner = await member(["summary"], {}, hour);
    const mine = await member(["summary"], { role: "staff", professionalId: clinic.professionalId }, hour);
    const theirs = await member(["summary"], { role: "staff", professionalId: clinic.otherProfessionalId }, hour);
    // The hour had begun when they chose it: the first one comes tomorrow.
    await planSummaries();
    await allDone();
    expect(await owner.mails()).toEqual([]);
    for (const who of [owner, mine, theirs]) await longAgo(who);
    await Promise.all([planSummaries(), planSummaries(), planSummaries()]);
    await planSummaries();
    await allDone();
    const texts = await Promise.all([owner, mine, theirs].map(async (who) => (await who.mails()).map(({ text }) => text)));
    expect(texts.map((each) => each.length)).toEqual([1, 1, 1]);
    for (const text of [texts[0]?.[0], texts[1]?.[0]]) expect(text).toContain("hay una cita");
    expect(texts[2]?.[0]).toContain("Nadie ha reservado");
  });
});

test("what waits for a person without an event of its own rings once, and again only if it began anew", async () => {
  const me = await member(["attention", "refund_waits"]);
  const { id } = await book(9);
  const fail = () =>
    stage.owner.query(
      "update follow_up set state = 'attention', updated_at = now(), last_error = 'no answer' where subject_id = $1 and job = 'mail-customer-paid'",
      [id],
    );
  await fail();
  await Promise.all([tellOfAttention(), tellOfAttention()]);
  await tellOfAttention();
  await allDone();
  expect(await me.mails()).toHaveLength(1);
  const { body } = await me.ask("notices");
  expect(body).toMatchObject({ notices: [{ kind: "attention.arose", arisen: "follow_up_failed" }, { kind: "booking.paid" }] });
  await stage.owner.query("update attention_told set told_at = now() - interval '1 hour' where tenant_id = $1", [clinic.tenantId]);
  await fail();
  await tellOfAttention();
  await allDone();
  expect(await me.mails()).toHaveLength(2);
  await stage.owner.query("update follow_up set state = 'done', last_error = null where subject_id = $1 and state = 'attention'", [id]);
});

test("staff cannot choose what is about money", async () => {
  const staff = await member([], { role: "staff", professionalId: clinic.professionalId });
  const json = { chosen: ["refund_waits"], summaryHour: 18 };
  expect(expectProblem(await staff.ask("notices/mails", { method: "PUT", json }), "invalid_request")).toEqual(["chosen"]);
});
