import { expect, test } from "vitest";
import { eventually } from "../../support/end-state.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem } from "../request.ts";
import { mailsTo, mailTo, newAddress, openBrowser, password, registered, tokenIn } from "./people.ts";

const stage = prepareStage();
const form = (email: string) => ({ business: "Clínica Ñandú", country: "MX", email, password });
const register = (email: string) => openBrowser(stage).ask("/api/auth/register", { json: form(email) });
const count = async (text: string, values: unknown[] = []) => Number((await stage.owner.query(text, values)).rows[0]?.count);

test("four fields and the mail's link make person, merchant and owner, signed in, with what follows from the country", async () => {
  const email = newAddress();
  const browser = openBrowser(stage);
  expect((await browser.ask("/api/auth/register", { json: form(email.toUpperCase()) })).status).toBe(204);
  expect(browser.cookies.size).toBe(0);
  const mail = await mailTo(stage, email);
  expect(mail.text).toContain(`${stage.appUrl}/verify#`);
  const verified = await browser.ask("/api/auth/verify-email", { json: { token: tokenIn(mail) } });
  expect(verified.status).toBe(200);
  const account = await browser.ask("/api/account");
  expect(account.body).toMatchObject({ person: { email }, merchants: [{ name: "Clínica Ñandú", role: "owner" }] });
  const { tenantId } = verified.body as { tenantId: string };
  const { rows } = await stage.owner.query("select * from tenant where tenant_id = $1", [tenantId]);
  expect(rows[0]).toMatchObject({ country: "MX", timezone: "America/Mexico_City", currency: "MXN", locale: "es", notify_email: email });
  expect(rows[0].slug).toMatch(/^clinica-nandu(-\w+)?$/);
  const { rows: events } = await stage.owner.query("select kind, actor, origin from event where tenant_id = $1 order by kind", [tenantId]);
  expect(events.map(({ kind }) => kind)).toEqual(["member.added", "tenant.created"]);
  for (const { actor, origin } of events) expect([actor, origin]).toEqual([expect.stringMatching(/^member:/), expect.anything()]);
});

test("the session's cookie is for this host alone and out of reach of scripts", async () => {
  const email = newAddress();
  await register(email);
  const answer = await openBrowser(stage).ask("/api/auth/verify-email", { json: { token: tokenIn(await mailTo(stage, email)) } });
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^konfirmado\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
});

