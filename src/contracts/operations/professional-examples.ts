import type { NewOpeningException, OpeningExceptions } from "../openings.ts";
import type { CalendarInvitation, OwnDetails, Professional } from "../professionals.ts";

/** Dra. Laura Restrepo of the demo (db/demo.ts). */
const weekdays = [1, 2, 3, 4, 5] as const;
const hours = weekdays.flatMap((weekday) => [
  { weekday, startsAt: "08:00", endsAt: "12:00" },
  { weekday, startsAt: "14:00", endsAt: "18:00" },
]);

export const professionalExample: Professional = {
  id: "01900000-0000-7000-8000-000000000021",
  name: "Dra. Laura Restrepo",
  description: "Médica y psicóloga clínica. Atiende en español e inglés.",
  photoUrl: "/demo/professional-laura.svg",
  email: "laura.restrepo@clinica-aurora.example",
  timezone: null,
  calendarStatus: "pending",
  active: true,
  serviceIds: ["01900000-0000-7000-8000-000000000011", "01900000-0000-7000-8000-000000000013"],
  hours,
  version: 2,
  archivedAt: null,
  createdAt: "2026-11-20T15:00:00.000Z",
  updatedAt: "2026-11-20T15:00:00.000Z",
};
export const professionalsExample = { timezone: "America/Bogota", professionals: [professionalExample] };

export const newProfessionalExample = {
  name: "Dr. Tomás Rueda",
  email: "tomas.rueda@clinica-aurora.example",
  serviceIds: ["01900000-0000-7000-8000-000000000011"],
  hours: [{ weekday: 2, startsAt: "08:00", endsAt: "12:00" }],
};

export const dayOffExample: NewOpeningException = { kind: "closed", from: "2027-01-04", to: "2027-01-08", note: "Vacaciones" };
export const extraDayExample: NewOpeningException = {
  kind: "extra",
  from: "2027-01-16",
  to: "2027-01-16",
  startsAt: "09:00",
  endsAt: "13:00",
};

export const openingExceptionsExample: OpeningExceptions = {
  timezone: "America/Bogota",
  exceptions: [
    {
      id: "0199c0de-0000-7000-8000-000000000011",
      kind: "closed",
      from: "2027-01-04",
      to: "2027-01-08",
      startsAt: null,
      endsAt: null,
      note: "Vacaciones",
      isCovered: false,
      bookings: [],
      bookingsCount: 0,
      holdsCount: 0,
    },
  ],
};

export const calendarInvitationExample: CalendarInvitation = {
  id: "0199c0de-0000-7000-8000-000000000012",
  url: "https://konfirmado.example/connect-calendar/q7Wm0s3vYp1Zc5Xb8Nd2Lf",
  expiresAt: "2026-11-30T15:00:00.000Z",
  isExpired: false,
  mailedAt: null,
  mailedTo: null,
  confirmedAt: null,
};

export const ownDetailsExample: OwnDetails = {
  tenant: {
    name: "Clínica Aurora",
    logoUrl: "/demo/logo.svg",
    primaryColor: "#0F766E",
    secondaryColor: "#F59E0B",
    timezone: "America/Bogota",
    locale: "es",
    weekStart: 1,
  },
  name: professionalExample.name,
  photoUrl: professionalExample.photoUrl,
  timezone: null,
  hours,
  calendarStatus: "pending",
  version: 2,
  expiresAt: "2026-11-30T15:00:00.000Z",
  confirmedAt: null,
};
