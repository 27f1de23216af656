"use client";

import { useEffect, useState } from "react";

const probe = "cookie_probe";

/** Sets a cookie and looks whether it is there; the server looks for it too when a slot is held (http/requests.ts). */
export function doCookiesWork(): boolean {
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox, and exists on https only.
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
