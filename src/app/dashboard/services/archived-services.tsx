import { ArchiveRestore } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Service } from "#contracts/services.ts";
import { Button } from "#ui/button.tsx";

type ArchivedProps = { services: readonly Service[]; onRestore: ((service: Service) => void) | null; merchantLocale: string };

export function ArchivedServices({ services, onRestore, merchantLocale }: ArchivedProps) {
  const t = useTranslations("services.list");
  return (
    <details className="mt-8" data-testid="archive">
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-muted">
        {t("archivedTitle", { count: services.length })}
      </summary>
      <ul className="mt-2 space-y-2">
        {services.map((service) => (
          <li key={service.id} className="flex items-center justify-between gap-4 rounded-xl border border-line px-4 py-2">
            <span lang={merchantLocale} dir="auto" className="min-w-0 truncate text-muted">
              {service.name}
            </span>
            {onRestore && (
              <Button look="outline" onClick={() => onRestore(service)}>
                <ArchiveRestore aria-hidden className="size-4" />
                {t("restore")}
                <span className="sr-only"> {service.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
