"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Role } from "#contracts/caller.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { Select } from "#ui/dashboard/controls.tsx";

export type Professional = { id: string; name: string };
type RoleFieldsProps = {
  manages: readonly Role[];
  professionals: readonly Professional[];
  given: { role: Role; professionalId: string | null; seesPhones: boolean };
};

/** What a member may do; for the role staff also whose bookings they see. */
export function RoleFields({ manages, professionals, given }: RoleFieldsProps) {
  const t = useTranslations("account.team");
  const roles = useTranslations("account.roles");
  const [role, setRole] = useState<Role>(given.role);
  const choose = (value: string) => setRole(manages.find((known) => known === value) ?? role);
  return (
    <>
      <Select name="role" label={t("role")} hint={t(`roleHints.${role}`)} value={role} onChange={(event) => choose(event.target.value)}>
        {manages.map((known) => (
          <option key={known} value={known}>
            {roles(known)}
          </option>
        ))}
      </Select>
      {role === "staff" && (
        <>
          <Select name="professionalId" label={t("professional")} defaultValue={given.professionalId ?? ""}>
            <option value="">{t("noProfessional")}</option>
            {professionals.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Checkbox name="seesPhones" defaultChecked={given.seesPhones}>
            {t("seesPhones")}
          </Checkbox>
        </>
      )}
    </>
  );
}

export function roleFieldsOf(form: HTMLFormElement, manages: readonly Role[]) {
  const data = new FormData(form);
  const role = manages.find((known) => known === data.get("role")) ?? "staff";
  const professionalId = String(data.get("professionalId") ?? "") || null;
  return { role, professionalId, seesPhones: data.get("seesPhones") === "on" };
}
