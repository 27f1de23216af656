"use client";

import { CircleUserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import { tellTabs } from "./same-merchant.tsx";
import { chosenTheme, setTheme, type ThemeChoice, themeChoices } from "./theme.ts";

type Merchant = { id: string; name: string };
type AccountMenuProps = { person: { name: string; email: string }; tenantId: string; merchants: readonly Merchant[] };

const row =
  "flex min-h-11 cursor-pointer items-center rounded-lg px-3 outline-none data-[highlighted]:bg-brand-soft data-[highlighted]:text-brand-ink";
const heading = "px-3 pt-2 pb-1 text-muted text-sm";

export function AccountMenu({ person, tenantId, merchants }: AccountMenuProps) {
  const t = useTranslations("dashboard");
  const router = useRouter();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="inline-flex size-11 items-center justify-center rounded-xl hover:bg-paper"
        data-testid="account-menu"
      >
        <CircleUserRound aria-hidden className="size-6" />
        <span className="sr-only">{t("account")}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-50 w-72 rounded-xl border border-line bg-card p-1.5 text-ink shadow-lg"
        >
          <DropdownMenu.Label className="px-3 py-2">
            <span className="block truncate font-semibold">{person.name}</span>
            <span className="block truncate text-muted text-sm">{person.email}</span>
          </DropdownMenu.Label>
          {merchants.length > 1 && (
            <DropdownMenu.RadioGroup value={tenantId} onValueChange={(id) => void switchTo(id)}>
              <DropdownMenu.Label className={heading}>{t("switchMerchant")}</DropdownMenu.Label>
              {merchants.map(({ id, name }) => (
                <DropdownMenu.RadioItem key={id} value={id} className={row}>
                  <Mark />
                  <span className="truncate">{name}</span>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          )}
          <Themes />
          <DropdownMenu.Separator className="my-1.5 border-line border-t" />
          <DropdownMenu.Item className={row} onSelect={() => router.push("/dashboard/settings/security")}>
            {t("nav.security")}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={row} onSelect={() => router.push("/dashboard/settings/notices")}>
            {t("nav.notices")}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={row} onSelect={() => void signOut()} data-testid="sign-out">
            {t("signOut")}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Mounted when the menu opens, so it knows what the page wears. */
function Themes() {
  const t = useTranslations("dashboard.theme");
  return (
    <DropdownMenu.RadioGroup value={chosenTheme()} onValueChange={(choice) => setTheme(choice as ThemeChoice)}>
      <DropdownMenu.Label className={heading}>{t("label")}</DropdownMenu.Label>
      {themeChoices.map((choice) => (
        <DropdownMenu.RadioItem key={choice} value={choice} className={row} data-testid={`theme-${choice}`}>
          <Mark />
          {t(choice)}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function Mark() {
  return (
    <span aria-hidden className="w-6">
      <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
    </span>
  );
}

/** A full page load: every cached page belongs to the other merchant. */
async function switchTo(tenantId: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/api/account/tenant", { method: "POST", headers, body: JSON.stringify({ tenantId }) });
  if (!answer.ok) return;
  tellTabs(tenantId);
  window.location.assign("/dashboard");
}

async function signOut(): Promise<void> {
  await fetch("/api/auth/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }).catch(() => null);
  window.location.assign("/login");
}
