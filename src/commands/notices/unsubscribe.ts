import type { Origin } from "#contracts/caller.ts";
import { usualSummaryHour } from "#contracts/notices/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { noticeMailsOf } from "#domain/desk/notices.ts";
import { readUnsubscribing } from "#platform/accounts/unsubscribe-tokens.ts";
import { inTenant } from "#platform/db.ts";
import { addMail, lockChosen, logChoice, removeMail } from "./choose-mails.ts";

type Wish = { token: string; isWanted: boolean; origin: Origin };

/** By a mail's link. Does nothing if it is so already. Refuses: unsubscribe_unknown. */
export async function unsubscribe({ input: { token, isWanted, origin } }: { input: Wish }): Promise<void> {
  const named = await readUnsubscribing(token);
  if (!named) throw new Refusal("unsubscribe_unknown");
  const { tenantId, memberId, kind, hour = usualSummaryHour } = named;
  await inTenant(tenantId, async (tx) => {
    const before = await lockChosen(tx, memberId);
    const { role } =
      (await tx.selectFrom("member").select("role").where("id", "=", memberId).where("removed_at", "is", null).executeTakeFirst()) ?? {};
    if (!role || (isWanted && !noticeMailsOf(role).includes(kind))) throw new Refusal("unsubscribe_unknown");
    if (before.includes(kind) === isWanted) return;
    if (isWanted) await addMail(tx, { tenantId, memberId, kind, hour: kind === "summary" ? hour : null });
    else await removeMail(tx, { memberId, kind });
    const after = isWanted ? [...before, kind] : before.filter((one) => one !== kind);
    await logChoice(tx, { tenantId, memberId, before, after, origin });
  });
}
