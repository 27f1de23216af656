"use client";

import { useTranslations } from "next-intl";

/** A provider as customers know it; one that the catalogue does not name reads as its id. */
export function useProviderName(): (id: string) => string {
  const t = useTranslations("providers");
  return (id) => (isNamed(id, t.has) ? t(id) : id);
}

type Words = ReturnType<typeof useTranslations<"providers">>;
type Named = Parameters<Words["has"]>[0];

function isNamed(id: string, has: Words["has"]): id is Named {
  return has(id as Named);
}
