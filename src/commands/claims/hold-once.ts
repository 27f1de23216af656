import type { Customer } from "#contracts/caller.ts";
import type { HoldAnswer, HoldRequest } from "#contracts/checkout.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { newSession } from "#queries/sessions.ts";
import { answerOnce, ownerOf } from "../answer-once.ts";

type Held = HoldAnswer & { session: string };
type HoldSlot = (asked: { caller: Customer; input: HoldRequest }) => Promise<Held>;
type Asked = { caller: Customer; input: { request: HoldRequest; key: string } };

/**
 * A hold with an `Idempotency-Key`. If there is no session, key and address make one, so that a
 * repeat gets the same session even after a crash. No session is stored in an answer. Refuses as
 * holdSlot and answerOnce do.
 */
export async function holdOnce({ caller, input: { request, key } }: Asked, hold: HoldSlot): Promise<Held> {
  const tenantId = (await loadCatalog(request.link)).tenant.id;
  const owner = ownerOf(caller);
  const session = caller.session ?? newSession(caller.isBrowser ? "browser" : "program", `${tenantId} ${owner} ${key}`);
  const kept = await answerOnce({ tenantId, makes: "hold", owner, key, request }, async () => {
    const { session: _, ...answer } = await hold({ caller: { ...caller, session }, input: request });
    return answer;
  });
  return { ...kept, session };
}
