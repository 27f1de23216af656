import type { Clinic } from "./clinic.ts";
import type { SeenCharge } from "./payers/payer.ts";
import type { World } from "./world.ts";

export type SeenMail = { to: string[]; subject: string; text: string | null; messageId: string };
export type SeenCallback = {
  webhookId: string;
  body: string;
  answered: number;
  firma: { verdict: string };
  standardWebhook: { verdict: string };
};
export type RoomCounts = { asked: number; created: number; updated: number; deleted: number };

/** What the outside world has seen of one clinic: every mail and callback as often as it came. */
export type Effects = {
  mails: SeenMail[];
  callbacks: SeenCallback[];
  /** By name; those of other clinics too. */
  rooms: Record<string, RoomCounts>;
  roomsNow: string[];
  /** The payment provider's own books. */
  charges: SeenCharge[];
};

/** The three people of a clinic's bookings: see clinic.ts and reachPaymentPage. */
export const peopleOf = (clinic: Clinic) => ["customer", "professional", "merchant"].map((role) => `${role}@${clinic.link}.example`);

export async function readEffects(world: Pick<World, "simulatorsUrl">, clinic: Clinic): Promise<Effects> {
  const at = world.simulatorsUrl;
  const inboxes = await Promise.all(
    peopleOf(clinic).map((person) => readJson<{ mails: SeenMail[] }>(`${at}/mail/state?to=${encodeURIComponent(person)}`)),
  );
  const daily = await readJson<{ rooms: { name: string }[]; counts: Record<string, RoomCounts> }>(`${at}/daily/state`);
  const merchant = await readJson<{ callbacks: SeenCallback[] }>(`${at}/merchant/state/${clinic.callback.id}`);
  return {
    mails: inboxes.flatMap((inbox) => inbox.mails),
    callbacks: merchant.callbacks,
    rooms: daily.counts,
    roomsNow: daily.rooms.map((room) => room.name),
    charges: await clinic.provider.payer(world.simulatorsUrl).charges(clinic.account),
  };
}

/**
 * What is wrong with the outside effects: a key that stands for two different things, a room made
 * twice, a signature that is not right.
 */
export function effectProblems(effects: Effects): string[] {
  const problems: string[] = [];
  for (const [messageId, copies] of Map.groupBy(effects.mails, (mail) => mail.messageId))
    if (new Set(copies.map(contentOf)).size > 1)
      problems.push(`mail ${messageId} has two contents: ${copies.map(contentOf).join(" AND ")}`);
  for (const [webhookId, copies] of Map.groupBy(effects.callbacks, (callback) => callback.webhookId))
    if (new Set(copies.map((copy) => copy.body)).size > 1) problems.push(`callback ${webhookId} has two bodies`);
  for (const callback of effects.callbacks)
    if (callback.firma.verdict !== "right" || callback.standardWebhook.verdict !== "right")
      problems.push(`callback ${callback.webhookId} is not signed right`);
  for (const [name, counts] of Object.entries(effects.rooms))
    if (counts.created > 1) problems.push(`room ${name} was made ${counts.created} times`);
  return problems;
}

/** The host's key to a room is made anew for each try; each of them opens it. */
const contentOf = ({ to, subject, text }: SeenMail) => JSON.stringify({ to, subject, text: text?.replaceAll(/\?t=[\w.-]+/g, "?t=…") });

/** As a receiver who keeps his promise sees them: one per key. */
export function uniqueEffects(effects: Effects): { mails: SeenMail[]; callbacks: SeenCallback[] } {
  return {
    mails: [...new Map(effects.mails.map((mail) => [mail.messageId, mail])).values()],
    callbacks: [...new Map(effects.callbacks.map((callback) => [callback.webhookId, callback])).values()],
  };
}

async function readJson<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}
