import type { RenderedMail, TestMail } from "#contracts/first-run/first-run.ts";
import type { MailAddress } from "#providers/mail/smtp.ts";
import { loadBookingForWork } from "#queries/checkout-for-work.ts";
import { loadFirstRun } from "#queries/links/first-run.ts";
import { customerPaidMail, merchantPaidMail, professionalPaidMail } from "./mail-messages.ts";

const prepares = {
  customer: (work) => customerPaidMail(work, { details: {} }),
  professional: professionalPaidMail,
  merchant: merchantPaidMail,
} satisfies Record<TestMail, (work: NonNullable<Awaited<ReturnType<typeof loadBookingForWork>>>) => unknown>;

/**
 * What the mail of a test booking says. Returns null for a booking of a customer, whose mails are
 * theirs, and for a mail that nobody gets.
 */
export async function renderTestMail(input: { tenantId: string; bookingId: string; mail: TestMail }): Promise<RenderedMail | null> {
  const { tenantId, bookingId, mail } = input;
  const { testBookingId } = await loadFirstRun(tenantId);
  if (testBookingId !== bookingId) return null;
  const work = await loadBookingForWork({ tenantId, checkoutId: bookingId });
  const prepared = work && (await prepares[mail](work));
  if (!prepared) return null;
  const { renderMail } = await import("#emails/render-mail.ts");
  const { subject, html } = await renderMail(prepared.message);
  return { subject, html, to: addressOf(prepared.to) };
}

const addressOf = (to: MailAddress): string => (typeof to === "string" ? to : to.address);
