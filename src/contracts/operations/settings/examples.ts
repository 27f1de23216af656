import type { Place } from "#contracts/checkout.ts";
import type { Location, TenantSettings } from "#contracts/settings/tenant.ts";

/** True of the demo (db/demo.ts) before anybody changes it. */
export const tenantSettingsExample: TenantSettings = {
  id: "01900000-0000-7000-8000-000000000001",
  version: 1,
  name: "Clínica Aurora",
  country: "CO",
  timezone: "America/Bogota",
  currency: "COP",
  locale: "es",
  tone: "usual",
  logoUrl: "/demo/logo.svg",
  primaryColor: "#0F766E",
  secondaryColor: "#F59E0B",
  subdomain: "aurora",
  callbackUrl: "https://clinica-aurora.example/konfirmado",
  returnUrl: "https://clinica-aurora.example/gracias",
  returnSeconds: 3,
  notifyEmail: "recepcion@clinica-aurora.example",
  onDecline: "retry",
  holdMinutes: 10,
  answerWaitMinutes: 30,
  latestApprovalMinutes: 0,
  customerCancelHours: 24,
  customerMoveHours: 24,
  firstReminderHours: 24,
  secondReminderHours: null,
  taxPercent: null,
  termsText: null,
  controllerName: "Clínica Aurora S.A.S.",
  isListed: false,
  shareTitle: null,
  shareText: "Medicina general, fisioterapia y psicología en Bogotá. Elige tu hora y paga en línea.",
  shareImageUrl: null,
};

export const locationIdExample = "01900000-0000-7000-8000-000000000031";
export const placeExample: Place = {
  name: "Sede Chapinero",
  address: "Calle 63 # 9-42, Bogotá",
  directions: "Segundo piso, timbre 201. Hay parqueadero al frente.",
  mapUrl: "https://www.openstreetmap.org/?mlat=4.6486&mlon=-74.0628#map=18/4.6486/-74.0628",
  phone: "+576012345678",
  whatsapp: "+573001234567",
  email: "recepcion@clinica-aurora.example",
};
export const locationExample: Location = { ...placeExample, id: locationIdExample, version: 1, isDefault: true, serviceIds: [] };
