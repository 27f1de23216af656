import { auth } from "#platform/auth.ts";

/** Also for whoever is not signed in: their cookie goes all the same. */
export async function signOut({ input: { headers } }: { input: { headers: Headers } }): Promise<{ cookies: string[] }> {
  const response = await (await auth()).api.signOut({ headers, asResponse: true });
  return { cookies: response.headers.getSetCookie() };
}
