"use client";

import { closestCenter, DndContext, type DragEndEvent, MouseSensor, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { arrayMove, SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Service } from "#contracts/services.ts";
import { Problem } from "#ui/alert.tsx";
import { ArchivedServices } from "./archived-services.tsx";
import { ServiceRow } from "./service-row.tsx";
import { useServiceActions } from "./use-service-actions.ts";

type ServiceListProps = { services: readonly Service[]; canChange: boolean; locale: string; merchantLocale: string };

/** Ordered by drag or by buttons; what is done is shown at once and taken back if it fails. */
export function ServiceList({ services, canChange, locale, merchantLocale }: ServiceListProps) {
  const t = useTranslations("services.list");
  const { shown, problem, actions } = useServiceActions(services);
  const [announced, setAnnounced] = useState("");
  const id = useId();
  const living = shown.filter(({ archivedAt }) => archivedAt === null);
  const archived = shown.filter(({ archivedAt }) => archivedAt !== null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
  );

  function move(from: number, to: number) {
    const moved = living[from];
    if (!moved || from === to || to < 0 || to >= living.length) return;
    setAnnounced(t("moved", { name: moved.name, place: to + 1 }));
    void actions.order(arrayMove(living, from, to).map((service) => service.id));
  }
  const place = (wanted: string | number) => living.findIndex((service) => service.id === wanted);
  const drop = ({ active, over }: DragEndEvent) => over && move(place(active.id), place(over.id));

  return (
    <>
      <p role="status" className="sr-only">
        {announced}
      </p>
      <Problem text={problem} />
      <DndContext id={id} sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={living.map((service) => service.id)} strategy={verticalListSortingStrategy}>
          <ul data-testid="services" className="space-y-3">
            {living.map((service, index) => (
              <ServiceRow
                key={service.id}
                service={service}
                isFirst={index === 0}
                isLast={index === living.length - 1}
                onMove={(by) => move(index, index + by)}
                actions={canChange ? actions : null}
                locale={locale}
                merchantLocale={merchantLocale}
              />
            ))}
          </ul>
        </SortableContext>
      </DndContext>
      {archived.length > 0 && (
        <ArchivedServices services={archived} onRestore={canChange ? actions.restore : null} merchantLocale={merchantLocale} />
      )}
    </>
  );
}
