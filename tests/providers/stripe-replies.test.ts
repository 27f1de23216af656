import { createServer } from "node:http";
import { expect, test } from "vitest";
import type { PaymentProvider } from "#domain/payment-provider.ts";
import { stripe } from "#providers/payments/stripe/stripe.ts";

const known = { reference: "KF-1", providerPaymentId: "cs_test_1", currency: "COP" };
const intent = {
  id: "pi_1",
  status: "succeeded",
  amount: 100,
  amount_received: 100,
  currency: "usd",
  livemode: false,
  metadata: { reference: "KF-1" },
  latest_charge: null,
};
const session = (row: unknown, changes: object = {}) => ({ id: "cs_test_1", client_reference_id: "KF-1", payment_intent: row, ...changes });
const requestError = (code: string) => ({ error: { type: "invalid_request_error", code, message: "sk_test_51secret said no" } });

const failures: Record<string, [kind: string, status: number, body: unknown]> = {
  "not JSON": ["unexpected_reply", 200, "<html>"],
  "another shape": ["unexpected_reply", 200, { object: "list" }],
  "another session": ["unexpected_reply", 200, session(null, { id: "cs_test_2" })],
  "a redirect": ["unexpected_reply", 302, "{}"],
  "a megabyte too much": ["unexpected_reply", 200, `"${"x".repeat(1024 * 1024)}"`],
  "a gateway's page": ["unreachable", 502, "<html>"],
  "too many requests": ["unreachable", 429, { error: { type: "rate_limit_error", message: "slow down" } }],
  "a key that is at work": ["unreachable", 409, requestError("idempotency_key_in_use")],
  "no permission": ["misconfigured", 403, { error: { type: "invalid_request_error", message: "no" } }],
  "a session of another account": ["refused", 404, requestError("resource_missing")],
};
test.each(Object.entries(failures))("%s is a failure, never a fact, and its words stay out", async (_name, [kind, status, body]) => {
  await answering(status, body, async (provider) => {
    const failure = await provider.findCharges(known).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "ProviderFailure", kind, retriable: kind === "unreachable" || kind === "unexpected_reply" });
    expect(String(failure)).not.toContain("sk_test_51secret");
  });
});

const rows: Record<string, [row: unknown, id: string | null, changes?: object]> = {
  "an amount with a fraction": [{ ...intent, amount: 100.5 }, "pi_1"],
  "an amount as text": [{ ...intent, amount: "100" }, "pi_1"],
  "a currency that is none": [{ ...intent, currency: "dollars" }, "pi_1"],
  "a part of a króna": [{ ...intent, currency: "isk", amount_received: 550 }, "pi_1"],
  "a payment that was not expanded": ["pi_1", null],
  "another reference": [intent, "pi_1", { client_reference_id: "KF-2" }],
};
test.each(Object.entries(rows))("%s is an unreadable row, not an empty answer", async (_name, [row, id, changes]) => {
  await answering(200, session(row, changes), async (provider) => {
    const found = await provider.findCharges(known);
    expect(found).toMatchObject({ charges: [], unreadable: [{ providerChargeId: id }] });
  });
});

test("a payment of live mode on a test connection is foreign", async () => {
  await answering(200, session({ ...intent, livemode: true }), async (provider) => {
    expect((await provider.findCharges(known)).charges).toMatchObject([{ state: "approved", foreign: "environment" }]);
  });
});

test("an account that may not charge yet is told so", async () => {
  await answering(200, { id: "acct_1", charges_enabled: false }, async (provider) => {
    expect(await provider.test()).toMatchObject({ ok: false, detail: "account_inactive", refused: null });
  });
});

/** A service that always answers this. */
async function answering(status: number, body: unknown, look: (provider: PaymentProvider) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) =>
    response.writeHead(status, { location: "/" }).end(typeof body === "string" ? body : JSON.stringify(body)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const credentials = { accountId: "acct_1", secretKey: "sk_test_51secret", webhookSecret: "whsec_1" };
  await look(stripe.create(credentials, "test", { apiUrl, checkoutUrl: apiUrl }));
  server.closeAllConnections();
  server.close();
}
