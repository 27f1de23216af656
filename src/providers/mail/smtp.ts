import nodemailer, { type Transporter } from "nodemailer";
import { z } from "zod";
import { readEmail } from "#contracts/contact.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { env } from "#platform/env.ts";
import { inOutboundSpan } from "#platform/tracing/spans.ts";

export type MailAddress = string | { name: string; address: string };
export type MailAttachment = { filename: string; contentType: string; content: string };
export type OutgoingMail = {
  /** Shown instead of the name in MAIL_FROM. The address stays. */
  fromName: string;
  /** One person. A mail to several people is several mails. */
  to: MailAddress;
  replyTo?: MailAddress | undefined;
  subject: string;
  html: string;
  text: string;
  /** Every retry has the same one, so that a mail sent twice is shown once: `messageIdOf`. */
  messageId: string;
  attachments?: MailAttachment[] | undefined;
  /** Where one POST, by whoever has the mail, ends such mails. */
  unsubscribeUrl?: string | undefined;
};

/** Throws ProviderFailure. It is retriable for transient replies (4xx) and lost connections. */
export function sendMail(mail: OutgoingMail): Promise<{ response: string }> {
  return inOutboundSpan({ method: "SMTP", url: env().SMTP_URL }, () => send(mail));
}

async function send(mail: OutgoingMail): Promise<{ response: string }> {
  if (!messageIdShape.test(mail.messageId)) throw failure("refused", "the Message-ID is malformed");
  try {
    const sent = await transport().sendMail({
      from: { name: oneLine(mail.fromName), address: senderAddress() },
      to: person(mail.to),
      ...(mail.replyTo !== undefined && { replyTo: person(mail.replyTo) }),
      subject: oneLine(mail.subject),
      html: mail.html,
      text: mail.text,
      messageId: mail.messageId,
      attachments: (mail.attachments ?? []).map((file) => ({
        ...file,
        filename: oneLine(file.filename),
        contentType: oneLine(file.contentType),
      })),
      // RFC 3834: keeps out-of-office answers away.
      headers: { "Auto-Submitted": "auto-generated", ...unsubscribeHeaders(mail.unsubscribeUrl) },
    });
    return { response: String(sent.response).slice(0, 500) };
  } catch (error) {
    throw error instanceof ProviderFailure ? error : failureOf(error);
  }
}

/** One click in the mail program: https://www.rfc-editor.org/rfc/rfc8058 */
function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  if (url === undefined) return {};
  return { "List-Unsubscribe": `<${oneLine(url)}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** Makes `<key@domain of MAIL_FROM>` from the follow-up's key. */
export function messageIdOf(key: string): string {
  const domain = /@([\w.-]+)$/.exec(senderAddress())?.[1] ?? "konfirmado.localhost";
  return `<${key.replaceAll(/[^\w.-]/g, "-").slice(0, 200)}@${domain}>`;
}

/** Closes the pooled connections. The next mail opens new ones. */
export function closeMail(): void {
  pooled?.transporter.close();
  pooled = undefined;
}

/** MAIL_FROM is an address, or a name and `<address>`. */
function senderAddress(): string {
  const from = env().MAIL_FROM;
  return (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim();
}

const messageIdShape = /^<[\w.+-]{1,220}@[\w.-]{1,200}>$/;
let pooled: { url: string; transporter: Transporter } | undefined;

function transport(): Transporter {
  const url = env().SMTP_URL;
  if (pooled?.url === url) return pooled.transporter;
  closeMail();
  const transporter = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 3,
    maxMessages: 100,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    dnsTimeout: 10_000,
    socketTimeout: 30_000,
    // No mail may make the server read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  pooled = { url, transporter };
  return transporter;
}

/** Returns an object, so that nothing is parsed for commas: one address in, one address out. */
function person(given: MailAddress): { name: string; address: string } {
  const { name, address } = typeof given === "string" ? { name: "", address: given } : given;
  if (readEmail(address)?.address !== address) throw failure("refused", "the address is malformed");
  return { name: oneLine(name), address };
}

/** A line break would start another header. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(0, 500);

const failureShape = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

/** Keeps only the server's number, because its text may repeat addresses. */
function failureOf(error: unknown): ProviderFailure {
  const { code = "no code", responseCode } = failureShape.catch({}).parse(error);
  // A server whose directory of users is away refuses every login with 4xx.
  const isForNow = responseCode !== undefined && responseCode < 500;
  if (!isForNow && (code === "EAUTH" || code === "ENOAUTH" || code === "ETLS"))
    return failure("misconfigured", `the mail server refused the login (${code})`);
  if (responseCode === undefined)
    return failure(code === "EENVELOPE" || code === "EMESSAGE" ? "refused" : "unreachable", `the mail was not sent (${code})`);
  return failure(responseCode >= 500 ? "refused" : "unreachable", `the mail server answered ${responseCode}`);
}

const failure = (kind: ProviderFailure["kind"], message: string) => new ProviderFailure({ provider: "smtp", kind, message });
