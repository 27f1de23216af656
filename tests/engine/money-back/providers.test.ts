import { expect, test } from "vitest";
import { moneyBackSuite } from "#tests/providers/money-back-suite.ts";
import { everyTestedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

/** Refunds, panel refunds and disputes at each provider that has them, with the whole product. */
const stage = prepareStage({ keepsPromises: true });

for (const provider of everyTestedProvider) moneyBackSuite(stage, provider);

test("every provider whose panel can send money back is walked", () => {
  const walked = everyTestedProvider.filter((provider) => provider.payer(stage.simulatorsUrl).moneyBack).map(({ id }) => id);
  expect(walked).toEqual(everyTestedProvider.map(({ id }) => id).filter((id) => walked.includes(id)));
});
