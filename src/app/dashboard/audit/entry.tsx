import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useFormatter, useMessages, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AuditEntry } from "#contracts/merchant/audit.ts";

/** One row; what changed, and from where, opens below it. */
export function Entry({ event, timezone }: { event: AuditEntry; timezone: string }) {
  const format = useFormatter();
  const words = useMessages().audit;
  const actions: Record<string, string> = words.action;
  const actors: Record<string, string> = words.actor;
  const { at, action, actor } = event;
  return (
    <li data-testid="audit-entry" data-action={action}>
      <details className="group">
        <summary className="grid cursor-pointer list-none grid-cols-[1fr_auto] items-center gap-x-4 px-4 py-3 hover:bg-paper sm:grid-cols-[2fr_1fr_auto_auto] sm:px-5 [&::-webkit-details-marker]:hidden">
          <span className="font-semibold">{actions[action] ?? action}</span>
          <span className="row-start-2 truncate text-muted text-sm sm:row-start-1">{actor.name ?? actors[actor.kind] ?? actor.kind}</span>
          <time dateTime={at} className="row-start-3 text-muted text-sm sm:row-start-1">
            {format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium", timeZone: timezone })}
          </time>
          <ChevronDown aria-hidden className="col-start-2 row-start-1 size-5 text-muted group-open:rotate-180 sm:col-start-4" />
        </summary>
        <Opened event={event} />
      </details>
    </li>
  );
}

function Opened({ event: { action, entity, changes, details, address, browser } }: { event: AuditEntry }) {
  const t = useTranslations("audit");
  const facts = Object.entries(details).filter(([, value]) => value !== null && value !== "");
  return (
    <div className="space-y-3 px-4 pb-3 text-sm sm:px-5">
      {changes.length > 0 && <Changes changes={changes} />}
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
        <Fact name={t("code")}>{action}</Fact>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name}>
            {shown(value)}
          </Fact>
        ))}
        {address && <Fact name={t("address")}>{address}</Fact>}
        {browser && <Fact name={t("browser")}>{browser}</Fact>}
      </dl>
      <Link
        prefetch={false}
        href={`/dashboard/audit?subject=${entity.id}`}
        className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
      >
        {t("history")}
      </Link>
    </div>
  );
}

function Changes({ changes }: Pick<AuditEntry, "changes">) {
  const t = useTranslations("audit");
  const nothing = <span className="text-muted">{t("nothing")}</span>;
  const isNothing = (value: unknown) => value === null || value === undefined || value === "";
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead className="text-muted">
          <tr>
            {(["field", "before", "after"] as const).map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-medium">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field} className="border-line border-t align-top">
              <th scope="row" className="py-1 pr-4 font-normal">
                <code>{field}</code>
              </th>
              <td className="break-words py-1 pr-4">{isNothing(before) ? nothing : shown(before)}</td>
              <td className="break-words py-1">{isNothing(after) ? nothing : shown(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
