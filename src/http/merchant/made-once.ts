import { answerOnce, type Once, ownerOf } from "#commands/answer-once.ts";
import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";

type Making = { caller: MemberCaller | ApiKeyCaller; makes: Once["makes"]; key: string | null; request: unknown };

/** A merchant's repeat with the same `Idempotency-Key` gets the first answer. */
export function madeOnce<T>({ caller, key, ...making }: Making, make: () => Promise<T>): Promise<T> {
  return key === null ? make() : answerOnce({ ...making, tenantId: caller.tenantId, owner: ownerOf(caller), key }, make);
}
