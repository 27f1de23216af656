import { calendar, calendarDaysMax, calendarQuery } from "#contracts/desk/calendar.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";

const laura = "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d11";
const day = "2026-11-23";

/** What a reception looks at all day. */
export const calendarOperations = [
  {
    ...merchantRead,
    permission: "bookings.read",
    id: "getCalendar",
    path: "/api/calendar",
    summary: "Bookings, holds, absences and opening hours of some days",
    query: described(calendarQuery, {
      from: "First date (YYYY-MM-DD) in the tenant's zone.",
      to: `Last date, inclusive; at most ${calendarDaysMax} days.`,
      professional: "One professional alone. Staff see their own in any case.",
    }),
    answer: json(
      200,
      calendar,
      "Professionals in their order and entries by time. An archived professional is there while they have bookings. Staff get what is theirs, with phone numbers only if they may see them.",
      {
        timezone: "America/Bogota",
        from: day,
        to: day,
        professionals: [
          {
            id: laura,
            name: "Laura Gómez",
            photoUrl: null,
            timezone: "America/Bogota",
            serviceIds: ["01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d20"],
            open: [{ start: `${day}T13:00:00.000Z`, end: `${day}T22:00:00.000Z` }],
            absences: [
              {
                exceptionId: "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d30",
                note: "Almuerzo",
                start: `${day}T17:00:00.000Z`,
                end: `${day}T18:00:00.000Z`,
              },
            ],
          },
        ],
        entries: [
          {
            bookingId: "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d10",
            id: "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d10",
            professionalId: laura,
            start: `${day}T13:00:00.000Z`,
            end: `${day}T13:45:00.000Z`,
            keptFrom: `${day}T13:00:00.000Z`,
            keptUntil: `${day}T13:55:00.000Z`,
            state: "confirmed",
            paymentStatus: "paid",
            open: { amountMinor: 0, currency: "COP" },
            price: { soldMinor: 12_000_000, todayMinor: 12_000_000, currency: "COP" },
            service: { id: "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d20", name: "Teleconsulta de psicología", online: true },
            customer: { name: "Ana María Pérez", phone: "+573001234567" },
          },
        ],
        isCut: false,
      },
    ),
    refusals: ["range_too_long"],
  },
] as const satisfies readonly Operation[];
