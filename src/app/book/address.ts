/** The wizard's addresses hold every choice, so that Back and reload lose nothing. */

export type PageParams = Promise<{ id: string }>;
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;
export type Query = Record<string, string | null | undefined>;

/** Returns the named query values. A repeated one counts once, and one with a NUL not at all. */
export async function queryOf<Name extends string>(
  searchParams: SearchParams,
  names: readonly Name[],
): Promise<Partial<Record<Name, string>>> {
  const given = await searchParams;
  const query: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = given[name];
    const first = Array.isArray(value) ? value[0] : value;
    if (first && !first.includes("\0")) query[name] = first;
  }
  return query;
}

export function confirmAddress({ id, token }: { id: string; token: string }): string {
  return withQuery(`/book/${id}/confirm`, { token });
}

export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  return search.size > 0 ? `${path}?${search}` : path;
}
