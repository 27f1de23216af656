import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache, Suspense } from "react";
import { canBeAsked } from "#commands/inquiries/ask-payment.ts";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Refusal } from "#contracts/problem.ts";
import { type BookingViewer, viewerOf } from "#queries/desk/booking-access.ts";
import { loadDeskBooking } from "#queries/desk/booking-page.ts";
import { loadTimeline } from "#queries/desk/booking-timeline.ts";
import { bookingOfPart, isOrder } from "#queries/desk/checkout-page.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ReversalQuestion } from "#ui/dashboard/reversal-question.tsx";
import { formatMoney, formatPeriod, regionalLocale, sentenceCase } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { requireMember } from "../../member.ts";
import { Actions } from "./actions.tsx";
import { Answers } from "./answers.tsx";
import { Appointment } from "./appointment.tsx";
import { Attendance } from "./attendance.tsx";
import { Customer } from "./customer.tsx";
import { Deliveries } from "./deliveries.tsx";
import { Money } from "./money.tsx";
import { Notes } from "./notes.tsx";
import { Panel } from "./panel.tsx";
import { PaymentLink } from "./payment-link.tsx";
import { Rest } from "./rest.tsx";
import { StatusBadges } from "./status-badges.tsx";
import { Timeline } from "./timeline.tsx";

type PageProps = { params: Promise<{ id: string }> };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Another merchant's booking, and another professional's for staff, is not found. */
const bookingOf = cache(async (id: string) => {
  const { member, permissions } = await requireMember("bookings.read");
  if (!uuid.test(id)) notFound();
  const viewer = viewerOf({ kind: "member", ...member, permissions });
  const booking = await loadDeskBooking({ viewer, bookingId: id }).catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
  if (booking) return { viewer, booking };
  // Lists of money name what was paid: the rest of a booking is shown with it.
  const whole = await bookingOfPart(member.tenantId, id);
  if (whole) redirect(`/dashboard/bookings/${whole}`);
  if (await isOrder(member.tenantId, id)) redirect(`/dashboard/orders/${id}`);
  notFound();
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { booking } = await bookingOf((await params).id);
  const t = await getTranslations("booking");
  return { title: t("title", { name: booking.customer.name }) };
}

export default async function BookingPage({ params }: PageProps) {
  const { viewer, booking } = await bookingOf((await params).id);
  const t = await getTranslations("booking");
  const locale = regionalLocale(await getLocale(), booking.country);
  const { start, end, timezone } = booking;
  const mayAsk = "permissions" in viewer && viewer.permissions.includes("payments.change");
  const askable = (mayAsk ? (booking.payments ?? []) : []).filter(({ provider }) => canBeAsked(provider)).map(({ id }) => id);
  return (
    <ClientWords namespaces={["booking", "byHand", "dashboard", "errors", "inquiries"]}>
      <PageHead
        title={<bdi>{booking.customer.name}</bdi>}
        lead={`${sentenceCase(formatPeriod({ start, end, locale, timezone }))} · ${booking.service.name}`}
        back={{ href: "/dashboard/bookings", label: t("back") }}
        actions={<StatusBadges booking={booking} />}
      />
      {booking.may.answerReversal && <ReversalQuestion of="booking" id={booking.id} outside={outsideOf(booking, locale)} />}
      <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
        <Attendance booking={booking} />
        <Actions booking={booking} locale={locale} />
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <div className="min-w-0 space-y-5">
          {booking.paymentLink && <PaymentLink booking={booking} link={booking.paymentLink} locale={locale} />}
          {booking.rest && <Rest booking={booking} rest={booking.rest} locale={locale} />}
          <Appointment booking={booking} locale={locale} />
          <Money booking={booking} askable={askable} locale={locale} />
        </div>
        <div className="min-w-0 space-y-5">
          <Customer booking={booking} locale={locale} />
          {booking.answers.length > 0 && <Answers booking={booking} />}
          <Notes booking={booking} locale={locale} />
        </div>
        <div className="min-w-0 space-y-5 lg:col-span-2">
          <Panel id="timeline" title={t("timeline.title")}>
            <Suspense fallback={<Loading text={t("timeline.loading")} />}>
              <Happened viewer={viewer} bookingId={booking.id} locale={locale} timezone={timezone} />
            </Suspense>
          </Panel>
          {booking.may.seeDeliveries && (
            <Deliveries of="bookings" id={booking.id} mayChange={booking.may.changeDeliveries} timezone={timezone} locale={locale} />
          )}
        </div>
      </div>
    </ClientWords>
  );
}

type HappenedProps = { viewer: BookingViewer; bookingId: string; locale: string; timezone: string };

async function Happened({ viewer, bookingId, locale, timezone }: HappenedProps) {
  const { events } = await loadTimeline({ viewer, bookingId });
  return <Timeline events={events} locale={locale} timezone={timezone} />;
}

/** What the question is about, where the provider tells each part. */
function outsideOf({ outsideRefunds, money }: DeskBooking, locale: string) {
  const sent = (outsideRefunds ?? []).filter(({ state }) => state !== "failed");
  if (sent.length === 0) return null;
  const amountMinor = sent.reduce((sum, part) => sum + part.amountMinor, 0);
  return { amount: formatMoney({ amountMinor, currency: money.currency, locale }), isPart: money.leftMinor > 0 };
}

function Loading({ text }: { text: string }) {
  return (
    <>
      <p className="sr-only">{text}</p>
      <Skeleton className="h-40" />
    </>
  );
}
