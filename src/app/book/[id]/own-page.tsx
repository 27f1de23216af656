import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { confirmAddress, queryOf, type SearchParams } from "#app/book/address.ts";
import { bookingOptionsOf, bookingStateOf } from "#app/booking-options.ts";
import type { BookingState } from "#contracts/checkout.ts";
import { timeNow } from "#queries/time-now.ts";
import { Alert } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Frame, KonfirmadoBrand, TenantFrame } from "#ui/frame.tsx";

type Given = { params: Promise<{ id: string }>; searchParams: SearchParams };
export type OwnBooking = { id: string; token: string; state: BookingState };

/** Of whoever has the token. Returns null for a wrong one as for an unknown booking. */
export async function ownBooking({ params, searchParams }: Given): Promise<OwnBooking | null> {
  const { id } = await params;
  const { token } = await queryOf(searchParams, ["token"]);
  const state = token ? await bookingStateOf(id, token) : null;
  return state && token ? { id, token, state } : null;
}

export async function ownMetadata(given: Given, page: "cancel" | "move"): Promise<Metadata> {
  const robots = { index: false, follow: false };
  const own = await ownBooking(given);
  if (!own) return { title: (await getTranslations("problems"))("bookingUnknown.title"), robots };
  return { title: (await getTranslations("ownChanges"))(`${page}.title`), robots };
}

export const isStillOpen = (until: string | null): boolean => until !== null && Date.parse(until) > timeNow();

/** In the merchant's colours, while the link by which it was booked still says them. */
export async function OwnPage({ link, children }: { link: string; children: ReactNode }) {
  const found = await bookingOptionsOf(link);
  if (!found.ok) return <Frame brand={<KonfirmadoBrand />}>{children}</Frame>;
  return (
    <TenantFrame tenant={found.options.tenant} link={link}>
      {children}
    </TenantFrame>
  );
}

/** Whom the customer asks when they cannot change it by themselves any more. */
export async function NoLongerHere({ own, page }: { own: OwnBooking; page: "cancel" | "move" }) {
  const t = await getTranslations("ownChanges");
  const { place } = own.state;
  const ways = [place?.phone?.replace(";ext=", " ext. "), place?.whatsapp && `WhatsApp ${place.whatsapp}`, place?.email].filter(Boolean);
  return (
    <Alert title={t(`${page}.closed`)} data-testid="own-closed">
      <p>{t("askMerchant")}</p>
      {ways.length > 0 && <p>{ways.join(" · ")}</p>}
      <a href={confirmAddress(own)} className={buttonStyles({ look: "outline" })}>
        {t("back")}
      </a>
    </Alert>
  );
}
