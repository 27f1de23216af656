import type { MailAnswer } from "#emails/mail-message.ts";

/** Typed by people who try everything. */
export const evil = '<img src=x onerror=alert(1)>"{name}\' & <a href="https://evil.example">';
export const tenant = { name: `Clínica ${evil}`, logoUrl: "https://cdn.example.com/logo.png", primaryColor: "#1155cc" };
export const booking = {
  reference: "KF-REF-1",
  serviceName: `Terapia ${evil}`,
  professionalName: "Dra. Ruiz",
  place: { where: "Sede Norte, Calle 1", directions: "Piso 2", mapUrl: "https://maps.example/1", contact: "+576012345678" },
  start: "2026-11-23T13:00:00.000Z",
  end: "2026-11-23T13:45:00.000Z",
};
export const customer = { name: `Ana ${evil}`, email: "ana@example.com", phone: "+573001234567" };
export const paid = { amountPaidMinor: 16_000_000, restDueMinor: 4_000_050, currency: "COP" };
export const refund = { reference: "KF-REF-1", number: "482-193-076", amountMinor: 16_000_000, currency: "COP", providerName: "Wompi" };
export const elsewhere = { bookingUrl: null, bookAgainUrl: "https://k.example/book/x" };
export const nextTimes = [{ start: "2026-11-24T13:00:00.000Z", url: "https://k.example/book/x/details?start=2026-11-24T13:00:00.000Z" }];
export const terms = [{ until: "2026-11-22T13:00:00.000Z", percentBack: 50, backMinor: 8_000_000 }];
export const answers: MailAnswer[] = [
  { question: `¿Primera vez? ${evil}`, kind: "yes_no", answer: "yes" },
  { question: "¿Qué te duele?", kind: "text", answer: `Nada ${evil}` },
];
export const dueAt = "2026-11-26T13:00:00.000Z";
