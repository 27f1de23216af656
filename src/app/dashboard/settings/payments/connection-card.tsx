"use client";

import { CircleCheck, CirclePause } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useMessages, useTranslations } from "next-intl";
import { useState } from "react";
import type { ConnectionAnswer, ConnectionTest, PaymentProviderAnswer } from "#contracts/merchant/connections.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { ConfirmDialog } from "#ui/dashboard/dialog.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatMoney } from "#ui/format.ts";
import { ProviderMark } from "#ui/wizard/provider-mark.tsx";
import { LabelForm } from "./connection-label.tsx";
import { CredentialForm } from "./credential-form.tsx";
import { Unfit } from "./offer-order.tsx";
import { TestResult } from "./test-result.tsx";
import { WebhookAddress } from "./webhook-address.tsx";
import { accountName, providerWords } from "./words.ts";

type CardProps = { connection: ConnectionAnswer; provider: PaymentProviderAnswer; timezone: string; mayChange: boolean };

export function ConnectionCard({ connection, provider, timezone, mayChange }: CardProps) {
  const t = useTranslations("payments");
  const router = useRouter();
  const toast = useToast();
  const locale = useLocale();
  const money = (amountMinor: number, currency: string) => formatMoney({ amountMinor, currency, locale });
  const [editing, setEditing] = useState<"keys" | "name" | null>(null);
  const { id, version, mode, account, isActive, isReadable, hasPayments, limits, credentials } = connection;
  const replace = (values: Record<string, string>) =>
    answerOf(api.tenant.payments[":id"].$patch({ param: { id }, json: { version, credentials: values } }));
  return (
    <article className="space-y-5 rounded-2xl border border-line bg-card p-5" data-testid={`connection-${id}`}>
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="flex min-w-0 items-center gap-3 font-semibold text-lg">
          <ProviderMark provider={provider.id} />
          <span className="min-w-0 break-words">{accountName(connection, { [provider.id]: provider.name })}</span>
        </h3>
        {isActive ? (
          <Badge className="bg-good-soft text-good">
            <CircleCheck aria-hidden className="size-4" />
            {t("inUse")}
          </Badge>
        ) : (
          <Badge className="border border-edge bg-card text-muted">
            <CirclePause aria-hidden className="size-4" />
            {t("waiting")}
          </Badge>
        )}
      </header>
      {account && <p className="break-all text-muted text-sm">{t("account", { account })}</p>}
      {!isReadable && <Alert tone="bad">{t("unreadable")}</Alert>}
      {limits.map(({ currency, minMinor, maxMinor }) => (
        <p key={currency} className="text-muted text-sm">
          {maxMinor === null
            ? t("ownMinimum", { minimum: money(minMinor, currency) })
            : t("ownLimits", { minimum: money(minMinor, currency), maximum: money(maxMinor, currency) })}
        </p>
      ))}
      {isActive && <Unfit unfit={connection.unfit} />}
      {editing === "name" ? (
        <LabelForm connection={connection} onEnd={() => setEditing(null)} />
      ) : editing === "keys" ? (
        <CredentialForm
          provider={provider}
          mode={mode}
          kept={Object.fromEntries(credentials.map(({ name, hint }) => [name, hint]))}
          onSave={replace}
          onSaved={() => {
            setEditing(null);
            toast(t("replaced"));
          }}
          onCancel={() => setEditing(null)}
        />
      ) : (
        <>
          <Hints connection={connection} />
          {mayChange && <Actions connection={connection} onEdit={setEditing} />}
        </>
      )}
      {hasPayments && <p className="text-muted text-sm">{t("fixed")}</p>}
      <WebhookAddress connection={connection} timezone={timezone} onEvent={router.refresh} />
    </article>
  );
}

function Hints({ connection: { provider, credentials } }: { connection: ConnectionAnswer }) {
  const t = useTranslations("payments.test");
  const words = providerWords(useMessages().payments, provider);
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
      {credentials.map(({ name, hint, isProven }) => (
        <div key={name} className="min-w-0">
          <dt className="text-muted text-sm">{words.label(name)}</dt>
          <dd className="flex flex-wrap items-center gap-x-2">
            <code className="break-all">{hint ?? "—"}</code>
            {isProven && (
              <span className="inline-flex items-center gap-1 text-good text-sm">
                <CircleCheck aria-hidden className="size-4" />
                {t("proven")}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type ActionsProps = { connection: ConnectionAnswer; onEdit: (what: "keys" | "name") => void };

function Actions({ connection, onEdit }: ActionsProps) {
  const t = useTranslations("payments");
  const { id, provider, isReadable } = connection;
  const testing = useSaving();
  const [result, setResult] = useState<ConnectionTest | null>(null);
  const router = useRouter();
  const test = () => answerOf(api.tenant.payments.test.$post({ json: { id } }));
  // The provider may have told what the account takes.
  const show = (tested: ConnectionTest) => {
    setResult(tested);
    router.refresh();
  };
  return (
    <>
      <div className="flex flex-wrap gap-3">
        {isReadable && (
          <Button look="outline" onClick={() => void testing.save(test, show)} busyText={testing.isSaving ? t("test.running") : undefined}>
            {t("test.try")}
          </Button>
        )}
        <Button look="outline" onClick={() => onEdit("keys")}>
          {t("replace")}
        </Button>
        <Button look="outline" onClick={() => onEdit("name")}>
          {t("rename")}
        </Button>
        <Switching connection={connection} />
      </div>
      <TestResult provider={provider} result={result} problem={testing.problem} />
    </>
  );
}

/** Both directions change with what customers pay at once, so both ask first. */
function Switching({ connection: { id, mode, isActive } }: { connection: ConnectionAnswer }) {
  const t = useTranslations("payments");
  const toast = useToast();
  const saving = useSaving();
  const [isAsking, setIsAsking] = useState(false);
  const at = api.tenant.payments[":id"];
  const change = async () => {
    await answerOf(isActive ? at.deactivate.$post({ param: { id } }) : at.activate.$post({ param: { id } }));
    setIsAsking(false);
    toast(t(isActive ? "deactivated" : "activated"));
  };
  const activateText = t(mode === "test" ? "activateTest" : "activateProduction");
  return (
    <>
      <Button look={isActive ? "outline" : "primary"} onClick={() => setIsAsking(true)}>
        {t(isActive ? "deactivate" : "activate")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t(isActive ? "deactivateTitle" : "activateTitle")}
        text={isActive ? t("deactivateText") : activateText}
        action={t(isActive ? "deactivate" : "activate")}
        isBusy={saving.isSaving}
        onConfirm={() => void saving.save(change)}
        problem={<Problem text={saving.problem} />}
      />
    </>
  );
}
