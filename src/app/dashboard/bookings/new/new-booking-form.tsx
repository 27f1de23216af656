"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ByHandChoices } from "#queries/desk/by-hand-choices.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import { CustomerSection } from "./customer-section.tsx";
import { type Draft, moneyOf } from "./draft.ts";
import { endThatFits, latestEnd } from "./link-end.ts";
import { MoneySection } from "./money-section.tsx";
import { TimeSection } from "./time-section.tsx";
import { type Wish, wishOf } from "./wish.ts";

type NewBookingFormProps = { choices: ByHandChoices; first: Draft; locale: string; renderedAt: number };
type Attempt = { text: string; json: Wish; key: string };
type Words = ReturnType<typeof useTranslations<"byHand">>;

/** What was typed stays, whatever is refused. A lost answer may be asked for again with its key. */
export function NewBookingForm({ choices, first, locale, renderedAt }: NewBookingFormProps) {
  const t = useTranslations("byHand");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const now = useServerTime(renderedAt);
  const [typed, setDraft] = useState(first);
  const [isTried, setIsTried] = useState(false);
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const { timezone, linkMinutesBefore } = choices;
  const draft = { ...typed, ...endThatFits(typed, { now, timezone, latest: latestEnd(typed.start, { now, linkMinutesBefore }) }) };
  const service = choices.services.find(({ id }) => id === draft.serviceId);
  if (!service) return null;
  const change = (more: Partial<Draft>) => {
    saving.clear();
    // A moment that is typed begins with the one that is shown.
    const { end, endDay, endTime } = draft;
    setDraft({ ...typed, ...("endDay" in more || "endTime" in more ? { end, endDay, endTime } : {}), ...more });
  };
  const { wish, missing } = wishOf({ draft, service, choices, now });
  const problems = problemsOf({ missing: isTried ? missing : [], code: saving.code, wrong: saving.wrong }, t);
  const isLink = draft.way === "link" && moneyOf(draft, service).dueMinor > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsTried(true);
    if (wish) void saving.save(() => send(wish), made);
  }

  function send(wish: Wish) {
    // The end is read off the clock: a repeat a second later asks for what was asked first.
    const text = JSON.stringify({ ...wish, payment: { ...wish.payment, endsAt: draft.end } });
    const { json, key } = attempt?.text === text ? attempt : { json: wish, key: newIdempotencyKey() };
    setAttempt({ text, json, key });
    return answerOf(api.bookings["by-hand"].$post({ json, header: { "idempotency-key": key } }));
  }

  function made({ id }: { id: string }) {
    toast(t(isLink ? "madeLink" : "made"));
    router.push(`/dashboard/bookings/${id}`);
  }

  const parts = { draft, change, choices, locale, problems };
  return (
    <form onSubmit={submit} noValidate className="max-w-3xl space-y-6" data-testid="by-hand-form">
      <TimeSection {...parts} today={wallTimeOf(now, timezone).date} isOutside={saving.code === "outside_hours"} />
      <CustomerSection {...parts} />
      <MoneySection {...parts} service={service} now={now} />
      <SaveBar saving={saving} label={t(isLink ? "submitLink" : "submit")} />
    </form>
  );
}

type Found = { missing: readonly string[]; code: string | null; wrong: readonly string[] };
const fields = ["start", "name", "email", "phone", "price", "end"] as const;

/** What the browser sees first, and what only the server knows: at the field that it is about. */
function problemsOf({ missing, code, wrong }: Found, t: Words): Record<string, string | undefined> {
  const refused = new Set(wrong.map((path) => path.split(".").at(-1)));
  const isWrong = (field: (typeof fields)[number]) =>
    missing.includes(field) ||
    refused.has(field) ||
    (field === "phone" && code === "phone_invalid") ||
    (field === "email" && code === "email_unsendable") ||
    (field === "end" && code === "link_end_unfit");
  const found = Object.fromEntries(fields.map((field) => [field, isWrong(field) ? t(`problems.${field}`) : undefined]));
  return { ...found, when: code === "slot_taken" ? t("problems.taken") : undefined };
}
