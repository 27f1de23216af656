import { randomUUID } from "node:crypto";
import { type DeliveryRules, deliverAfter, type Outgoing } from "../outgoing.ts";
import type { Knobs } from "./knobs.ts";
import { type AddiAlly, type AddiWorld, type Application, rememberCallback } from "./world.ts";

/** The delay of the callback after the redirect with the knob `callback=after`. */
const afterRedirectMs = 1500;
const halfHour = 1800;

/** Taken is 200 with exactly the same body; else again every 30 minutes for 24 hours. */
const rules: DeliveryRules = {
  timeoutMs: 10_000,
  retryAfterSeconds: Array.from({ length: 48 }, (_, index) => (index + 1) * halfHour),
  isTaken: (sent, { status, body }) => status === 200 && body === sent.body,
};

export type Subject = { ally: AddiAlly; application: Application; knobs: Knobs };

/** Calls back as the knobs say. Resolves after the first answer if it goes out now. */
export async function callBack(world: AddiWorld, subject: Subject): Promise<Outgoing[]> {
  const { knobs } = subject;
  if (knobs.callback === "never") return [];
  const first = compose(world, subject);
  const copies = Array.from({ length: knobs.callbackCopies }, () => ({ ...first, id: randomUUID(), attempts: [] }));
  for (const copy of copies) rememberCallback(world, copy);
  const waitMs = knobs.callbackDelaySeconds * 1000 + (knobs.callback === "after" ? afterRedirectMs : 0);
  await deliverAfter(world.clock, copies, waitMs, rules);
  return copies;
}

function compose(world: AddiWorld, { ally, application, knobs }: Subject): Outgoing {
  const { orderId, id: applicationId, status } = application;
  const body = {
    orderId,
    applicationId,
    approvedAmount: application.approvedAmount.toFixed(1),
    currency: knobs.currency ?? application.currency,
    status,
    statusTimestamp: String(Math.floor(Date.parse(application.statusAt) / 1000)),
  };
  const password = knobs.password === "right" ? ally.callbackPassword : `${ally.callbackPassword}-forged`;
  const pair = Buffer.from(`${ally.callbackUser}:${password}`).toString("base64");
  const sentAt = new Date(world.clock.now()).toISOString();
  return {
    id: randomUUID(),
    account: ally.clientId,
    chargeId: applicationId,
    reference: orderId,
    status,
    url: addressOf(ally, application, knobs),
    headers: { "Content-Type": "application/json", Authorization: `Basic ${pair}` },
    // With spaces and line ends: whoever writes the body anew instead of echoing it is found out.
    body: JSON.stringify(body, null, 2),
    sentAt,
    attempts: [],
    state: "waiting",
    nextAttemptAt: sentAt,
  };
}

function addressOf({ callbackAt }: AddiAlly, { callbackUrl }: Application, { callbackQuery }: Knobs): string {
  const asked = new URL(callbackUrl);
  if (callbackQuery === "none") asked.search = "";
  return callbackAt ? new URL(asked.search, callbackAt).href : asked.href;
}
