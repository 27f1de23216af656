import { expect, test } from "vitest";
import { moneyBackSuite } from "#tests/providers/money-back-suite.ts";
import { everyTestedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";

/** Refunds, panel refunds and disputes at each provider that has them, with the whole product. */
const stage = prepareStage({ keepsPromises: true });

for (const provider of everyTestedProvider) moneyBackSuite(stage, provider);

test("at least one provider with a panel is walked", () => {
  const walked = everyTestedProvider.filter((provider) => provider.payer(stage.simulatorsUrl).moneyBack);
  expect(walked.length).toBeGreaterThan(0);
});
