"use client";

import { useEffect, useState } from "react";

const probe = "cookie_probe";

/** Sets a cookie and reads it back. The server looks for it too (http/requests.ts). */
export function doCookiesWork(): boolean {
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API exists on https only.
    document.cookie = `${probe}=yes; path=/; max-age=3600; samesite=lax`;
    return navigator.cookieEnabled && document.cookie.includes(`${probe}=yes`);
  } catch {
    return false;
  }
}

/** True once it is known that this browser keeps no cookies: then a hold would be nobody's. */
export function useCookiesRefused(): boolean {
  const [isRefused, setIsRefused] = useState(false);
  useEffect(() => setIsRefused(!doCookiesWork()), []);
  return isRefused;
}
