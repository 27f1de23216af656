import { twMerge } from "tailwind-merge";

type ClassName = string | false | null | undefined;

/** Joins class names. Of two Tailwind classes for one property, the later wins. */
export function classNames(...names: ClassName[]): string {
  return twMerge(names.filter(Boolean).join(" "));
}
