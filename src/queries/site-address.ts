import { env } from "#platform/env.ts";

/** Where this installation is reached from outside. */
export function siteAddress(): URL {
  return new URL(env().APP_URL);
}

/** By a public id or a signed link. */
export function linkAddress(link: string): string {
  return new URL(`/book/${link}`, siteAddress()).href;
}

/** The page of a booking, for whoever has its token. */
export function customersPage({ id, token }: { id: string; token: string }): string {
  return `${env().APP_URL}/book/${id}/confirm?token=${token}`;
}

/** Where that person moves or cancels it. */
export function ownChangePage({ id, token }: { id: string; token: string }, page: "move" | "cancel"): string {
  return `${env().APP_URL}/book/${id}/${page}?token=${token}`;
}

/** The page of an order, for whoever has its token. */
export function ordersPage({ id, token }: { id: string; token: string }): string {
  return `${env().APP_URL}/order/confirmed/${id}?token=${token}`;
}
