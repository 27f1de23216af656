import { demoId as id } from "./demo.ts";

/** What the demo's clinic sells. Fixed ids, as in `demo.ts`. */
const usual = { taxPercent: 19, taxIncluded: true };
const picture = (name: string) => [`/demo/shop/${name}.svg`];
/** `n` is the product's number, and its variants' numbers begin with it. */
const variantsOf = <const V extends readonly object[]>(n: number, variants: V) =>
  variants.map((variant, index) => ({ id: id(1000 + n * 10 + index), ...variant }));

const [rehabilitation, care, wellbeing] = ["Rehabilitación", "Cuidado en casa", "Bienestar"] as const;

const forRehabilitation = [
  {
    ...{ id: id(101), ...usual, title: "Banda elástica de resistencia", category: rehabilitation, imageUrls: picture("banda") },
    description: "Látex natural de 150 cm para los ejercicios de tu plan. Elige la fuerza que te indicó tu fisioterapeuta.",
    perOrderMax: 6,
    variants: variantsOf(1, [
      { title: "Suave", sku: "BAN-S", priceMinor: 3_200_000, weightGrams: 120, onHand: 24, lowStockAt: 5 },
      { title: "Media", sku: "BAN-M", priceMinor: 3_400_000, weightGrams: 140, onHand: 18, lowStockAt: 5 },
      { title: "Fuerte", sku: "BAN-F", priceMinor: 3_600_000, weightGrams: 160, onHand: 12, lowStockAt: 5 },
    ]),
    translations: {
      en: {
        title: "Resistance band",
        description: "Natural latex, 150 cm, for the exercises of your plan. Choose the strength that you were told.",
      },
      fr: { title: "Bande élastique", description: "Latex naturel de 150 cm pour les exercices de votre programme." },
    },
  },
  {
    ...{ id: id(102), ...usual, title: "Rodillera con varillas", category: rehabilitation, imageUrls: picture("rodillera") },
    description:
      "Neopreno con cuatro varillas flexibles y anillo de silicona en la rótula. Mide el contorno 10 cm por encima de la rodilla.",
    variants: variantsOf(2, [
      { title: "Talla S (36–41 cm)", sku: "ROD-S", priceMinor: 8_900_000, weightGrams: 280, onHand: 6, lowStockAt: 2 },
      { title: "Talla M (42–47 cm)", sku: "ROD-M", priceMinor: 8_900_000, weightGrams: 300, onHand: 9, lowStockAt: 2 },
      { title: "Talla L (48–53 cm)", sku: "ROD-L", priceMinor: 8_900_000, weightGrams: 320, onHand: 0, lowStockAt: 2 },
    ]),
    translations: {
      en: {
        title: "Knee brace with stays",
        description: "Neoprene with four flexible stays and a silicone ring. Measure 10 cm above the knee.",
      },
      fr: { title: "Genouillère à baleines", description: "Néoprène avec quatre baleines souples et un anneau de silicone." },
    },
  },
  {
    ...{ id: id(103), ...usual, title: "Pelota de ejercicio", category: rehabilitation, imageUrls: picture("pelota") },
    description: "Antiexplosión, con bomba de mano. Hasta 1,60 m de estatura la de 55 cm; hasta 1,75 m la de 65 cm.",
    variants: variantsOf(3, [
      { title: "55 cm", sku: "PEL-55", priceMinor: 6_900_000, weightGrams: 1100, onHand: 7, lowStockAt: 2 },
      { title: "65 cm", sku: "PEL-65", priceMinor: 7_500_000, weightGrams: 1300, onHand: 8, lowStockAt: 2 },
    ]),
    translations: {
      en: { title: "Exercise ball", description: "Burst-resistant, with a hand pump. 55 cm up to 1.60 m of height, 65 cm up to 1.75 m." },
      fr: { title: "Ballon d’exercice", description: "Anti-éclatement, avec pompe à main." },
    },
  },
  {
    ...{ id: id(104), ...usual, title: "Rodillo de espuma", category: rehabilitation, imageUrls: picture("rodillo") },
    description: "33 cm, de densidad media, para soltar la espalda y las piernas después del ejercicio.",
    variants: variantsOf(4, [
      { title: "Verde", sku: "ROL-V", priceMinor: 5_900_000, weightGrams: 650, onHand: 10, lowStockAt: 3 },
      { title: "Mostaza", sku: "ROL-M", priceMinor: 5_900_000, weightGrams: 650, onHand: 5, lowStockAt: 3 },
    ]),
    translations: {
      en: { title: "Foam roller", description: "33 cm, medium density, for back and legs after exercise." },
      fr: { title: "Rouleau de massage", description: "33 cm, densité moyenne, pour le dos et les jambes après l’effort." },
    },
  },
];

