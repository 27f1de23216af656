"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAttemptText } from "#app/(account)/use-attempt-text.ts";
import { useFields } from "#app/(account)/use-fields.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { PasswordField } from "#ui/dashboard/password-field.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { Section } from "./section.tsx";
import { TwoFactorSetup } from "./two-factor-setup.tsx";

type Step =
  | { name: "closed" }
  | { name: "password"; to: "begin" | "end" | "codes" }
  | { name: "setup"; address: string; recoveryCodes: string[] }
  | { name: "codes"; recoveryCodes: string[] };

export function TwoFactor({ isOn }: { isOn: boolean }) {
  const t = useTranslations("account.security");
  const toast = useToast();
  const [step, setStep] = useState<Step>({ name: "closed" });
  const close = () => setStep({ name: "closed" });
  const askFor = (to: "begin" | "end" | "codes") => () => setStep({ name: "password", to });
  const done = (text: string) => {
    close();
    toast(text);
  };
  return (
    <Section title={t("twoFactorTitle")} lead={t(isOn ? "twoFactorOn" : "twoFactorOff")}>
      <div className="flex flex-wrap gap-3">
        {isOn ? (
          <>
            <Button look="outline" onClick={askFor("codes")}>
              {t("twoFactorCodes")}
            </Button>
            <Button look="outline" onClick={askFor("end")}>
              {t("twoFactorEnd")}
            </Button>
          </>
        ) : (
          <Button look="outline" onClick={askFor("begin")} data-testid="two-factor-begin">
            {t("twoFactorBegin")}
          </Button>
        )}
      </div>
      <Dialog isOpen={step.name !== "closed"} onClose={close} title={t(step.name === "codes" ? "codesTitle" : "twoFactorTitle")}>
        {step.name === "password" && <AskPassword to={step.to} onStep={setStep} onEnded={() => done(t("twoFactorTurnedOff"))} />}
        {step.name === "setup" && <TwoFactorSetup {...step} onDone={() => setStep({ name: "codes", recoveryCodes: step.recoveryCodes })} />}
        {step.name === "codes" && <RecoveryCodes codes={step.recoveryCodes} onKept={() => done(t("twoFactorTurnedOn"))} />}
      </Dialog>
    </Section>
  );
}

const fields = { password: "given" } as const;
type AskPasswordProps = { to: "begin" | "end" | "codes"; onStep: (step: Step) => void; onEnded: () => void };

function AskPassword({ to, onStep, onEnded }: AskPasswordProps) {
  const t = useTranslations("account.security");
  const saving = useSaving();
  const { submit, problem } = useFields(fields, saving);
  const problemText = useAttemptText(saving);
  const { "two-factor": twoFactor } = api.account;
  const send = submit((json) => {
    switch (to) {
      case "begin":
        return saving.save(
          () => answerOf(twoFactor.$post({ json })),
          (begun) => onStep({ name: "setup", ...begun }),
        );
      case "codes":
        return saving.save(
          () => answerOf(twoFactor["recovery-codes"].$post({ json })),
          (made) => onStep({ name: "codes", ...made }),
        );
      case "end":
        return saving.save(() => answerOf(twoFactor.end.$post({ json })), onEnded);
      default:
        return to satisfies never;
    }
  });
  return (
    <form onSubmit={send} noValidate className="space-y-5">
      <PasswordField name="password" kind="current-password" label={t("askPassword")} problem={problem("password")} />
      <Problem text={problemText} />
      <Button type="submit" busyText={saving.isSaving ? t("saving") : undefined}>
        {t("goOn")}
      </Button>
    </form>
  );
}
