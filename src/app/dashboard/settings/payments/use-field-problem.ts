"use client";

import { useTranslations } from "next-intl";
import type { CredentialField } from "#contracts/merchant/connections.ts";
import type { CredentialProblem, Mode } from "#contracts/merchant/credential-problems.ts";

/** Says what is wrong with a credential, and what would be right. */
export function useFieldProblem(mode: Mode): (field: CredentialField, problem: CredentialProblem) => string {
  const t = useTranslations("payments.problem");
  return ({ prefixes }, problem) => {
    const prefix = prefixes?.[mode] ?? "…";
    switch (problem) {
      case "missing":
      case "unknown":
        return t(problem);
      case "other_mode":
        return t(`otherMode.${mode}`, { prefix });
      case "other_field":
        return t("otherField", { prefix });
      case "malformed":
        return t("malformed", { prefix });
      default:
        return problem satisfies never;
    }
  };
}
