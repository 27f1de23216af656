import { useTranslations } from "next-intl";
import { providerWords } from "./provider-words.ts";

/** Why a refund did not go out: words for a code of our adapters, else the provider's own. */
export function useRefundProblem(): (error: string) => string {
  const t = useTranslations("booking.refundProblem");
  return (error) => (isNamed(error, t.has) ? t(error) : providerWords(error));
}

type Words = ReturnType<typeof useTranslations<"booking.refundProblem">>;
type Named = Parameters<Words["has"]>[0];

// A dot would look for a catalogue's branch: a provider's sentence has some.
function isNamed(error: string, has: Words["has"]): error is Named {
  return /^[a-z_]+$/.test(error) && has(error as Named);
}
