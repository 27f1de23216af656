import Link from "next/link";
import type { ComponentProps } from "react";

/** A link that changes the page softly. Without scripts it is a plain one. Not prefetched: what is free changes by the second. */
export function NextLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />;
}
