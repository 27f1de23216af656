import type { Actor, Origin } from "#contracts/caller.ts";
import type { CheckoutStep, SubjectFacts } from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { type LoggedEvent, logEvent } from "../log-event.ts";
import { kindOf } from "./kinds.ts";

type Step = {
  checkout: CheckoutRow;
  step: CheckoutStep;
  actor: Actor;
  origin?: Origin | undefined;
  details?: LoggedEvent["details"];
  facts?: Partial<SubjectFacts>;
};

/** Logs `<kind>.<step>` with the follow-ups of its kind. */
export async function logStep(tx: Tx, { checkout, step, actor, origin, details, facts }: Step): Promise<void> {
  await logEvent(tx, {
    tenantId: checkout.tenant_id,
    subject: { kind: "checkout", id: checkout.id },
    kind: `${checkout.kind}.${step}`,
    ...(details ? { details } : {}),
    actor,
    origin,
    facts: { traits: checkout.traits, ...facts },
    rules: kindOf(checkout).followUps[step],
  });
}
