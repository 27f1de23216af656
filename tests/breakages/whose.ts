import type { Breakage } from "./breakage.ts";

/** Whoever asks together with others gets the own answer, as if alone. */
export const whose: Breakage[] = [
  {
    guarantee: "each of a batch gets the own answer",
    file: "src/platform/batches.ts",
    find: "resolve(answers[index] as Answer)",
    replace: "resolve(answers[waiting.length - 1 - index] as Answer)",
    noticedBy: ["tests/unit/platform-batches.test.ts"],
  },
  {
    guarantee: "one that spoils a statement spoils only itself",
    file: "src/platform/batches.ts",
    find: "    await Promise.all(waiting.map(askAlone));\n",
    replace: "    await Promise.all(waiting.slice(0, 1).map(askAlone));\n",
    noticedBy: ["tests/unit/platform-batches.test.ts"],
  },
  {
    guarantee: "a statement that leaves one out is an error, not a no",
    file: "src/platform/batches.ts",
    find: "if (answers.length !== wanted)",
    replace: "if (answers.length > wanted)",
    noticedBy: ["tests/unit/platform-batches.test.ts"],
  },
  {
    guarantee: "with a server per tenant, no statement serves two",
    file: "src/platform/batches.ts",
    find: "queue.filter(({ item }) => tenantOf(item) === tenant)",
    replace: 'queue.filter(({ item }) => tenantOf(item) !== "")',
    noticedBy: ["tests/unit/platform-batches.test.ts"],
  },
  {
    guarantee: "of payments settled together, those that did not book are looked at alone",
    file: "src/commands/settlement/settle-together.ts",
    find: "done.has(index + 1)",
    replace: "done.size > 0 || done.has(index + 1)",
    noticedBy: ["tests/races/settle-together.test.ts"],
  },
  {
    guarantee: "the second payment of a booking sees what the first has done",
    file: "src/commands/settlement/settle-together.ts",
    find: "rows.toReversed().map((row) => [row.checkout_id, row])",
    replace: "rows.toReversed().map((row) => [row.payment_id, row])",
    noticedBy: ["tests/races/settle-together.test.ts", "tests/engine/paid-twice.test.ts"],
  },
  {
    guarantee: "a payment with the wrong amount is not swept along with the right ones",
    file: "src/commands/settlement/settle-together.ts",
    find: "payment: { amountMinor: row.payment_amount_minor, currency: row.payment_currency }",
    replace: "payment: { amountMinor: fact.amountMinor, currency: row.payment_currency }",
    noticedBy: ["tests/races/settle-together.test.ts", "tests/engine/mismatch.test.ts"],
  },
  {
    guarantee: "an event of one connection settles no payment of another",
    file: "db/functions/lock_for_settlements.sql",
    find: '        and p.connection_id = given."connectionId"',
    replace: "",
    noticedBy: ["tests/engine/facts/not-ours.test.ts"],
  },
  {
    guarantee: "a repeat with another request is refused, not answered with the first",
    file: "src/commands/answer-once.ts",
    find: "first && first.request_hash !== requestHash",
    replace: "first && first.request_hash === null",
    noticedBy: ["tests/http/idempotency.test.ts"],
  },
  {
    guarantee: "a refusal is not kept for a repeat",
    file: "src/commands/answer-once.ts",
    find: '    await inTenant(tenantId, (tx) => tx.deleteFrom("idempotency_key").where(isKey).execute());\n',
    replace: "",
    noticedBy: ["tests/http/idempotency.test.ts"],
  },
];
