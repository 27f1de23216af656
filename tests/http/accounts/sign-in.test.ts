import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem } from "../request.ts";
import { codeOf, mailTo, newAddress, openBrowser, tokenIn } from "./people.ts";

// Five attempts in a quarter of an hour, as in production.
const stage = prepareStage({ settings: { RATE_LIMIT_CHANGES: "10" } });
const signIn = (email: string, password: string) => openBrowser(stage).ask("/api/auth/sign-in", { json: { email, password } });

test("a wrong password and an unknown address get the same answer", async () => {
  const { person } = await openMerchant(stage);
  const [wrong, unknown] = [await signIn(person.email, "not the password"), await signIn(newAddress(), "not the password")];
  expectProblem(wrong, "sign_in_failed");
  expect([unknown.status, unknown.text, unknown.headers.getSetCookie()]).toEqual([wrong.status, wrong.text, wrong.headers.getSetCookie()]);
});

test("whoever registers an address that is not theirs cannot tell by signing in whether it has an account", async () => {
  const { person } = await openMerchant(stage);
  const typed = "a sentence of a stranger";
  const answers = [];
  for (const email of [person.email, newAddress()]) {
    await openBrowser(stage).ask("/api/auth/register", { json: { business: "Clínica Ñandú", country: "CO", email, password: typed } });
    answers.push(await signIn(email, typed));
  }
  for (const answer of answers) expectProblem(answer, "email_unverified");
  // The person's own password goes on to work.
  expect((await signIn(person.email, person.password)).status).toBe(200);
});

test("the sixth attempt on one account is refused, from eight addresses as from one, whether it exists or not", async () => {
  const { person } = await openMerchant(stage);
  for (const email of [person.email, newAddress()]) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(email, "not the password")));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const refused = await signIn(email.toUpperCase(), person.password);
    expectProblem(refused, "rate_limited");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(600);
  }
});

test("the sixth attempt from one address is refused, whichever account it tries", async () => {
  const browser = openBrowser(stage);
  const answers = [];
  for (let n = 0; n < 7; n += 1)
    answers.push(await browser.ask("/api/auth/sign-in", { json: { email: newAddress(), password: "not the password" } }));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
});

test("whoever gets it right was no attempt: twelve people of an office sign in one after another", async () => {
  const { person } = await openMerchant(stage);
  const office = openBrowser(stage);
  for (let n = 0; n < 12; n += 1) {
    office.cookies.clear();
    expect((await office.ask("/api/auth/sign-in", { json: { email: person.email, password: person.password } })).status).toBe(200);
  }
});

test("codes are counted per account too: the password opens no new tries, from whatever addresses", async () => {
  const { person, cookie } = await openMerchant(stage);
  const own = openBrowser(stage);
  const begun = await own.ask("/api/account/two-factor", { json: { password: person.password }, headers: { cookie } });
  const { address } = begun.body as { address: string };
  await own.ask("/api/account/two-factor/confirm", { json: { code: codeOf(address) }, headers: { cookie } });
  const answers = [];
  let challenge = "";
  for (let n = 0; n < 7; n += 1) {
    const browser = openBrowser(stage);
    await browser.ask("/api/auth/sign-in", { json: { email: person.email, password: person.password } });
    challenge = browser.cookie();
    answers.push(await browser.ask("/api/auth/sign-in/code", { json: n % 2 ? { code: "000000" } : { recoveryCode: "Xa3bC-9dEfG" } }));
  }
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
  const right = await openBrowser(stage).ask("/api/auth/sign-in/code", {
    json: { code: codeOf(address, 1) },
    headers: { cookie: challenge },
  });
  expectProblem(right, "rate_limited");
});

test("mails that strangers may cause are counted per account and per address too", async () => {
  const { person } = await openMerchant(stage);
  const ask = (email: string, browser = openBrowser(stage)) => browser.ask("/api/auth/forgot-password", { json: { email } });
  const answers = [];
  for (let n = 0; n < 6; n += 1) answers.push((await ask(person.email)).status);
  expect(answers).toEqual([204, 204, 204, 204, 204, 429]);
  const one = openBrowser(stage);
  const others = [];
  for (let n = 0; n < 6; n += 1) others.push((await ask(newAddress(), one)).status);
  expect(others).toEqual([204, 204, 204, 204, 204, 429]);
});

