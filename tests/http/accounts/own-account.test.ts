import { expect, test } from "vitest";
import { hashPassword } from "#platform/accounts/passwords.ts";
import { eventually } from "../../support/end-state.ts";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem } from "../request.ts";
import { mailTo, newAddress, openBrowser, tokenIn } from "./people.ts";

const stage = prepareStage();

async function openPerson() {
  const merchant = await openMerchant(stage);
  const browser = openBrowser(stage);
  const { name, value } = asCookie(merchant);
  browser.cookies.set(name, value);
  return { ...merchant, browser };
}

test("one's sessions are listed without their tokens, and each can be ended, or all others at once", async () => {
  const { browser, person, cookie } = await openPerson();
  const other = openBrowser(stage);
  const enter = () =>
    other.ask("/api/auth/sign-in", { json: { email: person.email, password: person.password }, headers: { "user-agent": "Firefox" } });
  await enter();
  const listed = await browser.ask("/api/account/sessions");
  const { items } = listed.body as { items: { id: string; isCurrent: boolean; browser: string | null }[] };
  expect(items.map(({ isCurrent, browser }) => [isCurrent, browser]).toSorted()).toEqual([
    [false, "Firefox"],
    [true, null],
  ]);
  const { rows } = await stage.owner.query("select token from auth.person_session where user_id = $1", [person.id]);
  for (const { token } of rows) expect(listed.text).not.toContain(token);
  const id = items.find(({ isCurrent }) => !isCurrent)?.id ?? "";
  expect((await browser.ask(`/api/account/sessions/${id}`, { method: "DELETE" })).status).toBe(204);
  expectProblem(await other.ask("/api/account"), "unauthorized");
  expectProblem(await browser.ask(`/api/account/sessions/${id}`, { method: "DELETE" }), "not_found");
  await enter();
  expect((await browser.ask("/api/account/sessions", { method: "DELETE" })).status).toBe(204);
  expectProblem(await other.ask("/api/account"), "unauthorized");
  expect((await openBrowser(stage).ask("/api/account", { headers: { cookie } })).status).toBe(200);
});

test("nobody ends another person's session", async () => {
  const [mine, theirs] = [await openPerson(), await openPerson()];
  const { rows } = await stage.owner.query("select id from auth.person_session where user_id = $1", [theirs.person.id]);
  expectProblem(await mine.browser.ask(`/api/account/sessions/${rows[0].id}`, { method: "DELETE" }), "not_found");
  expect((await theirs.browser.ask("/api/account")).status).toBe(200);
});

test("another password asks for the one before, and ends the other sessions", async () => {
  const { browser, person } = await openPerson();
  const other = openBrowser(stage);
  await other.ask("/api/auth/sign-in", { json: { email: person.email, password: person.password } });
  const change = (current: string) => browser.ask("/api/account/password", { json: { current, next: "another sentence of mine" } });
  expectProblem(await change("not the password"), "password_wrong");
  expect((await change(person.password)).status).toBe(204);
  expectProblem(await other.ask("/api/account"), "unauthorized");
  expect((await browser.ask("/api/account")).status).toBe(200);
  await mailTo(stage, person.email);
});

test("another address holds once its own mail is confirmed; the old one is told, and teams see the new one", async () => {
  const { browser, person, tenantId } = await openPerson();
  const next = newAddress("nueva");
  expectProblem(await browser.ask("/api/account/email", { json: { email: next, password: "not the password" } }), "password_wrong");
  expect((await browser.ask("/api/account/email", { json: { email: next, password: person.password } })).status).toBe(204);
  const token = tokenIn(await mailTo(stage, next));
  expect((await browser.ask("/api/account")).body).toMatchObject({ person: { email: person.email } });
  expect((await openBrowser(stage).ask("/api/auth/confirm-email", { json: { token } })).status).toBe(204);
  expectProblem(await openBrowser(stage).ask("/api/auth/confirm-email", { json: { token } }), "proof_spent");
  expect((await browser.ask("/api/account")).body).toMatchObject({ person: { email: next } });
  await mailTo(stage, person.email);
  const { rows } = await stage.owner.query("select email from member where tenant_id = $1", [tenantId]);
  expect(rows).toEqual([{ email: next }]);
});

