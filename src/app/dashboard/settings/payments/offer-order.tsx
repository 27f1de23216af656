"use client";

import { ArrowDown, ArrowUp, CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMessages, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { ConnectionAnswer } from "#contracts/merchant/connections.ts";
import { Problem } from "#ui/alert.tsx";
import { Card } from "#ui/card.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";
import { ProviderMark } from "#ui/wizard/provider-mark.tsx";
import { accountName, codeWords } from "./words.ts";

type OrderProps = { connections: readonly ConnectionAnswer[]; names: Readonly<Record<string, string>>; mayChange: boolean };

/** What customers are offered, in their order, and what they are not offered, with the reason. */
export function OfferOrder({ connections, names, mayChange }: OrderProps) {
  const t = useTranslations("payments.order");
  const { shown, problem, move, announced } = useOrder(connections, (connection) => accountName(connection, names));
  return (
    <Card className="space-y-4">
      <div>
        <h2 className="font-semibold text-xl">{t("title")}</h2>
        <p className="text-muted">{t(mayChange && shown.length > 1 ? "text" : "textOne")}</p>
      </div>
      <p role="status" className="sr-only">
        {announced}
      </p>
      <Problem text={problem} />
      <ol className="space-y-2" data-testid="offer-order">
        {shown.map((connection, index) => {
          const name = accountName(connection, names);
          return (
            <li key={connection.id} className="flex items-center gap-3 rounded-xl border border-line p-3">
              <ProviderMark provider={connection.provider} />
              <div className="min-w-0 grow">
                <p className="break-words font-semibold">{name}</p>
                <Unfit unfit={connection.unfit} />
              </div>
              {mayChange && shown.length > 1 && (
                <div className="flex shrink-0 flex-col sm:flex-row">
                  <MoveButton label={t("up", { name })} icon={ArrowUp} isOff={index === 0} onClick={() => move(index, index - 1)} />
                  <MoveButton
                    label={t("down", { name })}
                    icon={ArrowDown}
                    isOff={index === shown.length - 1}
                    onClick={() => move(index, index + 1)}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

export function Unfit({ unfit }: Pick<ConnectionAnswer, "unfit">) {
  const t = useTranslations("payments.order");
  const reasons = useMessages().payments.order.reason;
  return unfit.map(({ reason, services }) => (
    <p key={reason} className="mt-1 flex gap-1.5 text-sm text-warn">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {services.length === 0 ? t("unfitAll") : t("unfit", { services: services.join(", ") })} {codeWords(reasons, reason)}
      </span>
    </p>
  ));
}

/** A move shows at once. If the server refuses it, the list is what it was and says why. */
function useOrder(connections: readonly ConnectionAnswer[], nameOf: (connection: ConnectionAnswer) => string) {
  const t = useTranslations("payments.order");
  const router = useRouter();
  const errorText = useErrorText();
  const [shown, setShown] = useState(connections);
  const [problem, setProblem] = useState<string | null>(null);
  const [announced, setAnnounced] = useState("");
  const running = useRef<Promise<unknown>>(Promise.resolve());
  const underWay = useRef(0);
  useEffect(() => {
    if (underWay.current === 0) setShown(connections);
  }, [connections]);

  function move(from: number, to: number) {
    const moved = shown[from];
    if (!moved || to < 0 || to >= shown.length) return;
    const after = shown.toSpliced(from, 1).toSpliced(to, 0, moved);
    setShown(after);
    setProblem(null);
    setAnnounced(t("moved", { name: nameOf(moved), place: to + 1 }));
    underWay.current += 1;
    const ids = after.map(({ id }) => id);
    // One request at a time, so that quick moves end in the last order.
    running.current = running.current
      .catch(() => {})
      .then(() => answerOf(api.tenant.payments.order.$put({ json: { ids } })))
      .catch((error: unknown) => {
        setShown(shown);
        setProblem(errorText(error));
      })
      .finally(() => {
        underWay.current -= 1;
        if (underWay.current === 0) router.refresh();
      });
  }
  return { shown, problem, move, announced };
}

type MoveButtonProps = { label: string; icon: typeof ArrowUp; isOff: boolean; onClick: () => void };

/** Keeps the focus at the end of the list, so that a row can be moved on with the keyboard. */
function MoveButton({ label, icon: Icon, isOff, onClick }: MoveButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={() => !isOff && onClick()}
      className="inline-flex size-11 items-center justify-center rounded-xl text-muted hover:text-ink aria-disabled:opacity-40"
    >
      <Icon aria-hidden className="size-5" />
    </button>
  );
}
