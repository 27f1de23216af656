"use client";

import { useCallback, useEffect, useState } from "react";

/** Up to which notice this browser's list was opened. Other tabs of it know, too. */
export function useSeen(tenantId: string): [seen: number, see: (latest: number) => void] {
  const key = `konfirmado-seen-${tenantId}`;
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    const read = () => setSeen(Number(localStorage.getItem(key)) || 0);
    read();
    window.addEventListener("storage", read);
    return () => window.removeEventListener("storage", read);
  }, [key]);
  const see = useCallback(
    (latest: number) => {
      localStorage.setItem(key, String(latest));
      setSeen(latest);
    },
    [key],
  );
  return [seen, see];
}
