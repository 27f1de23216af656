"use client";

import { CircleCheck, LoaderCircle } from "lucide-react";
import { useFormatter, useMessages, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ConnectionAnswer } from "#contracts/merchant/connections.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { providerWords } from "./words.ts";

const everyMs = 3000;

type AddressProps = { connection: ConnectionAnswer; timezone: string; onEvent: () => void };

/** The address to paste, and whether anything has come to it, looked up while the page is open. */
export function WebhookAddress({ connection, timezone, onEvent }: AddressProps) {
  const t = useTranslations("payments.webhook");
  const format = useFormatter();
  const { webhookPlace } = providerWords(useMessages().payments, connection.provider);
  const lastEventAt = useLastEvent(connection, onEvent);
  return (
    <section className="space-y-2">
      <h4 className="font-semibold">{t("title")}</h4>
      <p className="text-muted text-sm">{t("text")}</p>
      {webhookPlace && <p className="text-muted text-sm">{webhookPlace}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 max-w-full break-all rounded-lg border border-line bg-paper px-3 py-2 text-sm">
          {connection.webhookUrl}
        </code>
        <CopyButton text={connection.webhookUrl} label={t("title")} />
      </div>
      {isLocal(connection.webhookUrl) && <p className="text-sm text-warn">{t("local")}</p>}
      <p role="status" data-testid="last-event" className="flex items-start gap-2 text-sm">
        {lastEventAt ? (
          <>
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
            {t("arrived", {
              time: format.dateTime(new Date(lastEventAt), { dateStyle: "medium", timeStyle: "medium", timeZone: timezone }),
            })}
          </>
        ) : (
          <>
            <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 text-muted motion-safe:animate-spin" />
            {t("none")}
          </>
        )}
      </p>
    </section>
  );
}

const isLocal = (url: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** A failed look changes nothing: the next one is seconds away. */
function useLastEvent({ id, lastEventAt }: ConnectionAnswer, onEvent: () => void): string | null {
  const [seen, setSeen] = useState(lastEventAt);
  useEffect(() => {
    const look = async () => {
      if (document.hidden) return;
      const { lastEventAt: now } = await answerOf(api.tenant.payments[":id"].$get({ param: { id } }));
      if (now === seen) return;
      setSeen(now);
      onEvent();
    };
    const timer = setInterval(() => void look().catch(() => {}), everyMs);
    return () => clearInterval(timer);
  }, [id, seen, onEvent]);
  return seen;
}
