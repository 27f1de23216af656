import pg from "pg";

export type Role = "konfirmado_app" | "konfirmado_system" | "konfirmado_auth";

/** A connection that has given up the owner's rights for a role's, as the product's own do. */
export async function connectAs(url: string, role: Role | "owner"): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, ...(role === "owner" ? {} : { options: `-c role=${role}` }) });
  await client.connect();
  return client;
}

/** What PostgreSQL said: the five-character code of its error, or how many rows were touched. */
export async function outcome(client: pg.Client, text: string, values: unknown[] = []): Promise<string | number> {
  await client.query("savepoint attempt");
  try {
    const { rowCount } = await client.query(text, values);
    await client.query("release attempt");
    return rowCount ?? 0;
  } catch (error) {
    await client.query("rollback to attempt");
    return error instanceof pg.DatabaseError ? (error.code ?? "") : String(error);
  }
}

export const insufficientPrivilege = "42501";
export const foreignKeyViolation = "23503";
export const checkViolation = "23514";
