import { only, withLookup, withWatchedRefunds } from "../engine/capabilities/playable.ts";
import { facts, refundOfCard } from "../engine/stories.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import type { ScenarioName } from "./scenarios.ts";

const always = only(true, "");
const withRefundsThatAreSeen = only(
  refundOfCard.state === "done" && facts.lookup !== "none",
  "nobody can ask how its refund ended: a person does",
);
const withChargesThatAreFound = only(
  testedProvider.hasChargePerTry && facts.lookup !== "none",
  "its page has one charge, however often it is tried",
);

const withVoidsOfUnknown = only(
  facts.signatureCovers === "id_and_status" && facts.refunds.voidByApi,
  "its events are trusted, or name a charge and nothing else, or its refund has an event that waits half an hour",
);

/** With which providers a scenario comes by its points. */
const scenariosWith: Partial<Record<ScenarioName, ReturnType<typeof only>>> = {
  paidInSilence: withLookup,
  orderedInSilence: withLookup,
  paidTwiceInSilence: withRefundsThatAreSeen,
  otherMoneyInSilence: withRefundsThatAreSeen,
  twoCharges: withChargesThatAreFound,
  unknownCharge: withVoidsOfUnknown,
};

/** The answer to some refunds is their end: nothing is seen of them later. */
const pointsWith: Readonly<Record<string, ReturnType<typeof only>>> = { "refund seen at the provider, not recorded": withWatchedRefunds };

export const playable = (point: string, name: ScenarioName) => pointsWith[point] ?? scenariosWith[name] ?? always;
