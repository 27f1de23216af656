import { auth, signedIn } from "#platform/auth.ts";
import { authDb } from "#platform/db.ts";
import { wakeWaiting } from "./recover.ts";

/** Also for whoever is not signed in: their cookie goes all the same. */
export async function signOut({ input: { headers } }: { input: { headers: Headers } }): Promise<{ cookies: string[] }> {
  const person = await signedIn(headers);
  const response = await (await auth()).api.signOut({ headers, asResponse: true });
  if (person) await wakeWaiting(authDb(), person.personId);
  return { cookies: response.headers.getSetCookie() };
}
