"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useCallback, useState } from "react";
import { readEmail, readName } from "#contracts/contact.ts";
import { passwordLengths, passwordProblem } from "#contracts/password.ts";
import type { Saving } from "#ui/dashboard/use-saving.ts";

export type Check = "email" | "new-password" | "given" | "name" | "business";

/** Checks what the server will check, says what is wrong at the field, and goes to the first. */
export function useFields<Name extends string>(fields: Readonly<Record<Name, Check>>, saving: Saving) {
  const problemOf = useProblems();
  const t = useTranslations("account.problems");
  const names = Object.keys(fields) as Name[];
  const [found, setFound] = useState<Partial<Record<Name, string>>>({});
  const submit = (work: (values: Record<Name, string>) => Promise<unknown>) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const values = Object.fromEntries(names.map((name) => [name, String(data.get(name) ?? "")])) as Record<Name, string>;
    const known = Object.values<string>(values);
    const entries = names.map((name) => [name, problemOf(fields[name], values[name], known)] as const);
    const wrong = entries.filter(([, problem]) => problem !== undefined);
    setFound(Object.fromEntries(wrong) as Partial<Record<Name, string>>);
    const [first] = wrong;
    if (first) form.querySelector<HTMLElement>(`[name="${first[0]}"]`)?.focus();
    else void work(values);
  };
  const problem = (name: Name): string | undefined => found[name] ?? (saving.wrong.includes(name) ? t("refused") : undefined);
  return { submit, problem };
}

function useProblems() {
  const t = useTranslations("account.problems");
  return useCallback(
    (check: Check, value: string, all: readonly string[]): string | undefined => {
      switch (check) {
        case "email": {
          const email = readEmail(value);
          return email === null || email.unsendable ? t("email") : undefined;
        }
        case "new-password": {
          const problem = passwordProblem(
            value,
            all.filter((other) => other !== value),
          );
          return problem ? t(problem, passwordLengths) : undefined;
        }
        case "name":
          return readName(value) === null ? t("name") : undefined;
        case "business":
          return value.trim().length < 2 ? t("business") : undefined;
        case "given":
          return value === "" ? t("given") : undefined;
        default:
          return check satisfies never;
      }
    },
    [t],
  );
}
