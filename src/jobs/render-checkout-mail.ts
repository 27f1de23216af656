import { readFollowUp } from "#commands/follow-ups/run-follow-up.ts";
import { prepareAgain } from "./booking-mails.ts";

/**
 * The HTML of a booking's or an order's mail. Mails are not kept: it is written again from what is
 * stored now. Returns null if it has no such mail.
 */
export async function renderCheckoutMail(input: { tenantId: string; checkoutId: string; followUpId: string }): Promise<string | null> {
  const followUp = await readFollowUp(input);
  if (followUp?.subjectId !== input.checkoutId) return null;
  const prepared = await prepareAgain(followUp);
  if (!prepared) return null;
  const { renderMail } = await import("#emails/render-mail.ts");
  return (await renderMail(prepared.message)).html;
}
