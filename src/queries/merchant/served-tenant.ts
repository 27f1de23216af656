import { subdomainOf } from "#domain/subdomains.ts";
import { appDb } from "#platform/db.ts";
import { env } from "#platform/env.ts";
import { nobody, serving } from "#platform/served-tenant.ts";
import { changesSeen, copyLifetime, forgetOnChange } from "../copies.ts";

const namesMax = 2000;
const kept = new Map<string, { readAt: number; tenantId: string }>();
// A name may have gone from one tenant to another.
forgetOnChange(() => kept.clear());

/** `https://{subdomain}.host/…` serves that tenant only. Other hosts serve all. */
export async function atHost<T>(host: string | null | undefined, run: () => Promise<T>): Promise<T> {
  const name = subdomainOf(host ?? "", new URL(env().APP_URL).host);
  return name === null ? run() : serving(await tenantOf(name), run);
}

export function isSubdomain(host: string | undefined): boolean {
  return subdomainOf(host ?? "", new URL(env().APP_URL).host) !== null;
}

async function tenantOf(name: string): Promise<string> {
  const { freshMs } = copyLifetime();
  const found = kept.get(name);
  if (found && Date.now() - found.readAt < freshMs) return found.tenantId;
  const seen = changesSeen();
  const entry = await appDb()
    .selectFrom("directory")
    .select("tenant_id")
    .where("kind", "=", "subdomain")
    .where("key", "=", name)
    .executeTakeFirst();
  const tenantId = entry?.tenant_id ?? nobody;
  if (kept.size >= namesMax) kept.clear();
  if (seen === changesSeen()) kept.set(name, { readAt: Date.now(), tenantId });
  return tenantId;
}
