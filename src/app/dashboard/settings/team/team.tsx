"use client";

import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ShownInvitation, ShownMember } from "#contracts/account.ts";
import type { Role } from "#contracts/caller.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { MoreMenu } from "#ui/dashboard/menu.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ChangeDialog } from "./change-dialog.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import type { Professional } from "./role-fields.tsx";

type TeamProps = {
  members: readonly ShownMember[];
  invitations: readonly (ShownInvitation & { until: string })[];
  professionals: readonly Professional[];
  /** The roles that whoever looks may give and take. */
  manages: readonly Role[];
};
type Open = { kind: "invite" } | { kind: "change" | "remove"; member: ShownMember } | null;

export function Team({ members, invitations, professionals, manages }: TeamProps) {
  const t = useTranslations("account.team");
  const roles = useTranslations("account.roles");
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const invite = manages.length > 0 && (
    <Button onClick={() => setOpen({ kind: "invite" })} data-testid="invite">
      {t("invite")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("title")} lead={t("lead")} actions={invite} />
      <Card className="divide-y divide-line py-2 sm:py-3">
        {members.map((member) => (
          <div key={member.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3" data-testid="member">
            <div className="min-w-0 grow basis-36">
              <p className="break-words font-medium">
                {member.name} {member.isYou && <span className="text-muted">({t("you")})</span>}
              </p>
              <p className="break-words text-muted text-sm">{member.email}</p>
            </div>
            <Badge>{roles(member.role)}</Badge>
            {manages.includes(member.role) && (
              <MoreMenu
                of={member.name}
                items={[
                  { label: t("change"), onSelect: () => setOpen({ kind: "change", member }) },
                  { label: t("remove"), onSelect: () => setOpen({ kind: "remove", member }), isHarsh: true },
                ]}
              />
            )}
          </div>
        ))}
      </Card>
      {invitations.length > 0 && <Invitations invitations={invitations} manages={manages} />}
      {members.length === 1 && invitations.length === 0 && (
        <div className="mt-6">
          <Empty icon={Users} title={t("alone.title")} text={t("alone.text")} />
        </div>
      )}
      {open?.kind === "invite" && <InviteDialog manages={manages} professionals={professionals} onClose={close} />}
      {open?.kind === "change" && <ChangeDialog member={open.member} manages={manages} professionals={professionals} onClose={close} />}
      {open?.kind === "remove" && <RemoveDialog member={open.member} onClose={close} />}
    </>
  );
}