test("a sign-in that was under way when the password changed opens no session", async () => {
  const { person } = await openPerson();
  const held = await stage.owner.connect();
  await held.query("begin");
  // The password is checked, and the session waits to be written.
  await held.query("lock table auth.person_session in share row exclusive mode");
  const browser = openBrowser(stage);
  const entering = browser.ask("/api/auth/sign-in", { json: { email: person.email, password: person.password } });
  await eventually(async () => {
    const { rows } = await stage.owner.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%insert into%person_session%'",
    );
    expect(rows).toHaveLength(1);
  });
  await held.query("update auth.person_account set password = $2 where user_id = $1", [
    person.id,
    await hashPassword("another sentence of mine"),
  ]);
  await held.query("delete from auth.person_session where user_id = $1", [person.id]);
  await held.query("commit");
  held.release();
  expectProblem(await entering, "sign_in_failed");
  expectProblem(await browser.ask("/api/account"), "unauthorized");
  const { rows } = await stage.owner.query("select 1 from auth.person_session where user_id = $1", [person.id]);
  expect(rows).toEqual([]);
});

test("no link outlives another password or address: what somebody else has begun ends there", async () => {
  const { browser, person } = await openPerson();
  let { password } = person;
  const [evil, wrong, next] = [newAddress("evil"), newAddress("typo"), newAddress("nueva")];
  const wish = async (email: string) => {
    expect((await browser.ask("/api/account/email", { json: { email, password } })).status).toBe(204);
    return tokenIn(await mailTo(stage, email));
  };
  const forgot = async (email: string, count: number) => {
    await openBrowser(stage).ask("/api/auth/forgot-password", { json: { email } });
    return tokenIn(await mailTo(stage, email, count));
  };
  const reset = (token: string) => openBrowser(stage).ask("/api/auth/reset-password", { json: { token, password: "a third sentence" } });
  const confirm = (token: string) => openBrowser(stage).ask("/api/auth/confirm-email", { json: { token } });
  // A thief who knew the password wished for their own address; its owner changes the password.
  const [stolen, forgotten] = [await wish(evil), await forgot(person.email, 1)];
  await browser.ask("/api/account/password", { json: { current: password, next: "another sentence of mine" } });
  password = "another sentence of mine";
  await mailTo(stage, person.email, 2);
  expectProblem(await confirm(stolen), "proof_spent");
  expectProblem(await reset(forgotten), "proof_spent");
  // A typing error in an address is mended by the right one; the old mailbox is nobody's then.
  const [mistyped, right] = [await wish(wrong), await wish(next)];
  expectProblem(await confirm(mistyped), "proof_spent");
  const late = await forgot(person.email, 3);
  expect((await confirm(right)).status).toBe(204);
  await mailTo(stage, person.email, 4);
  expectProblem(await reset(late), "proof_spent");
  expect((await browser.ask("/api/account")).body).toMatchObject({ person: { email: next } });
});

test("an address that has an account cannot be taken, and asking for it tells nothing", async () => {
  const [mine, theirs] = [await openPerson(), await openPerson()];
  const { status } = await mine.browser.ask("/api/account/email", { json: { email: theirs.person.email, password: mine.person.password } });
  expect(status).toBe(204);
  expect(tokenIn(await mailTo(stage, theirs.person.email))).toBe("");
});

test("a name changes at all merchants", async () => {
  const { browser, tenantId } = await openPerson();
  expect((await browser.ask("/api/account/name", { json: { name: "أحمد الرشيد" } })).status).toBe(204);
  const { rows } = await stage.owner.query("select name from member where tenant_id = $1", [tenantId]);
  expect(rows).toEqual([{ name: "أحمد الرشيد" }]);
  expectProblem(await browser.ask("/api/account/name", { json: { name: "<script>" } }), "invalid_request");
});
