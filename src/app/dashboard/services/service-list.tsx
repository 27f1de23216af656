"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { Service } from "#contracts/services.ts";
import { Problem } from "#ui/alert.tsx";
import { ArchivedServices } from "./archived-services.tsx";
import type { Dragging } from "./service-dragging.tsx";
import { ServiceRow } from "./service-row.tsx";
import { useServiceActions } from "./use-service-actions.ts";

/** Most who open the page drag nothing. Whoever points at the list may. */
const ServiceDragging = dynamic(() => import("./service-dragging.tsx").then((module) => module.ServiceDragging), { ssr: false });

type ServiceListProps = { services: readonly Service[]; canChange: boolean; locale: string; merchantLocale: string };

/** Ordered by drag or by buttons; what is done is shown at once and taken back if it fails. */
export function ServiceList({ services, canChange, locale, merchantLocale }: ServiceListProps) {
  const t = useTranslations("services.list");
  const { shown, problem, actions } = useServiceActions(services);
  const [announced, setAnnounced] = useState("");
  const [mayDrag, setMayDrag] = useState(false);
  const [dragging, setDragging] = useState<Readonly<Record<string, Dragging>>>({});
  const tellDragging = useCallback((id: string, row: Dragging) => setDragging((before) => ({ ...before, [id]: row })), []);
  const living = shown.filter(({ archivedAt }) => archivedAt === null);
  const ids = living.map((service) => service.id);
  const archived = shown.filter(({ archivedAt }) => archivedAt !== null);

  function move(from: number, to: number) {
    const moved = living[from];
    if (!moved || from === to || to < 0 || to >= living.length) return;
    setAnnounced(t("moved", { name: moved.name, place: to + 1 }));
    void actions.order(ids.toSpliced(from, 1).toSpliced(to, 0, moved.id));
  }

  return (
    <>
      <p role="status" className="sr-only">
        {announced}
      </p>
      <Problem text={problem} />
      {canChange && mayDrag && (
        <ServiceDragging ids={ids} onDragging={tellDragging} onDrop={(id, over) => move(ids.indexOf(id), ids.indexOf(over))} />
      )}
      <ul data-testid="services" className="space-y-3" onPointerEnter={() => setMayDrag(true)}>
        {living.map((service, index) => (
          <ServiceRow
            key={service.id}
            service={service}
            dragging={dragging[service.id]}
            isFirst={index === 0}
            isLast={index === living.length - 1}
            onMove={(by) => move(index, index + by)}
            actions={canChange ? actions : null}
            locale={locale}
            merchantLocale={merchantLocale}
          />
        ))}
      </ul>
      {archived.length > 0 && (
        <ArchivedServices services={archived} onRestore={canChange ? actions.restore : null} merchantLocale={merchantLocale} />
      )}
    </>
  );
}
