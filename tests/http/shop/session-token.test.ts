import { expect, test } from "vitest";
import { testedMercadopago } from "../../support/payers/mercadopago.ts";
import { payAgain } from "../../support/shop/shopper.ts";
import { prepareShopStage } from "../../support/shop/stage.ts";

const stage = prepareShopStage({ worker: false });

test("a provider that keeps a word of ours has the order session's token with each try", async () => {
  const shop = await stage.openShop({ provider: testedMercadopago });
  const begun = await stage.reachOrder(shop);
  const again = await payAgain(stage, begun, testedMercadopago.id);
  expect(again.status).toBe(201);
  const { rows } = await stage.owner.query<{ preference: string }>(
    "select provider_payment_id as preference from payment where checkout_id = $1 order by created_at",
    [begun.id],
  );
  expect(rows).toHaveLength(2);
  for (const { preference } of rows) {
    const address = `${stage.simulatorsUrl}/mercadopago/api/checkout/preferences/${preference}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${shop.account.credentials["accessToken"]}` } });
    expect(await answer.json()).toMatchObject({ metadata: { session_token: begun.sessionToken } });
  }
});
