import { z } from "zod";
import type { Outgoing } from "../outgoing.ts";
import { callBack } from "./callbacks.ts";
import { apiKnobsOf, type SomeKnobs, withKnobs } from "./knobs.ts";
import { type AddiAlly, type AddiWorld, type Application, decide } from "./world.ts";

export const outcomes = ["approve", "approve_less", "reject", "decline", "abandon", "error", "pending", "close", "leave"] as const;
export type Outcome = (typeof outcomes)[number];

export const choiceSchema = z.object({ application: z.string().min(1), outcome: z.enum(outcomes) });

const statusOf: Record<Exclude<Outcome, "leave">, string> = {
  approve: "APPROVED",
  approve_less: "APPROVED",
  reject: "REJECTED",
  decline: "DECLINED",
  abandon: "ABANDONED",
  error: "INTERNAL_ERROR",
  pending: "PENDING",
  close: "APPROVED",
};

export type Decided = {
  outcome: Outcome;
  orderId: string;
  applicationIds: string[];
  status: string | null;
  /** The address that the real page would open. Null when the buyer has gone. */
  redirectionUrl: string | null;
  callbacks: Outgoing[];
};

/** Whether the buyer may still decide on the page. */
export const isOpen = ({ status }: Application): boolean => status === "OPEN" || status === "PENDING";

type Choice = { ally: AddiAlly; application: Application; outcome: Outcome; changes: SomeKnobs };

/** Does what a press of the hosted page's button does. */
export async function choose(world: AddiWorld, { ally, application, outcome, changes }: Choice): Promise<Decided> {
  const { orderId, redirectionUrl, totalAmount } = application;
  if (outcome === "leave") return { outcome, orderId, applicationIds: [], status: null, redirectionUrl: null, callbacks: [] };
  ally.knobs = withKnobs(ally.knobs, apiKnobsOf(changes));
  const knobs = withKnobs(ally.knobs, changes);
  const status = outcome === "pending" ? "PENDING" : (knobs.unknownStatus ?? statusOf[outcome]);
  const asked = outcome === "approve_less" ? Math.floor(totalAmount / 2) : totalAmount;
  decide(world, application, { status, approvedAmount: knobs.approvedAmount ?? asked, currency: knobs.currency });
  const callbacks = await callBack(world, { ally, application, knobs });
  const hasGone = outcome === "close" || outcome === "abandon";
  return { outcome, orderId, applicationIds: [application.id], status, redirectionUrl: hasGone ? null : redirectionUrl, callbacks };
}
