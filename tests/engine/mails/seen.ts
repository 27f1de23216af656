import type { Clinic } from "#tests/support/clinic.ts";
import type { World } from "#tests/support/world.ts";

export type SeenMail = {
  messageId: string;
  to: string[];
  from: string;
  fromName: string;
  subject: string;
  html: string;
  text: string;
  headers: { key: string; value: string }[];
  attachments: { filename: string; text: string }[];
};
export type Role = "customer" | "professional" | "merchant";

/** The mails to one of a clinic's people, oldest first. */
export async function mailsTo(world: Pick<World, "simulatorsUrl">, clinic: Clinic, role: Role): Promise<SeenMail[]> {
  const answer = await fetch(`${world.simulatorsUrl}/mail/state?to=${role}@${clinic.link}.example`);
  const { mails } = (await answer.json()) as { mails: SeenMail[] };
  return mails.toReversed();
}

/** The bodies that the merchant's server received, oldest first. */
export async function callbacksTo(world: Pick<World, "simulatorsUrl">, clinic: Clinic): Promise<string[]> {
  const answer = await fetch(`${world.simulatorsUrl}/merchant/state/${clinic.callback.id}`);
  const { callbacks } = (await answer.json()) as { callbacks: { body: string }[] };
  return callbacks.toReversed().map(({ body }) => body);
}

export const headerOf = (mail: SeenMail, key: string): string => mail.headers.find((header) => header.key === key)?.value ?? "";

/** Lines of an .ics file as they were before folding. */
export const linesOf = (file: string): string[] => file.replaceAll(/\r?\n /g, "").split(/\r?\n/);
