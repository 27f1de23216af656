import { useTranslations } from "next-intl";
import { providerWords } from "./provider-words.ts";

/** Why a refund did not go out: our words for its code, and what the provider said as a detail. */
export function useRefundProblem(): (error: string) => string {
  const t = useTranslations("booking.refundProblem");
  return (error) => {
    const [, code = "", said = ""] = /^([a-z_]+)(?:: (.*))?$/s.exec(error) ?? [];
    if (!isNamed(code, t.has)) return t("other", { said: providerWords(error) });
    return said === "" ? t(code) : t("detail", { reason: t(code), said: providerWords(said) });
  };
}

type Words = ReturnType<typeof useTranslations<"booking.refundProblem">>;
type Named = Exclude<Parameters<Words["has"]>[0], "other" | "detail">;

// A dot would look for a catalogue's branch: a provider's sentence has some.
function isNamed(code: string, has: Words["has"]): code is Named {
  return code !== "" && code !== "other" && code !== "detail" && has(code as Named);
}
