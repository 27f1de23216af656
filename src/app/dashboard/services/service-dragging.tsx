import { closestCenter, DndContext, type DragEndEvent, MouseSensor, TouchSensor, useSensor, useSensors } from "@dnd-kit/core";
import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useId, useLayoutEffect } from "react";

type Sortable = ReturnType<typeof useSortable>;
/** What a row needs to be dragged. `y` is how far it is away from its place, in pixels. */
export type Dragging = Pick<Sortable, "setNodeRef" | "listeners" | "transition" | "isDragging"> & { y: number | null };

type ServiceDraggingProps = {
  ids: readonly string[];
  onDragging: (id: string, dragging: Dragging) => void;
  onDrop: (id: string, over: string) => void;
};

/** Draws nothing. The list stays where it is when this comes, so that nobody loses the focus. */
export function ServiceDragging({ ids, onDragging, onDrop }: ServiceDraggingProps) {
  const sensors = useSensors(useSensor(MouseSensor, mouse), useSensor(TouchSensor, touch));
  const drop = ({ active, over }: DragEndEvent) => over && onDrop(String(active.id), String(over.id));
  return (
    <DndContext id={useId()} sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <SortableContext items={[...ids]} strategy={verticalListSortingStrategy}>
        {ids.map((id) => (
          <Row key={id} id={id} onDragging={onDragging} />
        ))}
      </SortableContext>
    </DndContext>
  );
}

// Here, because a sensor with other options gives its rows other listeners.
const mouse = { activationConstraint: { distance: 5 } };
const touch = { activationConstraint: { delay: 150, tolerance: 8 } };

function Row({ id, onDragging }: { id: string } & Pick<ServiceDraggingProps, "onDragging">) {
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({ id });
  const y = transform && Math.round(transform.y);
  // Before the browser paints, so that a row is never seen away from its new place.
  useLayoutEffect(() => {
    onDragging(id, { setNodeRef, listeners, transition, isDragging, y });
  }, [id, onDragging, setNodeRef, listeners, transition, isDragging, y]);
  return null;
}
