import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { PageParams, SearchParams } from "#app/book/address.ts";
import { confirmAddress } from "#app/book/address.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import { loadOwnCancellationOf } from "#queries/desk/own-cancellation.ts";
import { timeNow } from "#queries/time-now.ts";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { CancellationTerms } from "#ui/wizard/cancellation-terms.tsx";
import { NeedsScripts } from "#ui/wizard/needs-scripts.tsx";
import { Summary } from "#ui/wizard/summary.tsx";
import BookNotFound from "../not-found.tsx";
import { isStillOpen, NoLongerHere, OwnPage, ownBooking, ownMetadata } from "../own-page.tsx";
import { CancelFlow } from "./cancel-flow.tsx";

type Props = { params: PageParams; searchParams: SearchParams };

export const generateMetadata = (given: Props): Promise<Metadata> => ownMetadata(given, "cancel");

export default async function CancelPage(given: Props) {
  const own = await ownBooking(given);
  if (!own) return <BookNotFound />;
  const { state } = own;
  if (state.status === "cancelled") redirect(confirmAddress(own));
  const t = await getTranslations("ownChanges");
  const found = await bookingOptionsOf(state.link);
  const locale = regionalLocale(await getLocale(), found.ok ? found.options.tenant.country : "");
  const isOpen = isStillOpen(state.ownChanges.cancelUntil);
  const sums = isOpen ? await loadOwnCancellationOf(own.id) : null;
  return (
    <OwnPage link={state.link}>
      <FocusHeading className="font-bold text-3xl">{t("cancel.title")}</FocusHeading>
      <div className="mt-6 grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-6">
          {sums ? (
            <ClientWords namespaces={["ownChanges", "errors"]}>
              <CancelFlow
                booking={{ id: own.id, token: own.token }}
                sums={{
                  paidMinor: sums.paidMinor,
                  beforeMinor: sums.beforeMinor,
                  backMinor: sums.bookingBackMinor + sums.restBackMinor,
                  currency: state.currency,
                }}
                locale={locale}
                canMove={isStillOpen(state.ownChanges.moveUntil)}
              />
              <NeedsScripts />
            </ClientWords>
          ) : (
            <NoLongerHere own={own} page="cancel" />
          )}
        </div>
        <div className="space-y-4">
          <Summary {...state} locale={locale} merchantLocale={state.service.nameLanguage} money="past" />
          <CancellationTerms {...state} amountMinor={Math.min(state.amountMinor, state.priceMinor)} now={timeNow()} locale={locale} />
        </div>
      </div>
    </OwnPage>
  );
}
