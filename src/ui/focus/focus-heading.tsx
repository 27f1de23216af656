"use client";

import { type ComponentProps, useRef } from "react";
import { classNames } from "../class-names.ts";
import { useFocusIfLost } from "./use-focus-if-lost.ts";

type FocusHeadingProps = ComponentProps<"h1"> & { as?: "h1" | "h2"; change?: string | number | null };

/** The heading of a step or state. Takes a lost focus when it appears or `change` changes. */
export function FocusHeading({ as: Tag = "h1", change = null, className, ...rest }: FocusHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusIfLost(heading, change);
  return <Tag ref={heading} tabIndex={-1} className={classNames("outline-none", className)} {...rest} />;
}
