import type pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { closeDb } from "#platform/db.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { connectAs } from "./roles.ts";
import { useDatabase } from "./tenant-with-slots.ts";

/** A database for the tests of a file, to which the product's own connections lead as well. */
export function prepareDatabase(): { readonly url: string; readonly owner: pg.Client } {
  let database: TestDatabase | undefined;
  let owner: pg.Client | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await connectAs(database.url, "owner");
    useDatabase(database.url);
  });
  afterAll(async () => {
    await closeDb();
    await owner?.end();
    await database?.drop();
  });
  const begun = <T>(made: T | undefined): T => {
    if (made === undefined) throw new Error("the database is made only before the first test");
    return made;
  };
  return {
    get url() {
      return begun(database).url;
    },
    get owner() {
      return begun(owner);
    },
  };
}