const forCare = [
  {
    ...{ id: id(105), ...usual, title: "Compresa fría y caliente", category: care, imageUrls: picture("compresa") },
    description: "De gel, reutilizable, con funda lavable. Dos horas en el congelador o 40 segundos en el microondas.",
    variants: variantsOf(5, [{ sku: "COM-1", priceMinor: 2_800_000, weightGrams: 420, onHand: 30, lowStockAt: 6 }]),
    translations: {
      en: {
        title: "Hot and cold pack",
        description: "Reusable gel with a washable cover. Two hours in the freezer or 40 seconds in the microwave.",
      },
      fr: { title: "Compresse chaud-froid", description: "Gel réutilisable, housse lavable." },
    },
  },
  {
    ...{ id: id(106), ...usual, title: "Crema de árnica", category: care, imageUrls: picture("crema") },
    description: "Para golpes y músculos cansados. Sin parabenos. No la uses sobre heridas abiertas.",
    variants: variantsOf(6, [
      { title: "50 g", sku: "ARN-50", priceMinor: 1_900_000, weightGrams: 80, onHand: 40, lowStockAt: 8 },
      { title: "100 g", sku: "ARN-100", priceMinor: 3_100_000, weightGrams: 140, onHand: 22, lowStockAt: 8 },
    ]),
    translations: {
      en: { title: "Arnica cream", description: "For bruises and tired muscles. No parabens. Not on open wounds." },
      fr: { title: "Crème à l’arnica", description: "Pour les coups et les muscles fatigués. Sans parabènes." },
    },
  },
  {
    ...{ id: id(107), ...usual, title: "Almohada cervical", category: care, imageUrls: picture("almohada") },
    description: "De espuma con memoria y dos alturas. La funda se quita y se lava a máquina.",
    variants: variantsOf(7, [{ sku: "ALM-1", priceMinor: 14_900_000, weightGrams: 1200, onHand: 0, lowStockAt: 2 }]),
    translations: {
      en: { title: "Cervical pillow", description: "Memory foam in two heights. The cover comes off and is machine-washable." },
      fr: { title: "Oreiller cervical", description: "Mousse à mémoire de forme, deux hauteurs. Housse lavable en machine." },
    },
  },
  {
    ...{ id: id(108), ...usual, title: "Tensiómetro de brazo", category: care, imageUrls: picture("tensiometro") },
    description: "Automático, con memoria para dos personas y aviso de arritmia. Brazalete de 22 a 42 cm. Registro INVIMA.",
    perOrderMax: 2,
    variants: variantsOf(8, [{ sku: "TEN-1", priceMinor: 18_900_000, weightGrams: 540, onHand: 2, lowStockAt: 3 }]),
    translations: {
      en: {
        title: "Upper-arm blood pressure monitor",
        description: "Automatic, memory for two people, warns of arrhythmia. Cuff 22 to 42 cm.",
      },
      fr: { title: "Tensiomètre de bras", description: "Automatique, mémoire pour deux personnes. Brassard de 22 à 42 cm." },
    },
  },
];

