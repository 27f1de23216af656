import { afterAll, expect, test } from "vitest";
import { createConnection } from "#commands/connections/create-connection.ts";
import { system } from "#contracts/caller.ts";
import { newConnection } from "#contracts/catalog.ts";
import { paymentProviders } from "#providers/payments/registry.ts";
import { customerOfTests, slotStart } from "#tests/support/customer.ts";
import { newService, pretendProvider } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

const stage = prepareStage();
afterAll(async () => {
  delete paymentProviders["pretend"];
});

test("where each call makes another page, tabs that ask at the same moment get the one that is asked about", async () => {
  const definition = pretendProvider(newService(), {});
  let pages = 0;
  let release: () => void = () => {};
  const allHaveAsked = new Promise<void>((resolve) => {
    release = resolve;
  });
  paymentProviders["pretend"] = {
    ...definition,
    create: (...given) => ({
      ...definition.create(...given),
      async start() {
        pages += 1;
        const page = pages;
        if (page === 3) release();
        await allHaveAsked;
        return { checkoutUrl: `https://pretend.example/page-${page}`, providerPaymentId: `link-${page}` };
      },
    }),
  };
  const clinic = await stage.openClinic();
  const wish = newConnection.parse({ kind: "payment", provider: "pretend", mode: "test", credentials: {} });
  await createConnection({ caller: system, input: { tenantId: clinic.tenantId, ...wish } });
  const held = (await stage.hold(clinic, { start: slotStart(0) })).body;
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const tab = () => stage.book(clinic, { holdId: held.id, session: held.session, customer, provider: "pretend" });
  const tabs = await Promise.all([tab(), tab(), tab()]);
  expect(tabs.map(({ status }) => status)).toEqual([201, 201, 201]);
  const urls = new Set(tabs.map(({ body }) => body.checkoutUrl));
  expect([pages, urls.size]).toEqual([3, 1]);
  const { rows } = await stage.owner.query("select checkout_url, provider_payment_id from payment where tenant_id = $1", [clinic.tenantId]);
  const [url = ""] = urls;
  expect(rows).toEqual([{ checkout_url: url, provider_payment_id: url.replace("https://pretend.example/page-", "link-") }]);
});
