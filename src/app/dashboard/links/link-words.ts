import { useTranslations } from "next-intl";
import type { BookingLink } from "#contracts/links/links.ts";
import type { LinkChoices } from "#queries/links/link-choices.ts";

/** What a link has chosen for its customers, in a line. */
export function useChoiceWords({ services, professionals }: Pick<LinkChoices, "services" | "professionals">) {
  const t = useTranslations("links");
  const named = (one: { name: string; isArchived: boolean }) => (one.isArchived ? t("gone", { name: one.name }) : one.name);
  return ({ serviceId, professionalId }: Pick<BookingLink, "serviceId" | "professionalId">): string => {
    const service = services.find(({ id }) => id === serviceId);
    const professional = professionals.find(({ id }) => id === professionalId);
    const who = professional ? t("with", { name: named(professional) }) : t("anyProfessional");
    return `${service ? named(service) : t("anyService")}, ${who}`;
  };
}
