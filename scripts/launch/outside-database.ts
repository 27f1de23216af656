import pg from "pg";
import { Sentence } from "../plain/sentence.mjs";
import { withoutPassword } from "../plain/settings.mjs";

const majorMin = 15;
const roles = ["konfirmado_app", "konfirmado_system", "konfirmado_auth"];

/** Checks version and rights of the person's database. Returns its version. */
export async function checkOutsideDatabase(databaseUrl: string): Promise<string> {
  const shown = withoutPassword(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    const why = error instanceof Error ? error.message || ("code" in error ? String(error.code) : error.name) : String(error);
    throw new Sentence(`The database at DATABASE_URL (${shown}) cannot be opened: ${why}. Start it or correct DATABASE_URL.`);
  }
  try {
    const { rows } = await client.query<{
      number: number;
      version: string;
      may_create: boolean;
      may_make_roles: boolean;
      roles: number;
      name: string;
    }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
        has_schema_privilege('public', 'create') and has_database_privilege(current_database(), 'create') as may_create,
        (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_make_roles,
        (select count(*)::int from pg_roles where rolname = any ($1)) as roles, current_user as name`,
      [roles],
    );
    const found = rows[0];
    if (!found || found.number < majorMin * 10_000) {
      throw new Sentence(`The database at DATABASE_URL (${shown}) is PostgreSQL ${found?.version}. Konfirmado needs ${majorMin} or newer.`);
    }
    if (!found.may_create) {
      throw new Sentence(
        `The user ${found.name} of DATABASE_URL (${shown}) may not create tables there. Make it the owner: alter database … owner to ${found.name}.`,
      );
    }
    if (!found.may_make_roles && found.roles < roles.length) {
      throw new Sentence(
        `The user ${found.name} of DATABASE_URL (${shown}) may not create the roles ${roles.join(", ")}. Grant it once: alter role ${found.name} createrole.`,
      );
    }
    return `PostgreSQL ${found.version}`;
  } finally {
    await client.end();
  }
}
