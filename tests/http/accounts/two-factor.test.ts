import { expect, test } from "vitest";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem } from "../request.ts";
import { codeOf, mailTo, openBrowser } from "./people.ts";

const stage = prepareStage();

/** A person who has switched the second factor on with the code of the step before. */
async function openGuarded() {
  const merchant = await openMerchant(stage);
  const browser = openBrowser(stage);
  const { name, value } = asCookie(merchant);
  browser.cookies.set(name, value);
  const { email, password } = merchant.person;
  const begun = await browser.ask("/api/account/two-factor", { json: { password } });
  const { address, recoveryCodes } = begun.body as { address: string; recoveryCodes: string[] };
  const code = codeOf(address);
  const confirmed = await browser.ask("/api/account/two-factor/confirm", { json: { code } });
  const enter = async () => {
    const entering = openBrowser(stage);
    const answer = await entering.ask("/api/auth/sign-in", { json: { email, password } });
    return { entering, answer };
  };
  return { ...merchant, browser, address, code, nextCode: () => codeOf(address, 1), recoveryCodes, begun, confirmed, enter };
}

const finish = (browser: ReturnType<typeof openBrowser>, json: object) => browser.ask("/api/auth/sign-in/code", { json });

test("with a second factor the password alone opens no session, and the code does", async () => {
  const { begun, confirmed, nextCode, enter, browser, person } = await openGuarded();
  expect([begun.status, confirmed.status]).toEqual([200, 204]);
  expect((await browser.ask("/api/account")).body).toMatchObject({ person: { hasTwoFactor: true } });
  expect((await mailTo(stage, person.email)).subject).toMatch(/pasos/);
  const { entering, answer } = await enter();
  expect(answer.body).toEqual({ needsCode: true });
  expectProblem(await entering.ask("/api/account"), "unauthorized");
  expectProblem(await finish(entering, { code: "000000" }), "second_factor_failed");
  expect((await finish(entering, { code: nextCode() })).status).toBe(204);
  expect((await entering.ask("/api/account")).status).toBe(200);
});

test("a code is accepted once: whoever saw it over a shoulder comes too late, also at the same moment", async () => {
  const { nextCode, recoveryCodes, enter } = await openGuarded();
  const [first, second, third] = [await enter(), await enter(), await enter()];
  const code = nextCode();
  const both = await Promise.all([finish(first.entering, { code }), finish(second.entering, { code })]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([204, 401]);
  expectProblem(await finish(third.entering, { code }), "second_factor_failed");
  expectProblem(await third.entering.ask("/api/account"), "unauthorized");
  // The sign-in itself goes on: by the next code, or by a code that was kept.
  expect((await finish(third.entering, { recoveryCode: recoveryCodes[0] })).status).toBe(204);
});

test("the code that confirmed the second factor does not sign in too", async () => {
  const { code, enter } = await openGuarded();
  const { entering } = await enter();
  expectProblem(await finish(entering, { code }), "second_factor_failed");
});

test("a recovery code works once, and new ones void the old", async () => {
  const { recoveryCodes, enter, browser, person } = await openGuarded();
  const [first = "", second = ""] = recoveryCodes;
  const [one, two] = [await enter(), await enter()];
  expect((await finish(one.entering, { recoveryCode: first })).status).toBe(204);
  expectProblem(await finish(two.entering, { recoveryCode: first }), "second_factor_failed");
  const renewed = await browser.ask("/api/account/two-factor/recovery-codes", { json: { password: person.password } });
  const { recoveryCodes: fresh } = renewed.body as { recoveryCodes: string[] };
  expectProblem(await finish(two.entering, { recoveryCode: second }), "second_factor_failed");
  expect((await finish(two.entering, { recoveryCode: fresh[0] })).status).toBe(204);
});

test("a cookie that nobody here has set is no sign-in", async () => {
  const { entering } = await (await openGuarded()).enter();
  for (const value of ["%zz", "none", "none.%00"]) {
    for (const name of entering.cookies.keys()) entering.cookies.set(name, value);
    expectProblem(await finish(entering, { code: "000000" }), "second_factor_failed");
  }
});

test("five wrong codes void the sign-in, and the right one comes too late", async () => {
  const { nextCode, enter } = await openGuarded();
  const { entering } = await enter();
  for (let n = 0; n < 5; n += 1) expectProblem(await finish(entering, { code: "000000" }), "second_factor_failed");
  expectProblem(await finish(entering, { code: nextCode() }), "second_factor_failed");
});

test("to begin, to end and to renew ask for the password, and an open session alone is not enough", async () => {
  const { browser, person, enter } = await openGuarded();
  for (const path of ["/api/account/two-factor", "/api/account/two-factor/end", "/api/account/two-factor/recovery-codes"])
    expectProblem(await browser.ask(path, { json: { password: "not the password" } }), "password_wrong");
  expectProblem(await browser.ask("/api/account/two-factor", { json: { password: person.password } }), "second_factor_state");
  expect((await browser.ask("/api/account/two-factor/end", { json: { password: person.password } })).status).toBe(204);
  expect((await browser.ask("/api/account")).body).toMatchObject({ person: { hasTwoFactor: false } });
  expect((await enter()).answer.body).toEqual({ needsCode: false });
  await mailTo(stage, person.email, 2);
});

test("the authenticator's secret and the recovery codes lie sealed in the database", async () => {
  const { address, recoveryCodes, person } = await openGuarded();
  const { rows } = await stage.owner.query("select t::text as text from auth.person_two_factor t where user_id = $1", [person.id]);
  const secret = new URL(address).searchParams.get("secret") ?? "";
  for (const open of [secret, ...recoveryCodes]) expect(rows[0].text).not.toContain(open);
});
