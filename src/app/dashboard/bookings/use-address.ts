"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { withQuery } from "#app/book/address.ts";
import type { BookingFilters } from "#contracts/desk/bookings-list.ts";

type Changes = Partial<Record<keyof BookingFilters, string>>;
export type ChangeAddress = (changes: Changes, options?: { isSameStep: boolean }) => void;

/** Puts a filter into the address. Each is a step of Back, unless it continues the one before. */
export function useAddress(filters: BookingFilters): { isPending: boolean; change: ChangeAddress } {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const change: ChangeAddress = (changes, { isSameStep } = { isSameStep: false }) => {
    const address = withQuery("/dashboard/bookings", { ...filters, ...changes });
    start(() => (isSameStep ? router.replace(address, { scroll: false }) : router.push(address, { scroll: false })));
  };
  return { isPending, change };
}
