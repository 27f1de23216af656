"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { MergePreview } from "#contracts/customers/customers.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatDate } from "#ui/format.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { useErrorText } from "#ui/use-error-text.ts";
import { customerAddress } from "../customer-facts.tsx";

const merging = api.customers[":id"].merge[":other"];
type DialogProps = { id: string; other: string; locale: string; timezone: string; onClose: () => void };

/** Shows what is kept before anything is merged. Either of the two may be the one who stays. */
export function MergeDialog({ id, other, locale, timezone, onClose }: DialogProps) {
  const t = useTranslations("customers.merge");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [pair, setPair] = useState({ kept: id, gone: other });
  const { preview, problem } = usePreview(pair);
  const param = { id: pair.kept, other: pair.gone };

  function merge() {
    void saving.save(
      () => answerOf(merging.$post({ param })),
      () => {
        toast(t("done"), async () => {
          await answerOf(merging.$delete({ param }));
          router.refresh();
        });
        onClose();
        if (pair.kept !== id) router.push(customerAddress({ id: pair.kept }));
      },
    );
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("text")}>
      <Problem text={problem} />
      {!preview && !problem && <Skeleton className="h-40" />}
      {preview && (
        <div className="space-y-4" data-testid="merge-preview">
          <Compared preview={preview} locale={locale} timezone={timezone} />
          <Button look="outline" onClick={() => setPair({ kept: pair.gone, gone: pair.kept })}>
            {t("swap")}
          </Button>
          <p className="text-muted text-sm">{t("undoable")}</p>
          <Problem text={saving.problem} />
          <div className="flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">
            <Button look="outline" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button onClick={merge} busyText={saving.isSaving ? t("merge") : undefined} data-testid="merge">
              {t("merge")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function usePreview({ kept, gone }: { kept: string; gone: string }): { preview: MergePreview | null; problem: string | null } {
  const errorText = useErrorText();
  const [answer, setAnswer] = useState<{ of: string; preview: MergePreview | null; problem: string | null } | null>(null);
  useEffect(() => {
    let isWanted = true;
    const keep = (preview: MergePreview | null, problem: string | null) => isWanted && setAnswer({ of: kept, preview, problem });
    answerOf(merging.$get({ param: { id: kept, other: gone } })).then(
      (preview) => keep(preview, null),
      (error: unknown) => keep(null, errorText(error)),
    );
    return () => {
      isWanted = false;
    };
  }, [kept, gone, errorText]);
  return answer?.of === kept ? answer : { preview: null, problem: null };
}

function Compared({ preview, locale, timezone }: { preview: MergePreview; locale: string; timezone: string }) {
  const t = useTranslations("customers.merge");
  const words = useTranslations("customers");
  const sides = [preview.kept, preview.gone, preview.after];
  const yes = (is: boolean) => t(is ? "yes" : "no");
  const lines = [
    { name: words("columns.name"), of: (side: MergePreview["kept"]) => side.name },
    { name: words("columns.email"), of: (side: MergePreview["kept"]) => side.email ?? "—" },
    { name: words("columns.phone"), of: (side: MergePreview["kept"]) => side.phone ?? "—" },
    { name: t("since"), of: (side: MergePreview["kept"]) => formatDate({ instant: side.since, locale, timezone }) },
    { name: words("columns.bookings"), of: (side: MergePreview["kept"]) => String(side.bookings) },
    { name: words("notes.title"), of: (side: MergePreview["kept"]) => String(side.notes) },
    { name: words("restrictions.fullPayment.badge"), of: (side: MergePreview["kept"]) => yes(side.paysInFull) },
    { name: words("restrictions.blocked.badge"), of: (side: MergePreview["kept"]) => yes(side.isBlocked) },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full text-left text-sm [&_td]:wrap-anywhere">
        <thead className="text-muted">
          <tr className="border-line border-b">
            <td className="py-2 pr-2" />
            {(["kept", "gone", "after"] as const).map((name) => (
              <th key={name} scope="col" className="py-2 pr-2 font-medium">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, of }) => (
            <tr key={name} className="border-line border-b align-top last:border-0">
              <th scope="row" className="py-2 pr-2 font-medium text-muted">
                {name}
              </th>
              {sides.map((side, n) => (
                <td key={["kept", "gone", "after"][n]} className="py-2 pr-2">
                  <bdi>{of(side)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
