import { sql } from "kysely";
import type { InvitationPage, ShownInvitation, ShownMember } from "#contracts/account.ts";
import { Refusal } from "#contracts/problem.ts";
import { inSystem, inTenant, type Tx } from "#platform/db.ts";
import { personOf } from "./own-account.ts";

const listMax = 500;
const memberFields = ["id", "name", "email", "role", "professional_id", "sees_phones", "version"] as const;
const invitationFields = ["id", "email", "role", "professional_id", "sees_phones", "expires_at"] as const;

export function listTeam(given: {
  tenantId: string;
  memberId: string;
}): Promise<{ members: ShownMember[]; invitations: ShownInvitation[] }> {
  return inTenant(given.tenantId, async (tx) => {
    const members = await tx
      .selectFrom("member")
      .select(memberFields)
      .where("removed_at", "is", null)
      .orderBy("name")
      .orderBy("id")
      .limit(listMax)
      .execute();
    const open = await openInvitations(tx).orderBy("created_at", "desc").limit(listMax).execute();
    return { members: members.map((row) => shownMember(row, given.memberId)), invitations: open.map(shownInvitation) };
  });
}

/** For the page of the team: the zone of its dates, and whose bookings a member may see. */
export function loadTeamSurroundings(tenantId: string): Promise<{ timezone: string; professionals: { id: string; name: string }[] }> {
  return inTenant(tenantId, async (tx) => {
    const { timezone } = await tx.selectFrom("tenant").select("timezone").executeTakeFirstOrThrow();
    const professionals = await tx
      .selectFrom("professional")
      .select(["id", "name"])
      .where("deleted_at", "is", null)
      .orderBy("position")
      .orderBy("name")
      .limit(listMax)
      .execute();
    return { timezone, professionals };
  });
}

export function openInvitations(tx: Tx) {
  return tx
    .selectFrom("invitation")
    .select(invitationFields)
    .select(sql<boolean>`expires_at <= now()`.as("isExpired"))
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null);
}

type MemberRow = {
  id: string;
  name: string;
  email: string;
  role: ShownMember["role"];
  professional_id: string | null;
  sees_phones: boolean;
  version: number;
};

export function shownMember({ professional_id: professionalId, sees_phones: seesPhones, ...row }: MemberRow, you: string): ShownMember {
  const { id, name, email, role, version } = row;
  return { id, name, email, role, professionalId, seesPhones, version, isYou: id === you };
}

type InvitationRow = Omit<MemberRow, "name" | "version"> & { expires_at: Date; isExpired: boolean };

export function shownInvitation(row: InvitationRow): ShownInvitation {
  const { id, email, role, professional_id: professionalId, sees_phones: seesPhones, expires_at, isExpired } = row;
  return { id, email, role, professionalId, seesPhones, expiresAt: expires_at.toISOString(), isExpired };
}

/** By the system role, because no tenant is known yet. Refuses: invitation_unknown, proof_spent. */
export async function loadInvitation(tokenHash: string): Promise<InvitationPage> {
  const found = await inSystem((tx) =>
    tx
      .selectFrom("invitation as i")
      .innerJoin("tenant as t", "t.tenant_id", "i.tenant_id")
      .select(["t.name as merchant", "i.email", "i.role", "i.invited_by as invitedBy"])
      .select(sql<boolean>`i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()`.as("isOpen"))
      .where("i.token_hash", "=", tokenHash)
      .executeTakeFirst(),
  );
  if (!found) throw new Refusal("invitation_unknown");
  const { isOpen, ...shown } = found;
  if (!isOpen) throw new Refusal("proof_spent");
  return { ...shown, hasAccount: (await personOf(shown.email)) !== null };
}
