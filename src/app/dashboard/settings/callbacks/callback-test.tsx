"use client";

import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CallbackTest } from "#contracts/callback-test.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";

const code = "max-h-72 overflow-auto whitespace-pre-wrap break-all rounded-xl bg-paper p-3 font-mono text-xs text-ink";

/** Sends an example that says that it is one, and tells in plain words how it went. */
export function TestCallback({ isReady }: { isReady: boolean }) {
  const t = useTranslations("settings.callbacks.test");
  const saving = useSaving();
  const [result, setResult] = useState<CallbackTest | null>(null);
  const send = () => void saving.save(() => answerOf(api.tenant["callback-test"].$post()), setResult);
  return (
    <div className="space-y-4">
      <p className="text-muted">{t("text")}</p>
      {!isReady && <p>{t("notReady")}</p>}
      <Button
        look="outline"
        busyText={saving.isSaving ? t("sending") : undefined}
        disabled={!isReady}
        onClick={send}
        data-testid="test-callback"
      >
        <Send aria-hidden className="size-5" />
        {t("send")}
      </Button>
      <Problem text={saving.problem} />
      {result && <Result result={result} />}
    </div>
  );
}

function Result({ result: { problem, status, detail, durationMs, answer, body, url } }: { result: CallbackTest }) {
  const t = useTranslations("settings.callbacks.test");
  const tone = problem === null ? "good" : problem === "web_page" ? "warn" : "bad";
  return (
    <Alert tone={tone} role="alert" data-testid="test-result" data-problem={problem ?? "none"}>
      <p className="font-semibold">{problem === null ? t("taken") : t(`problem.${problem}`)}</p>
      <p>
        {status === null ? t("noAnswer") : t("answered", { status })} · {t("took", { ms: durationMs ?? 0 })}
      </p>
      {detail && <p className="break-words text-sm">{detail}</p>}
      <details className="text-sm">
        <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">{t("details")}</summary>
        <p className="break-all">POST {url}</p>
        <pre className={code}>{pretty(body)}</pre>
        {answer && (
          <>
            <p className="mt-2">{t("answer")}</p>
            <pre className={code}>{answer}</pre>
          </>
        )}
      </details>
    </Alert>
  );
}

/** For reading alone: what is sent has no spaces. */
function pretty(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}
