"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { SubdomainAnswer } from "#contracts/settings/tenant.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Field } from "#ui/field.tsx";

type SubdomainFieldProps = { value: string | null; onChange: (name: string | null) => void; problem: string | undefined };

const pauseMs = 350;

/** Says while somebody types whether the name can be had. To save it decides again. */
export function SubdomainField({ value, onChange, problem }: SubdomainFieldProps) {
  const t = useTranslations("settings.branding");
  const answer = useAnswer(value);
  const isChecking = value !== null && answer?.name !== value;
  return (
    <div className="space-y-2">
      <Field
        name="subdomain"
        label={t("subdomain")}
        hint={t("subdomainHint")}
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value.trim().toLowerCase() || null)}
        problem={problem}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={63}
      />
      <p role="status" data-testid="subdomain-state" data-state={isChecking ? "checking" : answer?.state} className="min-h-5 text-sm">
        {isChecking && <span className="text-muted">{t("checking")}</span>}
        {!isChecking && answer && (
          <span className={answer.state === "free" || answer.state === "own" ? "text-good" : "text-bad"}>
            {t(`states.${answer.state}`, { address: answer.address ?? "" })}
          </span>
        )}
      </p>
    </div>
  );
}

/** Of the last name that was typed; an older answer that comes late is dropped. */
function useAnswer(name: string | null): SubdomainAnswer | null {
  const [answer, setAnswer] = useState<SubdomainAnswer | null>(null);
  useEffect(() => {
    if (name === null) {
      setAnswer(null);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(() => {
      answerOf(api.tenant.subdomain.$get({ query: { name } })).then(
        (found) => isCurrent && setAnswer(found),
        // Without an answer nothing is said; saving will tell.
        () => isCurrent && setAnswer(null),
      );
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [name]);
  return answer;
}
