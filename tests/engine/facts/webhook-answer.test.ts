import { afterAll, expect, test } from "vitest";
import { paymentProviders } from "#providers/payments/registry.ts";
import { bookAtPretended, newService, pretendProvider, pretendWebhook } from "#tests/support/pretend-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

const stage = prepareStage();
afterAll(async () => {
  delete paymentProviders["pretend"];
});

test("a webhook is checked with its connection's mode, and answered with what its provider wants: here its own bytes, each time", async () => {
  const service = newService();
  const definition = pretendProvider(service, { signatureCovers: "all" });
  const modes: unknown[] = [];
  paymentProviders["pretend"] = {
    ...definition,
    verifyWebhook(delivery) {
      modes.push(delivery.mode);
      return definition.verifyWebhook(delivery);
    },
    webhookAnswer: (_event, rawBody) => ({ status: 200, body: Buffer.from(rawBody).toString(), contentType: "application/json" }),
  };
  const clinic = await stage.openClinic();
  const { connectionId, booking } = await bookAtPretended(stage, clinic);
  const { body, headers } = pretendWebhook({
    ...{ key: "ñandú-0123456789abcdef", id: `charge-${booking.reference}`, reference: booking.reference },
    ...{ state: "declined", amountMinor: booking.amountMinor, currency: "COP" },
  });
  for (let n = 0; n < 2; n += 1) {
    const answer = await fetch(`${stage.appUrl}/api/webhooks/pretend/${connectionId}`, { method: "POST", body, headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(body))).toBe(true);
  }
  expect(modes).toEqual(["test", "test"]);
});
