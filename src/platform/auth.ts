/** Who is signed in, whatever merchants they belong to. */
export type SignedIn = {
  personId: string;
  sessionId: string;
  name: string;
  email: string;
  /** The merchant whose dashboard they look at, if they have chosen one. */
  tenantId: string | null;
};

/** Returns null unless the request carries the cookie of a living session. */
export async function signedIn(_headers: Headers): Promise<SignedIn | null> {
  return null;
}
