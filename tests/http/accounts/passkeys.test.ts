import { expect, test } from "vitest";
import { asCookie, openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectProblem } from "../request.ts";
import { makeAuthenticator } from "./authenticator.ts";
import { mailTo, openBrowser } from "./people.ts";

const stage = prepareStage();
const challengeOf = ({ body }: { body: unknown }) => (body as { challenge: string }).challenge;

async function openWithPasskey() {
  const merchant = await openMerchant(stage);
  const browser = openBrowser(stage);
  const { name, value } = asCookie(merchant);
  browser.cookies.set(name, value);
  const authenticator = makeAuthenticator(stage.appUrl);
  const begin = () => browser.ask("/api/account/passkeys/options", { json: { password: merchant.person.password } });
  const keep = (made: object) => browser.ask("/api/account/passkeys", { json: { name: "Mi teléfono", made } });
  const made = authenticator.make(challengeOf(await begin()));
  const kept = await keep(made);
  return { ...merchant, browser, authenticator, begin, keep, made, kept };
}
const begin = () => openBrowser(stage).ask("/api/auth/passkey/options", { json: {} });
const show = (shown: object, browser = openBrowser(stage)) => browser.ask("/api/auth/passkey", { json: shown });

test("a passkey signs in without password and code, and is in the log and the list", async () => {
  const { kept, authenticator, browser, person, tenantId } = await openWithPasskey();
  expect(kept.status).toBe(200);
  expect((await mailTo(stage, person.email)).subject).toMatch(/llave/);
  const entering = openBrowser(stage);
  expect((await show(authenticator.show(challengeOf(await begin())), entering)).status).toBe(204);
  expect((await entering.ask("/api/account")).body).toMatchObject({ person: { email: person.email } });
  const { items } = (await browser.ask("/api/account/passkeys")).body as { items: { name: string; usedAt: string | null }[] };
  expect(items).toEqual([expect.objectContaining({ name: "Mi teléfono", usedAt: expect.any(String) })]);
  const { rows } = await stage.owner.query("select 1 from event where tenant_id = $1 and kind = 'member.signed_in'", [tenantId]);
  expect(rows).toHaveLength(1);
});

test("an answer is good once: whoever listened cannot say it again", async () => {
  const { authenticator } = await openWithPasskey();
  const shown = authenticator.show(challengeOf(await begin()));
  const both = await Promise.all([show(shown), show(shown)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([204, 401]);
});

test("another site's page, another key, a challenge of one's own and a touch without finger sign nobody in", async () => {
  const { authenticator } = await openWithPasskey();
  const stranger = makeAuthenticator(stage.appUrl);
  const challenge = async () => challengeOf(await begin());
  expectProblem(await show(authenticator.show(await challenge(), { from: "https://evil.example" })), "passkey_failed");
  expectProblem(await show(stranger.show(await challenge())), "passkey_failed");
  expectProblem(await show({ ...stranger.show(await challenge()), id: authenticator.id, rawId: authenticator.id }), "passkey_failed");
  expectProblem(await show(authenticator.show("bXktb3duLWNoYWxsZW5nZQ")), "passkey_failed");
  expectProblem(await show(authenticator.show(await challenge(), { isRecognised: false })), "passkey_failed");
  expect((await show(authenticator.show(await challenge()))).status).toBe(204);
});

test("the challenge of a sign-in makes no passkey, and one person's makes none for another", async () => {
  const [mine, theirs] = [await openWithPasskey(), await openWithPasskey()];
  const fresh = makeAuthenticator(stage.appUrl);
  expectProblem(await mine.keep(fresh.make(challengeOf(await begin()))), "passkey_failed");
  expectProblem(await mine.keep(fresh.make(challengeOf(await theirs.begin()))), "passkey_failed");
  expectProblem(await mine.keep(mine.made), "passkey_failed");
  expectProblem(await mine.browser.ask("/api/account/passkeys/options", { json: { password: "not the password" } }), "password_wrong");
});

test("one that is removed signs nobody in, and nobody removes another's", async () => {
  const [mine, theirs] = [await openWithPasskey(), await openWithPasskey()];
  const { id } = mine.kept.body as { id: string };
  expectProblem(await theirs.browser.ask(`/api/account/passkeys/${id}`, { method: "DELETE" }), "not_found");
  expect((await mine.browser.ask(`/api/account/passkeys/${id}`, { method: "DELETE" })).status).toBe(204);
  expectProblem(await show(mine.authenticator.show(challengeOf(await begin()))), "passkey_failed");
  await mailTo(stage, mine.person.email, 2);
});
