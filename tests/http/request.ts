import { expect } from "vitest";
import type { z } from "zod";
import { problem, type RefusalCode, refusals } from "#contracts/problem.ts";
import type { World } from "../support/world.ts";

export type Answered = { status: number; headers: Headers; text: string; body: unknown };
export type Asked = Omit<RequestInit, "headers" | "body"> & {
  headers?: Record<string, string>;
  session?: string | undefined;
  json?: unknown;
  body?: string | Uint8Array<ArrayBuffer>;
};

/** One request to the product; `json` becomes the body with its content type. */
export async function ask(world: Pick<World, "appUrl">, path: string, asked: Asked = {}): Promise<Answered> {
  const { session, json, ...init } = asked;
  const headers = new Headers(asked.headers);
  if (session) headers.set("x-checkout-session", session);
  if (json !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const body = json === undefined ? (init.body ?? null) : JSON.stringify(json);
  const method = init.method ?? (body === null ? "GET" : "POST");
  const answer = await fetch(world.appUrl + path, { redirect: "manual", ...init, method, headers, body });
  const text = await answer.text();
  const isJson = /\bjson\b/.test(answer.headers.get("content-type") ?? "");
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : null };
}

/** The body has exactly the shape of the contract: everything in it, and nothing beside it. */
export function expectShape<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.parse(body);
  expect(body).toEqual(parsed);
  return parsed;
}

/** A problem (RFC 9457) with this code, its status and nothing that the contract does not name. Answers the paths of its errors. */
export function expectProblem(answer: Answered, code: RefusalCode): string[] {
  expect(answer.body, answer.text).toMatchObject({ code });
  const { status, title } = refusals[code];
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const told = expectShape(problem, answer.body);
  expect(told).toMatchObject({ status, title, type: `/api/docs#${code}` });
  return (told.errors ?? []).map((error) => error.path);
}