test("the link works once, and never after its time", async () => {
  const email = newAddress();
  await register(email);
  const token = tokenIn(await mailTo(stage, email));
  const other = newAddress();
  await register(other);
  const late = tokenIn(await mailTo(stage, other));
  const open = (link: string) => openBrowser(stage).ask("/api/auth/verify-email", { json: { token: link } });
  const both = await Promise.all([open(token), open(token)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
  expectProblem(await open(token), "proof_spent");
  await stage.owner.query(
    "update auth.person_proof set expires_at = now() - interval '1 second' where value in (select id::text from auth.registration where email = $1)",
    [other],
  );
  expectProblem(await open(late), "proof_spent");
  expect(await count("select count(*) from auth.person where email = $1", [other])).toBe(0);
});

test("an address with an account gets the same answer as a new one, and a mail that says so instead of a link", async () => {
  const { email } = await registered(stage);
  const fresh = newAddress();
  const [known, unknown] = [await register(email), await register(fresh)];
  const told = (answer: typeof known) => [answer.status, answer.text, answer.headers.getSetCookie()];
  expect(told(known)).toEqual(told(unknown));
  const mail = await mailTo(stage, email, 2);
  expect(mail.subject).not.toBe((await mailTo(stage, fresh)).subject);
  expect(tokenIn(mail)).toBe("");
  expect(await count("select count(*) from auth.person where email = $1", [email])).toBe(1);
  expect(await count("select count(*) from member where email = $1", [email])).toBe(1);
});

test("the request does the same work for both: it never looks whose the address is", async () => {
  const { email } = await registered(stage);
  await stage.stopWorker();
  try {
    const rowsOf = async (address: string) =>
      (
        await stage.owner.query(
          "select kind, locale, person_id, registration_id is null as is_resent from auth.person_mail where email = $1",
          [address],
        )
      ).rows;
    const fresh = newAddress();
    for (const address of [email, fresh]) {
      await register(address);
      await openBrowser(stage).ask("/api/auth/forgot-password", { json: { email: address } });
      await openBrowser(stage).ask("/api/auth/verify-email/resend", { json: { email: address } });
    }
    expect(await rowsOf(email)).toEqual(await rowsOf(fresh));
    expect(await rowsOf(email)).toHaveLength(3);
  } finally {
    await stage.startWorker();
  }
});

test("who registers again before opening a mail: the link that is opened counts, and the others are void", async () => {
  const email = newAddress();
  await register(email);
  const first = tokenIn(await mailTo(stage, email));
  await openBrowser(stage).ask("/api/auth/register", { json: { ...form(email), password: "another sentence of mine" } });
  const second = tokenIn(await mailTo(stage, email, 2));
  expect((await openBrowser(stage).ask("/api/auth/verify-email", { json: { token: second } })).status).toBe(200);
  expectProblem(await openBrowser(stage).ask("/api/auth/verify-email", { json: { token: first } }), "proof_spent");
  const signIn = (given: string) => openBrowser(stage).ask("/api/auth/sign-in", { json: { email, password: given } });
  expectProblem(await signIn(password), "sign_in_failed");
  expect((await signIn("another sentence of mine")).status).toBe(200);
});

test("before the link is opened nothing is made; the right password hears why, a wrong one nothing", async () => {
  const email = newAddress();
  await register(email);
  await mailTo(stage, email);
  expect(await count("select count(*) from auth.person where email = $1", [email])).toBe(0);
  const signIn = (given: string) => openBrowser(stage).ask("/api/auth/sign-in", { json: { email, password: given } });
  expectProblem(await signIn(password), "email_unverified");
  expectProblem(await signIn("not the password"), "sign_in_failed");
  await openBrowser(stage).ask("/api/auth/verify-email/resend", { json: { email } });
  const token = tokenIn(await mailTo(stage, email, 2));
  expect((await openBrowser(stage).ask("/api/auth/verify-email", { json: { token } })).status).toBe(200);
});

test("if the merchant cannot be made, no person is made either, and the link still works", async () => {
  const email = newAddress();
  await register(email);
  const token = tokenIn(await mailTo(stage, email));
  const open = () => openBrowser(stage).ask("/api/auth/verify-email", { json: { token } });
  await stage.owner.query("create function no_member() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$");
  await stage.owner.query("create trigger no_member before insert on member for each row execute function no_member()");
  try {
    expect((await open()).status).toBe(500);
  } finally {
    await stage.owner.query("drop function no_member cascade");
  }
  expect(await count("select count(*) from auth.person where email = $1", [email])).toBe(0);
  expect(await count("select count(*) from tenant where notify_email = $1", [email])).toBe(0);
  expect((await open()).status).toBe(200);
});

test.each([
  [{ password: "short" }, "password"],
  [{ password: "aaaaaaaaaaaaaa" }, "password"],
  [{ password: "Clínica Ñandú" }, "password"],
  [{ email: "ana@" }, "email"],
  [{ email: "añá@example.com" }, "email"],
  [{ business: " x " }, "business"],
  [{ country: "Colombia" }, "country"],
])("a field that is wrong is named: %j", async (wrong, path) => {
  const answer = await openBrowser(stage).ask("/api/auth/register", { json: { ...form(newAddress()), ...wrong } });
  expect(expectProblem(answer, "invalid_request")).toContain(path);
});

test("a browser on another site's page cannot register, sign in or sign out anybody", async () => {
  for (const path of ["register", "verify-email", "sign-in", "sign-out", "forgot-password", "reset-password"]) {
    const answer = await openBrowser(stage).ask(`/api/auth/${path}`, { json: {}, headers: { origin: "https://evil.example" } });
    expectProblem(answer, "cross_site");
  }
});

test("better-auth's own addresses are closed", async () => {
  for (const path of [
    "sign-up/email",
    "sign-in/email",
    "get-session",
    "update-user",
    "list-sessions",
    "two-factor/verify-totp",
    "ok",
    "delete-user",
  ]) {
    expect((await openBrowser(stage).ask(`/api/auth/${path}`, { json: {} })).status, path).toBe(404);
    expect((await openBrowser(stage).ask(`/api/auth/${path}`)).status, path).toBe(404);
  }
});

test("no mail's token lies in the database or the queue", async () => {
  const email = newAddress();
  await register(email);
  const token = tokenIn(await mailTo(stage, email));
  await eventually(async () => expect(await count("select count(*) from auth.person_mail where email = $1", [email])).toBe(0));
  for (const table of ["auth.person_proof", "auth.registration", "auth.person_mail", "graphile_worker._private_jobs"])
    expect(await count(`select count(*) from ${table} t where t::text like $1`, [`%${token}%`]), table).toBe(0);
  expect(await mailsTo(stage, email)).toHaveLength(1);
});
