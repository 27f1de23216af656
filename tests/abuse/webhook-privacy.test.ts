import { expect, test } from "vitest";
import { sha256Hex } from "#platform/ids.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { wompiKeys } from "../support/payers/wompi-keys.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ keepsPromises: true });

/** What a provider's event may tell of a person and of a card, each in a place of its own. */
const personal = {
  customer_email: "ana.perez@example.com",
  customer_data: { full_name: "Ana María Pérez", phone_number: "+57 300 123 4567", legal_id: "1020304050" },
  billing_data: { legal_id: "52123456", legal_id_type: "CC" },
  shipping_address: { address_line_1: "Calle 85 # 12-34", phone_number: "573001234567" },
  payment_method: {
    type: "CARD",
    token: "tok_test_secret_of_the_card",
    phone_number: "3001234567",
    user_legal_id: "79456123",
    extra: { brand: "VISA", last_four: "4242", card_holder: "ANA M PEREZ", exp_year: "31" },
  },
  status_message: "card 4242 4242 4242 4242 of the customer was charged",
  merchant: { note: "5254133674403564", keys: "prv_test_merchant_private" },
};
const forbidden = [
  ...["ana.perez", "example.com", /\bAna\b/, "ANA M PEREZ", "1020304050", "52123456", "79456123", "Calle 85"],
  // As words: the digits of a microsecond and the letters of an id may be the same.
  ...["300 123 4567", "3001234567", /(?<![\w.-])4242(?![\w-])/, "5254133674403564", "tok_test_secret", "prv_test_merchant"],
];

function signed(secret: string, transaction: { id: string; status: string; amount_in_cents: number }): string {
  const timestamp = Math.floor(Date.now() / 1000);
  const { id, status, amount_in_cents: amount } = transaction;
  return JSON.stringify({
    event: "transaction.updated",
    data: { transaction },
    environment: "test",
    signature: {
      checksum: sha256Hex(`${id}${status}${amount}${timestamp}${secret}`),
      properties: ["transaction.id", "transaction.status", "transaction.amount_in_cents"],
    },
    timestamp,
  });
}

test("of a signed webhook the inbox keeps what settles it, and nothing of the card or the person", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve", { tells: "never" });
  const charge = { id: chargeIds[0] ?? "", status: "APPROVED", amount_in_cents: 10_000_000, currency: "COP", reference: booking.reference };
  const answer = await fetch(clinic.account.webhookUrl, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer of the provider", cookie: "theirs=1" },
    body: signed(wompiKeys(clinic.account).eventsSecret, { ...charge, ...personal }),
  });
  expect(answer.status).toBe(200);
  const { rows } = await stage.owner.query<{ body: string; headers: Record<string, string>; row: string }>(
    "select body, headers, to_jsonb(e)::text as row from inbox_event e where tenant_id = $1",
    [clinic.tenantId],
  );
  const [stored, ...more] = rows;
  expect(more).toEqual([]);
  for (const word of forbidden) expect(stored?.row).not.toMatch(word);
  expect(JSON.parse(stored?.body ?? "")).toMatchObject({
    data: { transaction: { ...charge, customer_email: "[scrubbed]", payment_method: { type: "CARD", token: "[scrubbed]" } } },
    signature: { checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(Object.keys(stored?.headers ?? {})).not.toEqual(expect.arrayContaining(["authorization"]));
  expect(Object.keys(stored?.headers ?? {}).filter((name) => /cookie|authorization/.test(name))).toEqual([]);

  await stage.reaches(booking, { status: "confirmed" });
  await stage.settled(booking.id);
  // What was kept is enough: the event itself was settled, and only its customer's own rows name her.
  await eventually(async () => {
    const states = await stage.owner.query("select state from inbox_event where tenant_id = $1", [clinic.tenantId]);
    expect(states.rows).toEqual([{ state: "settled" }]);
  });
  const told = await stage.owner.query<{ text: string }>("select to_jsonb(e)::text as text from event e where tenant_id = $1", [
    clinic.tenantId,
  ]);
  for (const { text } of told.rows) for (const word of forbidden.slice(0, 12)) expect(text).not.toMatch(word);
});
