"use client";

import { useEffect, useState } from "react";

/**
 * Returns the token after the `#` of a mail's link, which no server sees. It leaves the address bar
 * at once. Until the page runs it is undefined, and null if there is none.
 */
export function useLinkToken(): string | null | undefined {
  const [token, setToken] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    const given = window.location.hash.slice(1);
    setToken(given === "" ? null : given);
    if (given !== "") window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return token;
}
