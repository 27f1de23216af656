import { answerOnce, type Once } from "#commands/answer-once.ts";
import { type ApiKeyCaller, actorOf, type MemberCaller } from "#contracts/caller.ts";

type Wish = { caller: MemberCaller | ApiKeyCaller; key: string | null } & Pick<Once, "makes" | "request">;

/**
 * A repeat with the same `Idempotency-Key` makes nothing and gets the first one's id. Refuses as
 * answerOnce does.
 */
export function once({ caller, key, makes, request }: Wish, make: () => Promise<{ id: string }>): Promise<{ id: string }> {
  if (key === null) return make();
  return answerOnce({ tenantId: caller.tenantId, makes, owner: actorOf(caller), key, request }, make);
}
