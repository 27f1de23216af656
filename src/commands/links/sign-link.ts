import { actorOf, type Caller } from "#contracts/caller.ts";
import type { LinkSigning } from "#contracts/links/links.ts";
import { Refusal } from "#contracts/problem.ts";
import { signedLinkEnd } from "#domain/link-times.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import { signLink } from "#platform/link-tokens.ts";
import { logEvent } from "../log-event.ts";
import { requireProfessional } from "../professionals/require-professional.ts";
import { requireServices } from "../services/require-services.ts";

type Sign = { caller: Caller; input: { tenantId: string; linkId: string; wish: LinkSigning } };
export type Signed = { token: string; publicId: string; expiresAt: Date };

/**
 * Nothing of the token is stored: the event says that one was made, and no personal data. Refuses:
 * link_unknown, link_inactive, service_unknown, professional_unknown.
 */
export async function signLinkFor({ caller, input: { tenantId, linkId, wish } }: Sign): Promise<Signed> {
  const { hours, ...carried } = wish;
  const expiresAt = signedLinkEnd(databaseNow(), hours);
  const link = await inTenant(tenantId, async (tx) => {
    const found = await tx
      .selectFrom("booking_link")
      .select(["id", "public_id", "is_active", "expires_at"])
      .where("id", "=", linkId)
      .where("deleted_at", "is", null)
      .where("is_desk", "=", false)
      .executeTakeFirst();
    if (!found) throw new Refusal("link_unknown");
    const isOver = found.expires_at !== null && found.expires_at.getTime() <= databaseNow();
    if (!found.is_active || isOver) throw new Refusal("link_inactive");
    if (carried.serviceId) await requireServices(tx, tenantId, [carried.serviceId]);
    if (carried.professionalId) await requireProfessional(tx, tenantId, carried.professionalId);
    await logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "link.signed",
      details: { linkId, hours, isForCustomer: Boolean(carried.name ?? carried.email ?? carried.phone) },
      actor: actorOf(caller),
      origin: "origin" in caller ? caller.origin : undefined,
    });
    return found;
  });
  const token = await signLink({ ...carried, linkId, tenantId, publicId: link.public_id }, expiresAt);
  return { token, publicId: link.public_id, expiresAt };
}
