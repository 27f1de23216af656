import { forgetMail, prepareMail } from "#commands/accounts/take-mail.ts";
import { messageIdOf, sendMail } from "#providers/mail/smtp.ts";
import { fromProduct } from "./mail-parts.ts";

/**
 * A mail about a person's account. It belongs to no tenant, so it has no follow-up; the queue
 * retries it, and its Message-ID lets mail programs show a repeated one once.
 */
export async function sendPersonMail({ mailId }: { mailId: string }): Promise<void> {
  const mail = await prepareMail(mailId);
  if (mail) {
    const { renderMail } = await import("#emails/render-mail.ts");
    const message = { kind: "account", ...fromProduct(mail.locale), says: mail.says, email: mail.email, url: mail.url } as const;
    await sendMail({ fromName: message.tenant.name, to: mail.email, ...(await renderMail(message)), messageId: messageIdOf(mail.id) });
  }
  await forgetMail(mailId);
}
