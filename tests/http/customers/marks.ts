import { expect } from "vitest";
import type { World } from "../../support/world.ts";
import type { Person } from "./people.ts";

/** Words that stand nowhere else: tests of one file share a database. */
export function mark(n: number): { marked: Person; marks: string[] } {
  const word = `xiomara${n}`;
  const marked = { name: `${word} Quetzalcóatl`, email: `${word}.mail@marked.example`, phone: `+57310999${1000 + n}` };
  return { marked, marks: [word, `310999${1000 + n}`, `310 999 ${1000 + n}`, `secreto-${word}`] };
}

/** Every column of text or JSON, in every schema, that has one of the words. */
export async function places(world: Pick<World, "owner">, words: readonly string[]): Promise<string[]> {
  const { rows: columns } = await world.owner.query<{ place: string; query: string }>(
    `select format('%s.%s.%s', table_schema, table_name, column_name) as place,
       format('select count(*)::int as count from %I.%I where %I::text ilike any ($1)', table_schema, table_name, column_name) as query
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
       and data_type in ('text', 'jsonb', 'json', 'character varying', 'ARRAY', 'bytea', 'USER-DEFINED')`,
  );
  expect(columns.length).toBeGreaterThan(150);
  const found: string[] = [];
  for (const { place, query } of columns) {
    const { rows } = await world.owner.query<{ count: number }>(query, [words.map((word) => `%${word}%`)]);
    if (rows[0]?.count) found.push(place);
  }
  return found;
}
