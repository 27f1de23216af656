import { AsyncLocalStorage } from "node:async_hooks";

/** Next bundles its own copy of this file. Both copies must see the same request. */
const shared = globalThis as typeof globalThis & { konfirmadoServed?: AsyncLocalStorage<string> };
shared.konfirmadoServed ??= new AsyncLocalStorage<string>();
const served = shared.konfirmadoServed;

/** For a subdomain that nobody has. */
export const nobody = "nobody";

/** Whatever `run` reads belongs to this tenant, or is as if it did not exist. */
export function serving<T>(tenantId: string, run: () => T): T {
  return served.run(tenantId, run);
}

/** True everywhere but at another tenant's subdomain. */
export function isServedHere(tenantId: string): boolean {
  const only = served.getStore();
  return only === undefined || only === tenantId;
}
