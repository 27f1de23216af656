import { env } from "#platform/env.ts";

/** Where this installation is reached from outside. */
export function siteAddress(): URL {
  return new URL(env().APP_URL);
}

/** By a public id or a signed link. */
export function linkAddress(link: string): string {
  return new URL(`/book/${link}`, siteAddress()).href;
}

type Shown = { id: string; token: string; kind?: string };

/** The page of a booking or an order, for whoever has its token. */
export function customersPage(shown: Shown): string {
  return `${env().APP_URL}${customersPath(shown)}`;
}

export function customersPath({ id, token, kind }: Shown): string {
  const [page, secret] = [encodeURIComponent(id), encodeURIComponent(token)];
  return kind === "order" ? `/order/confirmed/${page}?token=${secret}` : `/book/${page}/confirm?token=${secret}`;
}

/** Where that person moves or cancels it. */
export function ownChangePage({ id, token }: { id: string; token: string }, page: "move" | "cancel"): string {
  return `${env().APP_URL}/book/${id}/${page}?token=${token}`;
}

/** The front of a merchant's shop. */
export function shopPage(slug: string): string {
  return `${env().APP_URL}/shop/${slug}`;
}
