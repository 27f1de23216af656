/** The demo tenant, a clinic in Bogotá. Fixed ids keep the links of documents and tests working. */
const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`;

export const demo = {
  tenantId: id(1),
  tenant: {
    slug: "aurora",
    name: "Clínica Aurora",
    logoUrl: "/demo/logo.svg",
    primaryColor: "#0F766E",
    secondaryColor: "#F59E0B",
    timezone: "America/Bogota",
    locale: "es",
    country: "CO",
    notifyEmail: "recepcion@clinica-aurora.example",
  },
  settings: {
    subdomain: "aurora",
    controllerName: "Clínica Aurora S.A.S.",
    shareText: "Medicina general, fisioterapia y psicología en Bogotá. Elige tu hora y paga en línea.",
  },
  location: {
    id: id(31),
    name: "Sede Chapinero",
    address: "Calle 63 # 9-42, Bogotá",
    directions: "Segundo piso, timbre 201. Hay parqueadero al frente.",
    mapUrl: "https://www.openstreetmap.org/?mlat=4.6486&mlon=-74.0628#map=18/4.6486/-74.0628",
    phone: "+57 601 234 5678",
    whatsapp: "+57 300 123 4567",
    email: "recepcion@clinica-aurora.example",
  },
  link: { id: id(2), publicId: "demo", name: "Enlace de la página web" },
  /** The first one is kept as it is: documents and tests lead there. */
  moreLinks: [
    { id: id(31), publicId: "demo-instagram", name: "Instagram", serviceId: id(13) },
    { id: id(32), publicId: "demo-recepcion", name: "Código QR de la recepción" },
    { id: id(33), publicId: "demo-laura", name: "Firma de correo de la Dra. Restrepo", serviceId: id(13), professionalId: id(21) },
    { id: id(34), publicId: "demo-jornada", name: "Jornada de salud (terminó)", expiresAt: "2026-06-30T23:59:59-05:00" },
    { id: id(35), publicId: "demo-farmacia", name: "Farmacia del barrio", isActive: false },
  ],
  owner: { name: "Mariana Ospina", email: "mariana@clinica-aurora.example" },
  wompi: {
    id: id(3),
    credentials: {
      publicKey: "pub_test_demo",
      privateKey: "prv_test_demo",
      eventsSecret: "test_events_demo",
      integritySecret: "test_integrity_demo",
    },
  },
  mercadopago: {
    id: id(6),
    credentials: {
      accessToken: "APP_USR-1000000000000001-112700-0123456789abcdef0123456789abcdef-100000001",
      webhookSecret: "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
    },
  },
  bold: { id: id(7), credentials: { identityKey: "bold-identity-demo", secretKey: "bold-secret-demo" } },
  stripe: { id: id(8), credentials: { accountId: "acct_1demo", secretKey: "sk_test_demo", webhookSecret: "whsec_demo" } },
  daily: { id: id(4), credentials: { apiKey: "daily_demo_key" } },
  callback: {
    id: id(5),
    credentials: { hmacSecret: "demo_callback_secret", webhookSecrets: ["whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="] },
  },
  services: [
    {
      id: id(11),
      name: "Consulta de medicina general",
      description: "Valoración completa con un médico general: motivo de consulta, examen físico y plan de manejo por escrito.",
      imageUrl: "/demo/service-consulta.svg",
      durationMinutes: 30,
      bufferAfterMinutes: 0,
      priceMinor: 12_000_000,
      chargeType: "total",
      online: false,
      cancellation: { steps: [{ hoursBefore: 24, percentBack: 100 }], feeMinor: 0 },
      questions: [
        { id: id(41), kind: "text", label: "¿Cuál es el motivo de la consulta?", isPersonal: true },
        { id: id(42), kind: "yes_no", label: "¿Es tu primera vez con nosotros?" },
      ],
      translations: {
        en: {
          name: "General practitioner appointment",
          description: "A full check with a general practitioner: why you come, a physical examination and a written plan.",
        },
        fr: {
          name: "Consultation de médecine générale",
          description: "Un bilan complet avec un médecin généraliste : motif, examen clinique et plan de soins par écrit.",
        },
      },
      professionals: [21, 22],
    },
    {
      id: id(12),
      name: "Tratamiento de fisioterapia",
      description: "Sesión de rehabilitación de una hora con plan de ejercicios para la casa. Reservas con un anticipo del 25 %.",
      imageUrl: "/demo/service-tratamiento.svg",
      durationMinutes: 60,
      bufferAfterMinutes: 15,
      priceMinor: 18_000_000,
      chargeType: "partial",
      online: false,
      cancellation: {
        steps: [
          { hoursBefore: 48, percentBack: 100 },
          { hoursBefore: 24, percentBack: 50 },
        ],
        feeMinor: 0,
      },
      professionals: [22, 23],
    },
    {
      id: id(13),
      name: "Teleconsulta de psicología",
      description: "Cita por videollamada de 45 minutos. Recibes el enlace de la sala por correo cuando se confirma el pago.",
      imageUrl: "/demo/service-teleconsulta.svg",
      durationMinutes: 45,
      bufferAfterMinutes: 0,
      priceMinor: 9_500_000,
      chargeType: "total",
      online: true,
      professionals: [21, 23],
    },
    {
      id: id(14),
      name: "Llamada de orientación gratuita",
      description: "Quince minutos por teléfono para saber qué servicio te conviene. No tiene costo.",
      imageUrl: "/demo/service-orientacion.svg",
      durationMinutes: 15,
      bufferAfterMinutes: 0,
      priceMinor: 0,
      chargeType: "total",
      online: false,
      professionals: [22],
    },
  ],
  professionals: [
    {
      id: id(21),
      name: "Dra. Laura Restrepo",
      description: "Médica y psicóloga clínica. Atiende en español e inglés.",
      photoUrl: "/demo/professional-laura.svg",
      email: "laura.restrepo@clinica-aurora.example",
      week: {
        days: [1, 2, 3, 4, 5],
        hours: [
          ["08:00", "12:00"],
          ["14:00", "18:00"],
        ],
      },
    },
    {
      id: id(22),
      name: "Dr. Andrés Gómez",
      description: "Medicina general y del deporte. Quince años de consulta en Bogotá.",
      photoUrl: "/demo/professional-andres.svg",
      email: "andres.gomez@clinica-aurora.example",
      week: { days: [1, 2, 3, 4, 5, 6], hours: [["07:00", "13:00"]] },
    },
    {
      id: id(23),
      name: "Camila Torres",
      description: "Fisioterapeuta y psicoterapeuta. Trabaja con deportistas y personas mayores.",
      photoUrl: "/demo/professional-camila.svg",
      email: "camila.torres@clinica-aurora.example",
      week: {
        days: [1, 2, 3, 4, 5, 6],
        hours: [
          ["09:00", "13:00"],
          ["15:00", "19:00"],
        ],
      },
    },
  ],
} as const;

/** Of Dr. Andrés Gómez, four weeks after the demo was made. */
export const demoAbsence = { id: id(31), professionalId: id(22), startsInDays: 28, days: 5, note: "Congreso de medicina del deporte" };

export const demoId = id;
