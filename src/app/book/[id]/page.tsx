import { redirect } from "next/navigation";
import { type PageParams, queryOf, type SearchParams, withQuery } from "../address.ts";

/** A booking link's short address. */
export default async function BookPage({ params, searchParams }: { params: PageParams; searchParams: SearchParams }) {
  const { id } = await params;
  redirect(withQuery(`/book/${id}/select`, await queryOf(searchParams, ["service", "professional", "lang"])));
}
