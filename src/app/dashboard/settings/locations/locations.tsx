"use client";

import { MapPin, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Location } from "#contracts/settings/tenant.ts";
import { Problem } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Empty } from "#ui/dashboard/empty.tsx";
import { MoreMenu } from "#ui/dashboard/menu.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Where } from "#ui/wizard/where.tsx";
import { LocationDialog } from "./location-dialog.tsx";

type LocationsProps = { locations: readonly Location[]; services: readonly { id: string; name: string }[] };

export function Locations({ locations, services }: LocationsProps) {
  const t = useTranslations("settings.locations");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [edited, setEdited] = useState<Location | "new" | null>(null);

  const archive = ({ id, name }: Location) =>
    saving.save(
      () => answerOf(api.locations[":id"].$delete({ param: { id } })),
      () =>
        toast(t("archived", { name }), async () => {
          await answerOf(api.locations[":id"].restore.$post({ param: { id } }));
          router.refresh();
        }),
    );
  const makeDefault = ({ id }: Location) =>
    saving.save(() => answerOf(api.locations[":id"].$patch({ param: { id }, json: { isDefault: true } })));
  const add = (
    <Button onClick={() => setEdited("new")}>
      <Plus aria-hidden className="size-5" />
      {t("add")}
    </Button>
  );

  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} actions={locations.length > 0 && add} />
      <Problem text={saving.problem} />
      {locations.length === 0 ? (
        <Empty icon={MapPin} title={t("emptyTitle")} text={t("emptyText")}>
          {add}
        </Empty>
      ) : (
        <ul className="grid gap-4 md:grid-cols-2">
          {locations.map((location) => (
            <li key={location.id} data-testid="location">
              <Card className="h-full">
                <div className="mb-3 flex items-start justify-between gap-3">
                  <p className="flex flex-wrap gap-2">
                    {location.isDefault && <Badge>{t("default")}</Badge>}
                    {location.serviceIds.length > 0 && (
                      <span className="text-muted text-sm">{t("servicesHere", { count: location.serviceIds.length })}</span>
                    )}
                  </p>
                  <MoreMenu
                    of={location.name}
                    items={[
                      { label: t("editAction"), onSelect: () => setEdited(location) },
                      ...(location.isDefault ? [] : [{ label: t("makeDefault"), onSelect: () => void makeDefault(location) }]),
                      ...(location.isDefault && locations.length > 1
                        ? []
                        : [{ label: t("archive"), onSelect: () => void archive(location), isHarsh: true }]),
                    ]}
                  />
                </div>
                <Where place={location} isOnline={false} merchantLocale={undefined} />
              </Card>
            </li>
          ))}
        </ul>
      )}
      {edited && (
        <LocationDialog
          key={edited === "new" ? "new" : edited.id}
          location={edited === "new" ? null : edited}
          services={services}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
