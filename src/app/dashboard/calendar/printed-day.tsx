import { useTranslations } from "next-intl";
import type { Calendar } from "#contracts/desk/calendar.ts";
import { formatDay, formatMoney, formatTime, sentenceCase } from "#ui/format.ts";
import { entriesOn } from "./grid.ts";

/** On paper alone: everybody's bookings of the shown dates, one after the other. */
export function PrintedDay({ calendar, dates, locale }: { calendar: Calendar; dates: readonly string[]; locale: string }) {
  const t = useTranslations("calendar");
  const { timezone, professionals } = calendar;
  const time = (instant: string) => formatTime({ instant, locale, timezone });
  return (
    <div className="hidden print:block" data-testid="printed">
      {dates.flatMap((date) =>
        professionals.map((professional) => (
          <section key={`${date}-${professional.id}`} className="mb-6 break-inside-avoid">
            <h2 className="font-semibold">
              {professional.name} · {sentenceCase(formatDay({ instant: `${date}T12:00:00Z`, locale, timezone: "UTC" }))}
            </h2>
            <table className="w-full text-left text-sm">
              <tbody>
                {entriesOn({ key: date, date, professionals: [professional] }, calendar)
                  .filter(({ item }) => item.state === "paid" || item.state === "confirmed")
                  .map(({ item }) => (
                    <tr key={item.id} className="border-line border-b">
                      <td className="whitespace-nowrap py-1 pr-4">
                        {time(item.start)} – {time(item.end)}
                      </td>
                      <td className="pr-4">{item.customer?.name}</td>
                      <td className="pr-4">{item.customer?.phone}</td>
                      <td className="pr-4">{item.service.name}</td>
                      <td>
                        {t(`entry.${item.state}`)}
                        {item.open &&
                          item.open.amountMinor > 0 &&
                          ` · ${t("entry.open", { amount: formatMoney({ ...item.open, locale }) })}`}
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </section>
        )),
      )}
    </div>
  );
}
