import { redirect } from "next/navigation";
import type { Permission } from "#contracts/caller.ts";
import { hasShop } from "#queries/shop-desk/shop.ts";
import { type DashboardMember, requireMember } from "../member.ts";

/** Who has no shop yet is shown what it is, and the button that begins one. */
export async function requireShop(permission: Permission): Promise<DashboardMember> {
  const found = await requireMember(permission);
  if (!(await hasShop(found.member.tenantId))) redirect("/dashboard/shop");
  return found;
}
