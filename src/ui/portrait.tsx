import { classNames } from "./class-names.ts";
import { Picture } from "./picture.tsx";

/** Shows a photo or the initials. The name stands beside it, so screen readers skip both. */
export function Portrait({ name, photoUrl, className }: { name: string; photoUrl: string | null; className?: string }) {
  const shape = classNames("size-14 shrink-0 rounded-full", className);
  if (photoUrl) return <Picture src={photoUrl} width={56} height={56} className={classNames(shape, "object-cover")} />;
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("");
  return (
    <span aria-hidden className={classNames(shape, "grid place-items-center bg-brand-soft font-semibold text-brand-ink")}>
      {initials.toLocaleUpperCase()}
    </span>
  );
}
