import { useTranslations } from "next-intl";

/** Returns the name that customers know; where the catalogue has none, the id as a name. */
export function useProviderName(): (id: string) => string {
  const t = useTranslations("providers");
  return (id) => (isNamed(id, t.has) ? t(id) : asName(id));
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

/** `some_pay` as `Some pay`: a provider needs a line only if it writes itself otherwise. */
export function asName(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
