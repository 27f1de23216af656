"use client";

import { CheckCheck } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { NoticeState, Notices } from "#contracts/notices/notices.ts";
import { Problem } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { regionalLocale } from "#ui/format.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { useErrorText } from "#ui/use-error-text.ts";
import { DeviceButton } from "./device-button.tsx";
import { NoticeItem } from "./notice-item.tsx";

type ListProps = { revision: string; onRead: (state: NoticeState) => void; onClose: () => void };

/** The last fifty. Reads them anew whenever the bell knows something else. */
export function NoticeList({ revision, onRead, onClose }: ListProps) {
  const t = useTranslations("notices");
  const language = useLocale();
  const errorText = useErrorText();
  const [found, setFound] = useState<Notices | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is another list
  useEffect(() => {
    let isHere = true;
    answerOf(api.notices.$get()).then(
      (answer) => isHere && setFound(answer),
      (error: unknown) => isHere && setProblem(errorText(error)),
    );
    return () => {
      isHere = false;
    };
  }, [revision, errorText]);
  const read = (json: { through: number } | { numbers: number[] }) => {
    setProblem(null);
    answerOf(api.notices.read.$put({ json })).then(onRead, (error: unknown) => setProblem(errorText(error)));
  };
  const placed = found && { timezone: found.timezone, locale: regionalLocale(language, found.country) };
  return (
    <div className="p-2">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-2 pl-3">
        <h2 className="font-semibold">{t("title")}</h2>
        {found && found.unread > 0 && (
          <button type="button" className={buttonStyles({ look: "quiet" })} onClick={() => read({ through: found.latest })}>
            <CheckCheck aria-hidden className="size-4" />
            {t("readAll")}
          </button>
        )}
      </div>
      <Problem text={problem} />
      {!found && !problem && (
        <div className="space-y-2 p-3">
          <p className="sr-only">{t("loading")}</p>
          {["a", "b", "c"].map((row) => (
            <Skeleton key={row} className="h-14" />
          ))}
        </div>
      )}
      {found?.notices.length === 0 && <p className="px-3 py-6 text-muted">{t("empty")}</p>}
      {placed && found.notices.length > 0 && (
        <ol className="divide-y divide-line" data-testid="notices">
          {found.notices.map((notice) => (
            <NoticeItem
              key={notice.number}
              notice={notice}
              onRead={() => read({ numbers: [notice.number] })}
              onOpen={() => {
                if (!notice.isRead) read({ numbers: [notice.number] });
                onClose();
              }}
              {...placed}
            />
          ))}
        </ol>
      )}
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2 border-line border-t pt-2">
        <Link href="/dashboard/settings/notices" onClick={onClose} className={buttonStyles({ look: "quiet" })}>
          {t("chooseMails")}
        </Link>
        <DeviceButton />
      </div>
    </div>
  );
}
