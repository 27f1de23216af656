import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type Permission, rolePermissions } from "#contracts/caller.ts";
import { type SignedIn, signedIn } from "#platform/auth.ts";
import { type Membership, membershipsOf } from "#queries/members.ts";

export type DashboardMember = {
  person: SignedIn;
  member: Membership;
  memberships: Membership[];
  permissions: readonly Permission[];
};

/**
 * Whose dashboard it is. Sends strangers to the sign-in page, and back here afterwards. A page that
 * the role may not see answers as if it did not exist.
 */
export async function requireMember(permission?: Permission): Promise<DashboardMember> {
  const found = await findMember();
  if (permission && !found.permissions.includes(permission)) notFound();
  return found;
}

const findMember = cache(async (): Promise<DashboardMember> => {
  const requestHeaders = await headers();
  const person = await signedIn(new Headers(requestHeaders));
  if (!person) redirect(`/login?next=${encodeURIComponent(requestHeaders.get("x-path") ?? "/dashboard")}`);
  const memberships = await membershipsOf(person.personId);
  const member = memberships.find(({ tenantId }) => tenantId === person.tenantId) ?? memberships[0];
  if (!member) redirect("/login?problem=tenant_missing");
  return { person, member, memberships, permissions: rolePermissions(member.role) };
});
