import { expect, test } from "vitest";
import { signedIn } from "#platform/auth.ts";
import { openMerchant } from "../../support/merchant.ts";
import { prepareStage } from "../../support/stage.ts";

const stage = prepareStage({ worker: false });

test("the cookie of a session says who is signed in; a forged or altered one says nothing", async () => {
  const merchant = await openMerchant(stage);
  const { person, tenantId, cookie } = merchant;
  expect(await signedIn(new Headers({ cookie }))).toMatchObject({ personId: person.id, email: person.email, tenantId });
  expect(await signedIn(new Headers({ cookie: `${cookie.slice(0, -6)}AAA%3D` }))).toBeNull();
  expect(await signedIn(new Headers({ cookie: cookie.replace(/=[A-Za-z0-9]/, "=_") }))).toBeNull();
  expect(await signedIn(new Headers())).toBeNull();
});

test("a session that is over, or was taken away, signs nobody in", async () => {
  const { cookie, person } = await openMerchant(stage);
  await stage.owner.query("update auth.person_session set expires_at = now() - interval '1 second' where user_id = $1", [person.id]);
  expect(await signedIn(new Headers({ cookie }))).toBeNull();
});
