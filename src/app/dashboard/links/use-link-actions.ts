"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { BookingLink } from "#contracts/links/links.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import type { MenuItem } from "#ui/dashboard/menu.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { type Saving, useSaving } from "#ui/dashboard/use-saving.ts";

const one = api["booking-links"][":id"];

/** What can be done with a link besides editing. Each is done at once, and its toast undoes it. */
export function useLinkActions(link: BookingLink, { onSign }: { onSign: () => void }): { saving: Saving; items: MenuItem[] } {
  const t = useTranslations("links");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const { id, name } = link;
  const param = { id };

  const setActive = (isActive: boolean, version: number) => answerOf(one.$patch({ param, json: { version, isActive } }));
  const deactivate = () => answerOf(one.$delete({ param }));
  const archive = () => answerOf(one.archive.$post({ param }));
  const restore = () => answerOf(one.restore.$post({ param }));
  const undoing = (work: () => Promise<unknown>) => async () => {
    await work();
    router.refresh();
  };

  const item = (label: string, onSelect: () => void, isHarsh = false): MenuItem => ({ label, onSelect, isHarsh });
  if (link.state === "archived")
    return { saving, items: [item(t("restore"), () => void saving.save(restore, () => toast(t("restored", { name }), undoing(archive))))] };
  return {
    saving,
    items: [
      item(t("edit"), () => router.push(`/dashboard/links/${id}/edit`)),
      ...(link.state === "live" ? [item(t("sign.action"), onSign)] : []),
      link.isActive
        ? item(
            t("deactivate"),
            () =>
              void saving.save(deactivate, ({ version }) =>
                toast(
                  t("deactivated", { name }),
                  undoing(() => setActive(true, version)),
                ),
              ),
          )
        : item(
            t("activate"),
            () =>
              void saving.save(
                () => setActive(true, link.version),
                () => toast(t("activated", { name }), undoing(deactivate)),
              ),
          ),
      item(t("archive"), () => void saving.save(archive, () => toast(t("archivedNow", { name }), undoing(restore))), true),
    ],
  };
}
