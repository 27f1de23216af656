import { test } from "vitest";
import { takesAmount } from "#domain/payment-provider.ts";
import { testedProvider } from "../../support/payers/tested-provider.ts";
import { facts, refundOfCard } from "../stories.ts";

/** A story that the contract of the provider under test does not allow is skipped, and its name says why. */
export function only(isPlayable: boolean, why: string) {
  const run = isPlayable ? test : test.skip;
  const named = (story: string) => (isPlayable ? story : `${story} [not with ${testedProvider.id}: ${why}]`);
  return { run, named, story: (story: string, play: () => Promise<void> | void) => void run(named(story), play) };
}

export const withOpenPages = only(!facts.canCloseEarly, "it closes a page that is not wanted any more");
export const withOpenPagesForTries = only(
  !facts.canCloseEarly && testedProvider.hasChargePerTry,
  "its page is closed, or ends with its first decision",
);
export const withOpenPagesAndLookup = only(!facts.canCloseEarly && facts.lookup !== "none", "its page is closed, or it cannot be asked");
export const withSignedFacts = only(
  facts.signatureCovers !== "id_only" && !testedProvider.tellsAtOwnAddress,
  testedProvider.tellsAtOwnAddress ? "a password proves its events, and no signature" : "its events name a charge and nothing else",
);
export const withProofToAskAbout = only(
  facts.signatureCovers === "id_and_status",
  facts.signatureCovers === "all" ? "its events are trusted without a question" : "its events name a charge and nothing else",
);
export const withLookup = only(facts.lookup !== "none", "it cannot be asked: only its webhooks tell");
export const withQuestions = only(facts.signatureCovers !== "all", "its events are trusted without a question");
export const withLateBanks = only(!testedProvider.closingCancelsPending, "what a bank still decides is cancelled with its page");
export const withApiRefunds = only(refundOfCard.state === "done", "a person sends its money back");
export const withWatchedRefunds = only(facts.refunds.voidByApi, "its answer is the end of a refund, or a person sends it");
export const withBanksToAsk = only(
  !testedProvider.closingCancelsPending && facts.lookup !== "none",
  "what a bank still decides is cancelled with its page, or it cannot be asked",
);
export const withManualRefunds = only(!facts.refunds.refundByApi, "its API sends all money back");
export const withChargePerTry = only(testedProvider.hasChargePerTry, "its page has one charge, however often it is tried");
export const withSearch = only(facts.lookup === "by_reference", "it has no search by our reference");
export const withUnsignedFacts = only(
  facts.signatureCovers === "id_and_status" && !testedProvider.signsReference,
  "its signature covers all or nothing of the money",
);
export const withSharedAddress = only(!testedProvider.tellsAtOwnAddress, "it tells of each payment at an address of its own");
export const withPendingAmounts = only(facts.lookup !== "none", "it names no amount before the approval");
export const withSmallAmounts = only(takesAmount(facts, { amountMinor: 2_331_000, currency: "COP" }), "the deposit is less than it takes");
export const withTwoCharges = only(!testedProvider.tellsAtOwnAddress, "an application is approved once");
export const withOtherEvents = only(!testedProvider.tellsAtOwnAddress, "each of its events is about money");
export const withPanel = only(testedProvider.panelSendsBackAs !== null, "nobody but us sends its money back");
export const withPanelAndLookup = only(
  testedProvider.panelSendsBackAs !== null && facts.lookup !== "none",
  "it cannot be asked: only its webhooks tell",
);
