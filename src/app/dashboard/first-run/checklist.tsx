import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FirstRun } from "#contracts/first-run/first-run.ts";
import type { FirstRunSetup } from "#queries/links/first-run.ts";
import { classNames } from "#ui/class-names.ts";
import { LinkStep } from "./link-step.tsx";
import { Mails } from "./mails.tsx";
import { PayStep } from "./pay-step.tsx";
import { ProfessionalStep } from "./professional-step.tsx";
import { RealPayments } from "./real-payments.tsx";
import { ServiceStep } from "./service-step.tsx";

type ChecklistProps = {
  run: FirstRun;
  setup: FirstRunSetup;
  email: string;
  payAddress: string | null;
  /** The names of those that take the merchant's currency. */
  providers: string[];
};
type Step = FirstRun["steps"][number]["step"];

export function Checklist({ run, setup, email, payAddress, providers }: ChecklistProps) {
  const t = useTranslations("firstRun");
  const { steps } = run;
  const current = steps.find(({ isDone }) => !isDone)?.step;
  const isReady = steps.every(({ step, isDone }) => isDone || step === "test_booking" || step === "real_payments");
  const contents: Record<Step, ReactNode> = {
    service: <ServiceStep currency={setup.currency} />,
    professional: <ProfessionalStep email={email} serviceIds={setup.serviceIds} hasSome={setup.hasProfessionals} />,
    link: <LinkStep />,
    test_booking: (
      <PayStep
        address={isReady ? payAddress : null}
        currency={setup.currency}
        isTaken={providers.length > 0}
        isPaid={run.testBookingId !== null}
        mode={run.mode}
      />
    ),
    real_payments: <RealPayments currency={setup.currency} providers={providers} />,
  };
  return (
    <div>
      <p className="mb-3 font-medium" data-testid="progress">
        {t("progress", { done: steps.filter(({ isDone }) => isDone).length, all: steps.length })}
      </p>
      <ol className="space-y-3">
        {steps.map(({ step, isDone }, index) => (
          <li key={step} data-testid={`step-${step}`} data-done={isDone} className="rounded-2xl border border-line bg-card">
            <h2 className="flex min-h-14 items-center gap-3 px-5 font-semibold text-lg">
              <Mark isDone={isDone} number={index + 1} />
              {t(`steps.${step}`)}
              {isDone && <span className="sr-only">({t("done")})</span>}
            </h2>
            {(step === current || (step === "real_payments" && !isDone && isReady)) && (
              <div className="border-line border-t px-5 py-5">{contents[step]}</div>
            )}
            {step === "test_booking" && run.testBookingId && (
              <div className="border-line border-t px-5 py-5">
                <Mails bookingId={run.testBookingId} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Mark({ isDone, number }: { isDone: boolean; number: number }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "grid size-8 shrink-0 place-items-center rounded-full border-2 text-base",
        isDone ? "border-good bg-good-soft text-good" : "border-edge text-muted",
      )}
    >
      {isDone ? <Check className="size-5" strokeWidth={3} /> : number}
    </span>
  );
}
