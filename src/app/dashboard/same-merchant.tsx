"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

const channel = "konfirmado-merchant";

/** Said at once after a change: the tab that made it may take seconds to load anew. */
export function tellTabs(tenantId: string): void {
  const tabs = new BroadcastChannel(channel);
  tabs.postMessage(tenantId);
  tabs.close();
}

/**
 * A session looks at one merchant, in all tabs. Each tab says which one it shows when it loads. A
 * tab that hears of another stays as it is, with what is typed there; led on, it loads anew: else
 * the frame, and so X-Tenant, would be of one merchant and the page in it of another.
 */
export function SameMerchant({ tenantId }: { tenantId: string }) {
  const path = usePathname();
  const isLeft = useRef(false);
  useEffect(() => {
    const tabs = new BroadcastChannel(channel);
    tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
      isLeft.current = data !== tenantId;
    };
    tabs.postMessage(tenantId);
    return () => tabs.close();
  }, [tenantId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it asks again with each page.
  useEffect(() => {
    if (isLeft.current) window.location.reload();
  }, [path]);
  return null;
}
