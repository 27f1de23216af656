import { useTranslations } from "next-intl";

/** Returns the name that customers know, or the id where the catalogue has none. */
export function useProviderName(): (id: string) => string {
  const t = useTranslations("providers");
  return (id) => (isNamed(id, t.has) ? t(id) : id);
}

/** With the merchant's own name, where the provider's alone names two accounts. */
export function useOfferName(): (offer: { provider: string; label: string | null }) => string {
  const nameOf = useProviderName();
  return ({ provider, label }) => (label === null ? nameOf(provider) : `${nameOf(provider)} · ${label}`);
}

type Words = ReturnType<typeof useTranslations<"providers">>;
type Named = Parameters<Words["has"]>[0];

function isNamed(id: string, has: Words["has"]): id is Named {
  return has(id as Named);
}
