import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { type PageParams, queryOf, type SearchParams } from "#app/book/address.ts";
import { bookingOptionsOf, bookingStateOf } from "#app/booking-options.ts";
import { merchantMetadata } from "#app/merchant-metadata.ts";
import { offersUntil } from "#commands/payments/payment-offers.ts";
import type { BookingState } from "#contracts/checkout.ts";
import { timeNow } from "#queries/time-now.ts";
import { formatMoney, formatShort, regionalLocale } from "#ui/format.ts";
import { Frame, KonfirmadoBrand, TenantFrame } from "#ui/frame.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { CancellationTerms } from "#ui/wizard/cancellation-terms.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { Steps } from "#ui/wizard/steps.tsx";
import { Summary, type SummaryProps } from "#ui/wizard/summary.tsx";
import BookNotFound from "../not-found.tsx";
import { ConfirmFlow } from "./confirm-flow.tsx";
import { viewOf } from "./confirm-view.ts";
import { wordsFor } from "./confirm-words.ts";

export async function generateMetadata({ params, searchParams }: { params: PageParams; searchParams: SearchParams }): Promise<Metadata> {
  const robots = { index: false, follow: false };
  const { token } = await queryOf(searchParams, ["token"]);
  const state = token ? await bookingStateOf((await params).id, token) : null;
  if (!state) return { title: (await getTranslations("problems"))("bookingUnknown.title"), robots };
  const t = await getTranslations("confirm");
  const found = await bookingOptionsOf(state.link);
  const view = viewOf(state, { isLate: false, hasTimeLeft: Date.parse(state.expiresAt) > timeNow() });
  const words = t(`${wordsFor(view, state)}.title`, { name: state.customerName });
  return {
    ...(found.ok
      ? merchantMetadata({ tenant: found.options.tenant, page: found.page }, { title: words, text: t("pageTitle") })
      : { title: words }),
    robots,
  };
}

async function offersOf({ link, currency, amountMinor, expiresAt, rest }: BookingState) {
  const endsAt = new Date(expiresAt);
  const [due, ofRest] = await Promise.all([
    offersUntil({ link, money: { amountMinor, currency }, endsAt }),
    rest ? offersUntil({ link, money: { amountMinor: rest.amountMinor, currency }, endsAt: null }) : [],
  ]);
  return { due, rest: ofRest };
}

/** A customer who opens the mail's link much later wants to read the page, not to be sent on. */
const sentOnWithinMs = 60 * 60_000;

export default async function ConfirmPage({ params, searchParams }: { params: PageParams; searchParams: SearchParams }) {
  const { id } = await params;
  const { token, moved } = await queryOf(searchParams, ["token", "moved"]);
  const state = token ? await bookingStateOf(id, token) : null;
  if (!state || !token) return <BookNotFound />;

  // Without its link, the page still works, but has no merchant's colours and offers no other try.
  const found = await bookingOptionsOf(state.link);
  const tenant = found.ok ? found.options.tenant : null;
  const locale = regionalLocale(await getLocale(), tenant?.country ?? "");
  const now = timeNow();
  const { timezone, currency } = state;
  const isFree = state.amountMinor === 0;
  const summary = (money: SummaryProps["money"]) => (
    <div className="space-y-4">
      <Summary {...state} locale={locale} merchantLocale={state.service.nameLanguage} money={money} />
      {money !== "past" && (
        <CancellationTerms {...state} amountMinor={Math.min(state.amountMinor, state.priceMinor)} now={now} locale={locale} />
      )}
    </div>
  );
  const page = (
    <ClientWords namespaces={["confirm", "declinedBecause", "ownChanges", "providers", "offers", "countdown", "nextSlots", "errors"]}>
      <Steps current="payment" isFree={isFree} />
      <ConfirmFlow
        booking={{ id, token }}
        initial={state}
        tenantName={tenant?.name ?? null}
        offers={found.ok ? await offersOf(state) : { due: [], rest: [] }}
        canBookAgain={found.ok}
        locale={locale}
        when={formatShort({ instant: state.start, locale, timezone })}
        amount={formatMoney({ amountMinor: state.amountMinor, currency, locale })}
        renderedAt={now}
        wasMoved={moved !== undefined}
        isSentOn={moved === undefined && now < Date.parse(state.expiresAt) + sentOnWithinMs}
        summaries={{ due: summary("due"), paid: summary("paid"), past: summary("past") }}
      />
      {state.status === "pending" && !isFree && <NeedsScripts isBooked />}
    </ClientWords>
  );
  if (tenant) {
    return (
      <TenantFrame tenant={tenant} link={state.link}>
        {page}
      </TenantFrame>
    );
  }
  return <Frame brand={<KonfirmadoBrand />}>{page}</Frame>;
}
