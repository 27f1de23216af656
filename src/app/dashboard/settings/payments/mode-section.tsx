"use client";

import { FlaskConical, Landmark } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { ConnectionAnswer, PaymentProviderAnswer } from "#contracts/merchant/connections.ts";
import type { Mode } from "#contracts/merchant/credential-problems.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { Field } from "#ui/field.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { labelLengthMax } from "./connection-label.tsx";
import { CredentialForm } from "./credential-form.tsx";

const icons = { test: FlaskConical, production: Landmark };

type SectionProps = {
  mode: Mode;
  providers: readonly PaymentProviderAnswer[];
  connections: readonly ConnectionAnswer[];
  timezone: string;
  mayChange: boolean;
  /** The provider's ids that do not fit the merchant's country or currency. */
  unfit: readonly string[];
};

/** Test and production stand side by side, whether anything is connected or not. */
export function ModeSection({ mode, providers, connections, timezone, mayChange, unfit }: SectionProps) {
  const t = useTranslations("payments");
  const [isConnecting, setIsConnecting] = useState(false);
  const Icon = icons[mode];
  return (
    <section aria-labelledby={`mode-${mode}`} className="min-w-0 space-y-4" data-testid={`mode-${mode}-section`}>
      <header>
        <h2 id={`mode-${mode}`} className="flex items-center gap-2 font-semibold text-xl">
          <Icon aria-hidden className="size-5 text-brand-ink" />
          {t(`mode.${mode}.name`)}
        </h2>
        <p className="text-muted">{t(`mode.${mode}.text`)}</p>
      </header>
      {connections.length === 0 && !isConnecting && (
        <p className="rounded-2xl border border-edge border-dashed p-5 text-muted">{t(`mode.${mode}.empty`)}</p>
      )}
      {connections.map((connection) => {
        const provider = providers.find(({ id }) => id === connection.provider);
        return provider && <ConnectionCard key={connection.id} {...{ connection, provider, timezone, mayChange }} />;
      })}
      {isConnecting ? (
        <Connecting mode={mode} providers={providers} unfit={unfit} onEnd={() => setIsConnecting(false)} />
      ) : (
        mayChange && (
          <Button look={connections.length === 0 ? "primary" : "outline"} onClick={() => setIsConnecting(true)}>
            {t(`mode.${mode}.connect`)}
          </Button>
        )
      )}
    </section>
  );
}

function Connecting({ mode, providers, unfit, onEnd }: Pick<SectionProps, "mode" | "providers" | "unfit"> & { onEnd: () => void }) {
  const t = useTranslations("payments");
  const toast = useToast();
  const [chosen, setChosen] = useState((providers.find(({ id }) => !unfit.includes(id)) ?? providers[0])?.id);
  const [label, setLabel] = useState("");
  // What is sent a second time, after a lost answer, is made once.
  const sent = useRef({ text: "", key: "" });
  const provider = providers.find(({ id }) => id === chosen);
  if (!provider) return null;
  const connect = (credentials: Record<string, string>) => {
    const json = { provider: provider.id, mode, credentials, ...(label.trim() !== "" && { label: label.trim() }) };
    const text = JSON.stringify(json);
    if (sent.current.text !== text) sent.current = { text, key: newIdempotencyKey() };
    return answerOf(api.tenant.payments.$post({ json, header: { "idempotency-key": sent.current.key } }));
  };
  return (
    <div className="space-y-5 rounded-2xl border border-line bg-card p-5">
      {providers.length > 1 && (
        <Select name={`${mode}-provider`} label={t("provider")} value={chosen} onChange={({ target }) => setChosen(target.value)}>
          {providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {unfit.includes(id) ? t("providerUnfit", { name }) : name}
            </option>
          ))}
        </Select>
      )}
      <CredentialForm
        key={provider.id}
        provider={provider}
        mode={mode}
        onSave={connect}
        onSaved={() => {
          onEnd();
          toast(t("connected"));
        }}
        onCancel={onEnd}
      >
        <Field
          id={`${mode}-label`}
          name={`${mode}-label`}
          label={t("label")}
          hint={t("labelHint")}
          maxLength={labelLengthMax}
          autoComplete="off"
          value={label}
          onChange={({ target }) => setLabel(target.value)}
        />
      </CredentialForm>
    </div>
  );
}
