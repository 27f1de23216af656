import type { Caller } from "#contracts/caller.ts";
import type { TenantChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { checkCallbackAddress } from "#providers/callbacks/address-guard.ts";
import { updateTenant } from "./update-tenant.ts";

type Change = { caller: Caller; input: { tenantId: string; changes: TenantChanges & { version?: number | undefined } } };

const addresses = ["callbackUrl", "returnUrl"] as const;

/**
 * What a merchant's people and programs change. Their addresses must be https and lead to the
 * public internet. Refuses: invalid_request, and what `updateTenant` refuses.
 */
export async function changeSettings({ caller, input }: Change): Promise<{ version: number }> {
  const { version: seenVersion, ...changes } = input.changes;
  const found = await Promise.all(addresses.map(async (path) => ({ path, message: await problemOf(changes[path]) })));
  const errors = found.flatMap(({ path, message }) => (message === null ? [] : [{ path, message }]));
  if (errors.length > 0) throw new Refusal("invalid_request", undefined, errors);
  const { version } = await updateTenant({ caller, input: { tenantId: input.tenantId, changes, seenVersion } });
  return { version };
}

/** A name that does not resolve yet may be saved: each delivery checks again. */
async function problemOf(address: string | null | undefined): Promise<string | null> {
  if (!address) return null;
  try {
    await checkCallbackAddress(address);
    return null;
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return error.kind === "refused" ? "must be https and lead to the public internet" : null;
  }
}
