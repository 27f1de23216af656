import type { Breakage } from "../breakage.ts";

const at = (file: string) => `src/providers/payments/mercadopago/${file}`;
const unit = "tests/unit/providers/mercadopago.test.ts";
const own = "tests/providers/mercadopago.test.ts";

/** Mercado Pago: nothing but an id is signed, a page can be paid again, and a cancelled payment is over. */
export const mercadopago: Breakage[] = [
  {
    guarantee: "a notice that Mercado Pago has not signed proves nothing",
    file: at("webhook.ts"),
    find: "if (!spellings.some((id) =>",
    replace: "if (spellings.length === 0 && !spellings.some((id) =>",
    noticedBy: [unit],
  },
  {
    guarantee: "whoever repeats a notice with another kind cannot fill the inbox",
    file: at("webhook.ts"),
    find: "sha256Hex([kind, dataId, delivery].join",
    replace: "sha256Hex([type, dataId, delivery].join",
    noticedBy: [unit],
  },
  {
    guarantee: "a currency without minor units is read as it is",
    file: at("amounts.ts"),
    find: "amount * 10 ** decimalsOf(currency)",
    replace: "amount * 100",
    noticedBy: [unit],
  },
  {
    guarantee: "a dispute that the merchant has won is money again",
    file: at("payment.ts"),
    find: '"charged_back/reimbursed": "approved"',
    replace: '"charged_back/reimbursed": "charged_back"',
    noticedBy: [unit],
  },
  {
    guarantee: "a payment on another account is seen to be one",
    file: at("payment.ts"),
    find: 'collector !== own.account ? "account"',
    replace: 'collector === own.account ? "account"',
    noticedBy: [own],
  },
  {
    guarantee: "one reference has one page, also after a lost answer",
    file: at("preference.ts"),
    find: '{ "x-idempotency-key": payment.reference }',
    replace: "{}",
    noticedBy: [own],
    test: "one reference is one page",
  },
  {
    guarantee: "a payment that is approved while it is cancelled wins",
    file: at("close.ts"),
    find: '  if (now && hasBeenApproved(now.state)) return "already_paid";\n',
    replace: "",
    noticedBy: [own],
    test: "is approved while it is cancelled",
  },
  {
    guarantee: "a payment in a word that nobody knows is not waited for as if nobody had answered",
    file: at("close.ts"),
    find: '  if (now && reply.status === 400) return "already_paid";\n',
    replace: "",
    noticedBy: [own],
    test: "in a word that nobody knows cannot be cancelled",
  },
  {
    guarantee: "a page with a payment that cannot be read is not called closed",
    file: at("close.ts"),
    find: "if (unreadable.length > 0)",
    replace: "if (unreadable.length > 1)",
    noticedBy: [own],
    test: "a payment that cannot be read",
  },
  {
    guarantee: "a refund whose answer was lost is not sent twice",
    file: at("refund.ts"),
    find: '"x-idempotency-key": idempotencyKey',
    replace: '"x-idempotency-key": crypto.randomUUID()',
    noticedBy: ["tests/providers/mercadopago-money.test.ts"],
  },
  {
    guarantee: "an event that names only a charge is found by its payment's reference once the provider has told it",
    file: "src/commands/inbox/settle-event.ts",
    find: "  if (fact) await rememberNamed(row, fact);\n",
    replace: "",
    noticedBy: ["tests/engine/capabilities/every-provider.test.ts"],
    test: "an approval confirms once",
  },
];