const forWellbeing = [
  {
    ...{ id: id(109), ...usual, title: "Cuaderno «Respira»", category: wellbeing, imageUrls: picture("cuaderno") },
    description: "Doce semanas para escribir cómo te sientes, con una pausa guiada cada día. De nuestras psicólogas.",
    variants: variantsOf(9, [{ sku: "CUA-1", priceMinor: 4_500_000, weightGrams: 310, onHand: 16, lowStockAt: 4 }]),
    translations: {
      en: {
        title: "“Breathe” journal",
        description: "Twelve weeks to write how you feel, with a guided pause every day. By our psychologists.",
      },
      fr: {
        title: "Carnet « Respire »",
        description: "Douze semaines pour écrire ce que vous ressentez, avec une pause guidée chaque jour.",
      },
    },
  },
  {
    ...{ id: id(110), ...usual, title: "Guía de ejercicios en casa (PDF)", category: wellbeing, imageUrls: picture("guia") },
    description: "Cuarenta ejercicios ilustrados para espalda, rodilla y hombro. Te llega por correo cuando se confirma el pago.",
    isDigital: true,
    perOrderMax: 1,
    variants: variantsOf(10, [{ sku: "GUIA-PDF", priceMinor: 2_500_000 }]),
    translations: {
      en: { title: "Exercises at home (PDF)", description: "Forty illustrated exercises for back, knee and shoulder. In Spanish." },
      fr: {
        title: "Exercices à la maison (PDF)",
        description: "Quarante exercices illustrés pour le dos, le genou et l’épaule. En espagnol.",
      },
    },
  },
];

export const demoShop = {
  settings: {
    isOpen: true,
    sellerName: "Clínica Aurora S.A.S.",
    sellerTaxId: "NIT 900.123.456-7",
    sellerAddress: "Calle 63 # 9-42, piso 2, Bogotá",
    returnsText:
      "Tienes cinco días hábiles desde que recibes tu pedido para retractarte: escríbenos y te devolvemos todo lo que pagaste, también el envío.\nLo que devuelvas debe estar sin usar y en su empaque. Por higiene no recibimos cremas abiertas, y los archivos digitales no se devuelven una vez descargados.\nSi algo llega dañado o no es lo que pediste, lo cambiamos sin costo.",
  },
  products: [...forRehabilitation, ...forCare, ...forWellbeing],
  discounts: [
    { id: id(121), code: "BIENVENIDA10", percent: 10, usesPerCustomerMax: 1 },
    { id: id(122), code: "REGALO15", amountMinor: 1_500_000, minimumMinor: 6_000_000, usesMax: 100 },
  ],
  shippingOptions: [
    {
      ...{ id: id(131), kind: "flat", name: "Domicilio en Bogotá", priceMinor: 900_000, freeFromMinor: 15_000_000, daysMin: 1, daysMax: 2 },
      translations: { en: { name: "Delivery in Bogotá" }, fr: { name: "Livraison à Bogotá" }, pt: { name: "Entrega em Bogotá" } },
    },
    {
      ...{ id: id(132), kind: "by_weight", name: "Envío nacional", daysMin: 2, daysMax: 5 },
      weightSteps: [
        { upToGrams: 1000, priceMinor: 1_400_000 },
        { upToGrams: 3000, priceMinor: 1_900_000 },
        { upToGrams: 10_000, priceMinor: 3_200_000 },
      ],
      translations: { en: { name: "Delivery in Colombia" }, fr: { name: "Livraison en Colombie" }, pt: { name: "Entrega na Colômbia" } },
    },
    {
      ...{ id: id(133), kind: "pickup", name: "Recoger en la clínica", locationId: id(31), daysMin: 0, daysMax: 1 },
      translations: { en: { name: "Pick up at the clinic" }, fr: { name: "Retrait à la clinique" }, pt: { name: "Retirar na clínica" } },
    },
  ],
};
