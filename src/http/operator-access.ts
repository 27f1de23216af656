import type { Context, MiddlewareHandler } from "hono";
import { Refusal } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { isSameText } from "#platform/ids.ts";
import { isFromOutside } from "./requests.ts";

/** The bearer of CRON_SECRET. Refuses: unauthorized. */
export const operatorOnly: MiddlewareHandler = async (c, next) => {
  if (!isOperator(c)) throw new Refusal("unauthorized");
  await next();
};

/** Neighbours inside may ask without. Refuses: unauthorized. */
export const operatorOnlyFromOutside: MiddlewareHandler = async (c, next) => {
  if (isFromOutside(c) && !isOperator(c)) throw new Refusal("unauthorized");
  await next();
};

function isOperator(c: Context): boolean {
  const given = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  return isSameText(given, env().CRON_SECRET);
}
