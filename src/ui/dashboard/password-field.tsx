"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field } from "../field.tsx";

type PasswordFieldProps = {
  name: string;
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
  /** What a password manager offers: the one that is known, or a new one. */
  kind: "current-password" | "new-password";
};

export function PasswordField({ kind, ...rest }: PasswordFieldProps) {
  const t = useTranslations("account.password");
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Field
        {...rest}
        type={isShown ? "text" : "password"}
        autoComplete={kind}
        className="pr-14"
        spellCheck={false}
        autoCapitalize="none"
      />
      <button
        type="button"
        onClick={() => setIsShown(!isShown)}
        aria-pressed={isShown}
        className="absolute top-8 right-1 inline-flex size-11 items-center justify-center rounded-xl text-muted hover:text-ink"
      >
        <Icon aria-hidden className="size-5" />
        <span className="sr-only">{t("show")}</span>
      </button>
    </div>
  );
}
