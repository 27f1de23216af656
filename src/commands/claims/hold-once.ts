import type { HoldAnswer, HoldRequest } from "#contracts/checkout.ts";
import { env } from "#platform/env.ts";
import { keyedHash } from "#platform/ids.ts";
import { loadCatalog } from "#queries/catalog.ts";
import { answerOnce, ownerOf } from "../answer-once.ts";

type Asked = { request: HoldRequest; session: string | null; address: string | null };

/**
 * A hold asked for with an `Idempotency-Key`. Without a session, key and address make one: the repeat gets the same, also after a crash, and
 * no session is ever kept with an answer. Refuses as holdSlot and answerOnce do.
 */
export async function holdOnce(input: Asked & { key: string }, hold: (asked: Asked) => Promise<HoldAnswer>): Promise<HoldAnswer> {
  const { request, address, key } = input;
  const tenantId = (await loadCatalog(request.link)).tenant.id;
  const owner = ownerOf(input);
  const session = input.session ?? keyedHash(env().APP_SECRET, `session:${tenantId}:${owner}:${key}`);
  const kept = await answerOnce({ tenantId, makes: "hold", owner, key, request }, async () => {
    const { session: _, ...answer } = await hold({ request, session, address });
    return answer;
  });
  return { ...kept, session };
}
