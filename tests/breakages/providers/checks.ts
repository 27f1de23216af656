import type { Breakage } from "../breakage.ts";

const check = "tests/engine/doctor/settlement-check.test.ts";
const asked = "tests/http/payments/inquiries.test.ts";
const arrivals = "tests/http/money/arrivals.test.ts";
const compare = "src/commands/settlement-check/check-day.ts";

/** The daily comparison with the provider's list, what arrives, and questions by hand. */
export const checks: Breakage[] = [
  {
    guarantee: "a comparison changes no charge, whatever it finds",
    file: compare,
    find: "  await recordCheck(wish, { ...compared, outcome });",
    replace: `  await recordCheck(wish, { ...compared, outcome });
  const { settleFacts } = await import("../settlement/settle.ts");
  if (!(provider instanceof ProviderFailure))
    for (const { providerChargeId, reference } of compared.differences) {
      const fact = await provider.findCharge(providerChargeId);
      if (fact) await settleFacts({ ...wish, reference }, [fact]);
    }`,
    noticedBy: [check],
  },
  {
    guarantee: "no answer about a charge is not 'there is no such charge'",
    file: compare,
    find: "  if (fact instanceof ProviderFailure) return fact;\n  if (fact) return",
    replace: "  if (fact !== null && !(fact instanceof ProviderFailure)) return",
    noticedBy: [check],
  },
  {
    guarantee: "a list without an answer is not an empty list",
    file: "src/commands/settlement-check/list-day.ts",
    find: "if (listed instanceof ProviderFailure) return known(listed.message);",
    replace: "if (listed instanceof ProviderFailure) return known(null);",
    noticedBy: [check],
  },
  {
    guarantee: "rows that cannot be read make a day not known",
    file: "src/commands/settlement-check/list-day.ts",
    find: "    unreadable.push(...listed.unreadable);\n",
    replace: "",
    noticedBy: [check],
  },
  {
    guarantee: "a difference is told once, however many days show it, and ends by itself",
    file: "src/commands/settlement-check/record-check.ts",
    find: "and provider_charge_id = any (${[...settled]}::text[])",
    replace: "and false",
    noticedBy: [check],
  },
  {
    guarantee: "sales that the merchant made elsewhere are no difference",
    file: "src/commands/settlement-check/own-charges.ts",
    find: "charges.filter(({ reference }) => isOurReference(reference))",
    replace: "[...charges]",
    noticedBy: [check],
  },
  {
    guarantee: "a provider that did not answer is never told as 'the same'",
    file: "src/commands/inquiries/ask-payment.ts",
    find: '  if (after.isSilent) return "no_answer";\n',
    replace: "",
    noticedBy: [asked],
  },
  {
    guarantee: "nobody asks about another merchant's payment",
    file: "src/commands/inquiries/ask-payment.ts",
    find: "const paymentId = await inTenant(tenantId, (tx) => findPayment(tx, input.id));",
    replace: "const paymentId: string | null = input.id;",
    noticedBy: [asked],
  },
  {
    guarantee: "a fee that the provider told stands before a rate that it publishes",
    file: "src/domain/ledger/totals.ts",
    find: "(toldFeeMinor ?? feeOf({ provider, currency, amountMinor }))",
    replace: "feeOf({ provider, currency, amountMinor })",
    noticedBy: [arrivals],
  },
  {
    guarantee: "what went back does not arrive",
    file: "src/domain/ledger/arrivals.ts",
    find: "(net - backMinor) * count",
    replace: "net * count",
    noticedBy: [arrivals],
  },
];
