"use client";

import { Bell as BellIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { useEffect, useState } from "react";
import { unreadMax } from "#contracts/notices/limits.ts";
import { tellDevice } from "./device.ts";
import { useNews } from "./use-news.ts";
import { useSeen } from "./use-seen.ts";
import { useTitleCount } from "./use-title-count.ts";
import "#ui/dashboard/style-nonce.ts";

/** The list comes with the first use. */
const NoticeList = dynamic(() => import("./notice-list.tsx").then(({ NoticeList: found }) => found), { ssr: false });

/**
 * Rings for what concerns this member, without a reload. The title counts new bookings until the
 * list is opened.
 */
export function Bell({ tenantId }: { tenantId: string }) {
  const t = useTranslations("notices");
  const { state, tell } = useNews(tenantId);
  const [isOpen, setIsOpen] = useState(false);
  const [seen, see] = useSeen(tenantId);
  const unread = state?.unread ?? 0;
  const unseen = state?.newBookings.filter((number) => number > seen).length ?? 0;
  const latest = state?.latest ?? 0;
  useTitleCount(unseen);
  useEffect(() => {
    if (isOpen && latest > 0) see(latest);
  }, [isOpen, latest, see]);
  useEffect(() => {
    if (unseen > 0) tellDevice(t("device.newBookings", { count: unseen }), latest);
  }, [unseen, latest, t]);
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger
        className="relative inline-flex size-11 shrink-0 items-center justify-center rounded-xl hover:bg-paper"
        data-testid="bell"
        data-unread={state ? unread : undefined}
      >
        <BellIcon aria-hidden className="size-6" />
        <span className="sr-only">{t("open")}</span>
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute top-0.5 right-0.5 min-w-5 rounded-full bg-brand px-1 text-center font-semibold text-on-brand text-xs leading-5"
          >
            {unread >= unreadMax ? `${unreadMax - 1}+` : unread}
          </span>
        )}
      </Popover.Trigger>
      <p role="status" className="sr-only">
        {unread > 0 && t("unread", { count: unread })}
      </p>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t("title")}
          className="z-50 max-h-[min(36rem,80vh)] w-[min(26rem,calc(100vw-1rem))] overflow-y-auto rounded-2xl border border-line bg-card text-ink shadow-lg"
        >
          <NoticeList revision={state?.revision ?? ""} onRead={tell} onClose={() => setIsOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
