import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { type Saving, useSaving } from "#ui/dashboard/use-saving.ts";

type Problems = ReturnType<typeof useTranslations<"settings.problems">>;
type FieldName = Parameters<Problems>[0];

export type SettingsForm<T extends object> = {
  draft: T;
  set: (change: Partial<T>) => void;
  /** In words, if the server refused the field. */
  problemOf: (name: FieldName & keyof T) => string | undefined;
  saving: Saving;
  submit: (event: FormEvent) => void;
};

/**
 * What somebody types, until it is saved. The version is that of the page, then that of the own
 * last save: what another one saved meanwhile is never overwritten unseen.
 */
export function useSettingsForm<T extends object>(
  saved: T & { version: number },
  send: (body: T & { version: number }) => Promise<{ version: number }>,
): SettingsForm<T> {
  const words = useTranslations("dashboard");
  const problems = useTranslations("settings.problems");
  const toast = useToast();
  const saving = useSaving();
  const [draft, setDraft] = useState<T>(saved);
  const version = useRef(saved.version);
  return {
    draft,
    set: (change) => setDraft((now) => ({ ...now, ...change })),
    problemOf(name) {
      const field: FieldName = name;
      return saving.wrong.includes(field) ? problems(field) : undefined;
    },
    saving,
    submit(event) {
      event.preventDefault();
      void saving.save(
        () => send({ ...draft, version: version.current }),
        (answer) => {
          version.current = answer.version;
          toast(words("saved"));
        },
      );
    },
  };
}
