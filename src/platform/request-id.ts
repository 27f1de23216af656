import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "./ids.ts";

/** Next bundles its own copy of this file. Both copies must see the same request. */
const shared = globalThis as typeof globalThis & { konfirmadoRequest?: AsyncLocalStorage<string> };
shared.konfirmadoRequest ??= new AsyncLocalStorage<string>();
const current = shared.konfirmadoRequest;

const shape = /^[A-Za-z0-9_-]{8,64}$/;

/** 96 random bits identify one request, and everything it caused, in a year of logs. */
export function newRequestId(): string {
  return randomBytes(12).toString("base64url");
}

/** Whatever `run` logs carries this id, and so do its events and follow-ups. Replaces a bad id. */
export function withRequestId<T>(given: unknown, run: () => T): T {
  return current.run(typeof given === "string" && shape.test(given) ? given : newRequestId(), run);
}

export function requestId(): string | undefined {
  return current.getStore();
}
