import { randomUUID } from "node:crypto";
import PostalMime, { type Address } from "postal-mime";
import { z } from "zod";
import type { Clock } from "../clock.ts";

export type StoredAttachment = { filename: string; mimeType: string; content: Buffer };

export type Mail = {
  id: string;
  receivedAt: string;
  /** The recipients of the envelope, lower case. */
  to: string[];
  from: string;
  fromName: string;
  subject: string;
  messageId: string | null;
  html: string | null;
  text: string | null;
  headers: { key: string; value: string }[];
  attachments: StoredAttachment[];
};

const count = z.coerce.number().int().min(0).max(1000);

export const mailKnobsSchema = z
  .object({
    /** This many of the next messages are refused with 451. */
    failNext: count,
    /** This many of the next logins are refused, as by a server whose directory is away. */
    failLogins: count,
    /** The number of that refusal: 4xx passes by itself, 535 is a wrong password. */
    loginReply: z.coerce.number().int().min(400).max(599),
    /** Connections are refused with 421. */
    down: z.enum(["on", "off"]),
    /** This many of the next messages are stored, but the connection is cut before the 250. */
    acceptThenDrop: count,
  })
  .partial();

export type MailKnobs = Required<z.output<typeof mailKnobsSchema>>;
export const defaultMailKnobs: MailKnobs = { failNext: 0, failLogins: 0, loginReply: 454, down: "off", acceptThenDrop: 0 };

/** Newest first. */
export type Inbox = { clock: Clock; mails: Mail[]; knobs: MailKnobs; smtpPort: number };

const mailsMax = 2000;

export const createInbox = (clock: Clock): Inbox => ({ clock, mails: [], knobs: { ...defaultMailKnobs }, smtpPort: 0 });

export function resetInbox(inbox: Inbox): void {
  inbox.mails = [];
  inbox.knobs = { ...defaultMailKnobs };
}

export async function storeMail(inbox: Inbox, raw: Buffer, recipients: string[]): Promise<Mail> {
  const parsed = await PostalMime.parse(raw, { attachmentEncoding: "arraybuffer" });
  const mail: Mail = {
    id: randomUUID(),
    receivedAt: new Date(inbox.clock.now()).toISOString(),
    to: recipients.map((recipient) => recipient.toLowerCase()),
    from: addressOf(parsed.from),
    fromName: parsed.from?.name ?? "",
    subject: parsed.subject ?? "",
    messageId: parsed.messageId ?? null,
    html: parsed.html ?? null,
    text: parsed.text ?? null,
    headers: parsed.headers.map(({ key, value }) => ({ key, value })),
    attachments: parsed.attachments.map((attachment, index) => ({
      filename: attachment.filename ?? `adjunto-${index + 1}`,
      mimeType: attachment.mimeType,
      content: bytesOf(attachment.content),
    })),
  };
  inbox.mails = [mail, ...inbox.mails].slice(0, mailsMax);
  return mail;
}

export function mailsTo(inbox: Inbox, to: string | undefined): Mail[] {
  if (!to) return inbox.mails;
  return inbox.mails.filter((mail) => mail.to.includes(to.toLowerCase()));
}

const addressOf = (address: Address | undefined): string => address?.address ?? "";

const bytesOf = (content: string | ArrayBuffer | Uint8Array): Buffer =>
  typeof content === "string"
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? Buffer.from(content)
      : Buffer.from(new Uint8Array(content));
