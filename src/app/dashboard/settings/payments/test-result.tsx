"use client";

import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useMessages, useTranslations } from "next-intl";
import type { ConnectionTest } from "#contracts/merchant/connections.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { providerWords } from "./words.ts";

const tones = { ok: "good", failed: "bad", unanswered: "warn" } as const;
const icons = { proven: CircleCheck, refused: CircleX, unproven: CircleDashed };

type Field = ConnectionTest["fields"][number];

/** Field by field: what was proven, and what can prove the rest. */
export function TestResult({ provider, result, problem }: { provider: string; result: ConnectionTest | null; problem: string | null }) {
  const t = useTranslations("payments.test");
  const words = providerWords(useMessages().payments, provider);
  if (!result) return <Problem text={problem} />;
  const stateWords = ({ state, provenBy }: Field) => (state === "unproven" ? t(`unproven.${provenBy}`) : t(state));
  return (
    <Alert tone={tones[result.result]} role="status" title={t(result.result)} data-testid="test-result">
      {result.result === "failed" && <p>{words.detail(result.detail)}</p>}
      <ul className="space-y-1.5">
        {result.fields.map((field) => {
          const Icon = icons[field.state];
          return (
            <li key={field.name} className="flex gap-2">
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span>
                <span className="font-semibold">{words.label(field.name)}</span>: {stateWords(field)}
              </span>
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}
