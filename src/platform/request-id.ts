import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "./ids.ts";

/** Next bundles its own copy of this file; both copies must see the same request. */
const shared = globalThis as typeof globalThis & { konfirmadoRequest?: AsyncLocalStorage<string> };
shared.konfirmadoRequest ??= new AsyncLocalStorage<string>();
const current = shared.konfirmadoRequest;

const shape = /^[A-Za-z0-9_-]{8,64}$/;

/** 96 random bits: long enough to find one request, and everything it set in motion, in a year of logs. */
export function newRequestId(): string {
  return randomBytes(12).toString("base64url");
}

/** Everything logged while `run` lasts carries this id, and so do the events it causes and their follow-ups. A senseless id is replaced. */
export function withRequestId<T>(given: unknown, run: () => T): T {
  return current.run(typeof given === "string" && shape.test(given) ? given : newRequestId(), run);
}

export function requestId(): string | undefined {
  return current.getStore();
}
