import { expect, test } from "vitest";
import { eventChecksum, integritySignature } from "#simulators/wompi/signatures.ts";

const documented = {
  reference: "sk8-438k4-xmxm392-sn2m",
  amountInCents: "2490000",
  currency: "COP",
  integritySecret: "prod_integrity_Z5mMke9x0k8gpErbDqwrJXMqsI6SFli6",
};

test("the integrity signature equals the documented one", () => {
  const signature = integritySignature({ ...documented, expirationTime: null });
  expect(signature).toBe("37c8407747e595535433ef8f6a811d853cd943046624a0ec04662b17bbf33bf5");
});

test("the expiration time is signed between currency and secret", () => {
  const signature = integritySignature({ ...documented, expirationTime: "2023-06-09T20:28:50.000Z" });
  expect(signature).toBe("e972f58e7de36b283fbb93d9318d39a54ffdff4e8e917b534f30d63c9d7bb89c");
});

test.each([
  {
    id: "12015602-1769351602-78650",
    amount: 8_500_000,
    timestamp: 1_769_351_608,
    eventsSecret: "test_events_SIMULATOR",
    checksum: "5ccb1e7e2f412c629c5c37ed1b1c860ed128ddfd43dce17a137ca894ca470072",
  },
  {
    id: "1234-1610641025-49201",
    amount: 4_490_000,
    timestamp: 1_530_291_411,
    eventsSecret: "prod_events_OcHnIzeBl5socpwByQ4hA52Em3USQ93Z",
    checksum: "5a18ec5e8fdb7df463e9f94774cba8f583ba21bd04a09ceff2ea68a4bc0aefbe",
  },
])("the event checksum of $id equals the known vector", ({ id, amount, timestamp, eventsSecret, checksum }) => {
  const properties = ["transaction.id", "transaction.status", "transaction.amount_in_cents"];
  const data = { transaction: { id, status: "APPROVED", amount_in_cents: amount } };
  expect(eventChecksum({ data, properties, timestamp, eventsSecret })).toBe(checksum);
});

test("one changed character changes the checksum", () => {
  const data = { transaction: { id: "a" } };
  const sign = (secret: string) => eventChecksum({ data, properties: ["transaction.id"], timestamp: 1, eventsSecret: secret });
  expect(sign("secret")).not.toBe(sign("secreu"));
});
