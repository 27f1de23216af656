import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { countLinkOpen } from "#commands/links/count-opens.ts";
import { campaignNames } from "#contracts/links/campaign.ts";
import { type PageParams, queryOf, type SearchParams, withQuery } from "../address.ts";
import { choose } from "../choice.ts";

/** What a shared address may say, and the first page keeps (arrival.tsx). */
const arriving = ["service", "professional", "lang", "preview", "name", "email", "phone", ...campaignNames] as const;

/** A booking link's short address. Goes past the choice if the link or the address has made it. */
export default async function BookPage({ params, searchParams }: { params: PageParams; searchParams: SearchParams }) {
  const { id } = await params;
  const query = await queryOf(searchParams, arriving);
  const found = await bookingOptionsOf(id);
  if (!found.ok) redirect(withQuery(`/book/${id}/select`, query));
  const asked = await headers();
  const isPrefetch = asked.has("next-router-prefetch") || (asked.get("sec-purpose") ?? "").includes("prefetch");
  if (!isPrefetch && !query.preview) countLinkOpen({ link: id, source: query.utm_source, browser: asked.get("user-agent") });
  const { service, professional } = choose(found.options, query);
  const isDecided = service !== null && professional !== null;
  const page = isDecided ? "availability" : "select";
  redirect(withQuery(`/book/${id}/${page}`, isDecided ? { ...query, service: service.id, professional: professional.id } : query));
}
