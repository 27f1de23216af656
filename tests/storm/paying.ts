import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Reply } from "../support/customer.ts";
import type { Outcome, PaymentHabits } from "../support/payers/payer.ts";
import { type Desk, habitsAt, pickDesk } from "./desks.ts";
import type { Random } from "./random.ts";
import { ask, count, type Sea } from "./sea.ts";

export type Page = { checkoutUrl: string; id: string; token: string; expiresAt: string; jumpedAtOpening: number; desk: Desk };
/** A charge that a bank has still to decide about. */
type Undecided = { chargeId: string; desk: Desk };
type Again = Reply<Pick<Page, "checkoutUrl" | "id" | "token" | "expiresAt">>;
/** Asks for one more payment of the same checkout at that provider. */
export type AskAgain = (page: Page, provider: string) => Promise<Again>;

const outcomes = { approve: 52, decline: 9, error: 4, pending: 18, decline_and_stay: 6, approve_without_return: 7, leave_unpaid: 10 };

type Paying = { sea: Sea; random: Random; askAgain: AskAgain };

/** Answers the charges that a bank has still to decide about. */
export async function* payForIt({ sea, random, askAgain }: Paying, first: Page): AsyncGenerator<void, Undecided[]> {
  const pending: Undecided[] = [];
  let page = first;
  for (let tries = 0; tries < 3; tries += 1) {
    const outcome = random.weighed(outcomes);
    const method = random.pick(["card", "card", "bank_transfer"] as const);
    const ids = await payAt(sea, page, outcome, { ...someHabits(random), method });
    if (outcome === "pending") pending.push(...ids.map((chargeId) => ({ chargeId, desk: page.desk })));
    if (outcome === "decline_and_stay" && random.chance(0.7)) await payAt(sea, page, "approve", someHabits(random));
    yield;
    if (random.chance(0.5)) await comeBack(sea, page);
    const isDone = !["decline", "error", "leave_unpaid"].includes(outcome) && !random.chance(0.12);
    if (isDone || random.chance(0.3)) break;
    const desk: Desk = pickDesk(random, sea.desks);
    const again = await ask(sea, () => askAgain(page, desk.provider.id));
    yield;
    if (again?.status !== 201) break;
    count(sea, desk === page.desk ? "tried again" : "tried again with another provider");
    page = { ...again.body, desk, jumpedAtOpening: sea.jumped };
  }
  return pending;
}

/** How the provider behaves about one payment. */
export function someHabits(random: Random): PaymentHabits {
  return {
    tells: random.pick(["before_return", "before_return", "after_return", "never"]),
    ...(random.chance(0.25) ? { copies: 2 + random.below(4) } : {}),
    ...(random.chance(0.2) ? { delaySeconds: random.pick([60, 900, 4000]) } : {}),
    ...(random.chance(0.2) ? { lagReads: 1 + random.below(3) } : {}),
    ...(random.chance(0.05) ? { approvals: 2 } : {}),
    ...(random.chance(0.04) ? { amountMinor: 9_900_000 } : {}),
    ...(random.chance(0.03) ? { currency: "USD" } : {}),
    ...(random.chance(0.03) ? { inUnknownWord: true } : {}),
    ...(random.chance(0.05) ? { says: { reference: "somebody-elses" } } : {}),
    ...(random.chance(0.03) ? { signature: "wrong" } : {}),
  };
}

/**
 * The page ends when it says so; the clocks of our database and of the provider are jumped over
 * alike, so that we know when that is.
 */
export async function payAt(sea: Sea, page: Page, outcome: Outcome, habits: PaymentHabits): Promise<string[]> {
  const leftMs = Date.parse(page.expiresAt) - Date.now() - (sea.jumped - page.jumpedAtOpening) * 60_000;
  if (leftMs <= 0) {
    count(sea, "page expired");
    return [];
  }
  try {
    const { payer, provider } = page.desk;
    const paid = await payer.pay(page.checkoutUrl, outcome, { ...habitsAt(page.desk, habits), afterEnd: true });
    count(sea, `paid: ${outcome}`);
    if (sea.desks.length > 1) count(sea, `paid at ${provider.id}`);
    return paid.chargeIds;
  } catch {
    count(sea, "refused by the provider");
    return [];
  }
}

async function comeBack(sea: Sea, page: Page): Promise<void> {
  await ask(sea, () => fetch(`${sea.world.appUrl}/pay/return/${page.id}/${page.token}`, { redirect: "manual" }));
}

/** A slow bank: after a while, or never. */
export async function* bankAnswers(sea: Sea, random: Random, { chargeId, desk }: Undecided): AsyncGenerator<void> {
  for (let wait = random.below(6); wait > 0; wait -= 1) yield;
  if (random.chance(0.15) || sea.outside.decided.has(chargeId)) return;
  sea.outside.decided.add(chargeId);
  const decision = random.chance(0.7) ? "approved" : "declined";
  const other = random.chance(0.3) ? { amountMinor: 150_000 } : {};
  await desk.payer.decide(chargeId, decision, { ...habitsAt(desk, someHabits(random)), ...other, inUnknownWord: false });
  count(sea, `bank: ${decision}`);
}

export async function cancel(sea: Sea, page: Page): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: sea.clinic.tenantId, checkoutId: page.id } });
      return count(sea, "cancelled");
    } catch (error) {
      if (error instanceof Refusal) return;
      count(sea, "cancelling tried again"); // the database connections were just cut
      await sea.databaseBack;
    }
  }
}