test("mails that a merchant may cause are counted by whom they reach: our name fills nobody's mailbox", async () => {
  const { person, tenantId, cookie } = await openMerchant(stage);
  const send = (path: string, json: object, method = "POST") => openBrowser(stage).ask(path, { method, json, headers: { cookie } });
  const statuses = async (ask: () => ReturnType<typeof send>) => {
    const all = [];
    for (let n = 0; n < 6; n += 1) all.push((await ask()).status);
    return all;
  };
  const victim = newAddress();
  expect(await statuses(() => send("/api/members/invitations", { email: victim, role: "staff" }))).toEqual([201, 201, 201, 201, 201, 429]);
  const wish = (email: string) => send("/api/account/email", { email, password: person.password });
  expect((await wish(victim)).status).toBe(429);
  // The right password was no attempt, but whoever has it may not write to everybody either.
  expect(await statuses(() => wish(newAddress()))).toEqual([204, 204, 204, 204, 429, 429]);
  const { rows } = await stage.owner.query("select id from professional where tenant_id = $1", [tenantId]);
  const professional = `/api/professionals/${rows[0].id}`;
  await stage.owner.query("update professional set email = $2 where id = $1", [rows[0].id, newAddress()]);
  expect(await statuses(() => send(`${professional}/invite`, { mail: true }))).toEqual([201, 201, 201, 201, 201, 429]);
  expect((await send(`${professional}/invitation/mail`, {})).status).toBe(429);
});

test("recovery: the link changes the password once, ends every session, and a mail tells it", async () => {
  const { person, cookie } = await openMerchant(stage);
  const forgot = () => openBrowser(stage).ask("/api/auth/forgot-password", { json: { email: person.email } });
  await forgot();
  const earlier = tokenIn(await mailTo(stage, person.email));
  await forgot();
  const token = tokenIn(await mailTo(stage, person.email, 2));
  const next = "another sentence of mine";
  const reset = (given: string) => openBrowser(stage).ask("/api/auth/reset-password", { json: { token: given, password: next } });
  const both = await Promise.all([reset(token), reset(token)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([204, 410]);
  expectProblem(await reset(earlier), "proof_spent");
  expectProblem(await openBrowser(stage).ask("/api/account", { headers: { cookie } }), "unauthorized");
  expectProblem(await signIn(person.email, person.password), "sign_in_failed");
  expect((await signIn(person.email, next)).status).toBe(200);
  expect((await mailTo(stage, person.email, 3)).text).toContain(`${stage.appUrl}/forgot`);
});

test("a link for a password is over after an hour, and good for nothing else", async () => {
  const { person } = await openMerchant(stage);
  await openBrowser(stage).ask("/api/auth/forgot-password", { json: { email: person.email } });
  const token = tokenIn(await mailTo(stage, person.email));
  expectProblem(await openBrowser(stage).ask("/api/auth/verify-email", { json: { token } }), "proof_spent");
  const { rows } = await stage.owner.query(
    "select extract(epoch from expires_at - created_at) as seconds from auth.person_proof where value = $1",
    [`reset:${person.id}`],
  );
  expect(rows.map(({ seconds }) => Number(seconds))).toEqual([3600]);
  await stage.owner.query("update auth.person_proof set expires_at = now() - interval '1 second' where value = $1", [`reset:${person.id}`]);
  expectProblem(
    await openBrowser(stage).ask("/api/auth/reset-password", { json: { token, password: "another sentence of mine" } }),
    "proof_spent",
  );
});

test("signing in lands at the merchant that was looked at last, and is in its log", async () => {
  const first = await openMerchant(stage);
  const { tenantId, person } = await openMerchant(stage);
  await stage.owner.query("insert into member (tenant_id, person_id, role, name, email) values ($1, $2, 'admin', 'Ana', $3)", [
    first.tenantId,
    person.id,
    person.email,
  ]);
  const browser = openBrowser(stage);
  const enter = () => browser.ask("/api/auth/sign-in", { json: { email: person.email, password: person.password } });
  const arrivals = async () =>
    (
      await stage.owner.query(
        "select tenant_id, origin from event where kind = 'member.signed_in' and tenant_id = any ($1) order by created_at",
        [[tenantId, first.tenantId]],
      )
    ).rows;
  await enter();
  const [{ tenant_id: before, origin }] = await arrivals();
  expect(origin.address).toMatch(/^2001:db8:/);
  const next = before === tenantId ? first.tenantId : tenantId;
  expect((await browser.ask("/api/account/tenant", { json: { tenantId: next } })).status).toBe(204);
  expectProblem(await browser.ask("/api/account/tenant", { json: { tenantId: randomUUID() } }), "tenant_unknown");
  expectProblem(await browser.ask("/api/account/tenant", { json: { tenantId: (await openMerchant(stage)).tenantId } }), "tenant_unknown");
  await browser.ask("/api/auth/sign-out", { json: {} });
  expectProblem(await browser.ask("/api/account"), "unauthorized");
  await enter();
  expect((await arrivals()).map((row) => row.tenant_id)).toEqual([before, next]);
});
