/** Makes a merchant's colours readable: WCAG 2 contrast of at least 4.5 : 1 for text. */

type Rgb = readonly [number, number, number];

const contrastMin = 4.5;
const fallback = { primary: "#0f766e", secondary: "#475569" };
const ink: Rgb = [17, 24, 39];
const white: Rgb = [255, 255, 255];
/** Black exceeds 4.5 : 1 wherever white falls short of it. */
const black: Rgb = [0, 0, 0];
/** `--color-paper`, and in the dark `--color-card` and `--color-paper`. */
const paper: Rgb = [247, 247, 245];
const darkCard: Rgb = [29, 32, 38];
const darkPaper: Rgb = [20, 22, 26];
/** For surfaces without text on them: WCAG 2.2, 1.4.11. */
const shapeContrastMin = 3;

export type Theme = {
  /** The merchant's colour as given, for surfaces. */
  brand: string;
  /** White where it is readable on `brand`, else black. */
  onBrand: string;
  /** The same hue, dark enough for text and links on white, paper and the soft tint. */
  brandInk: string;
  /** The background of what is chosen. */
  brandSoft: string;
  accent: string;
};
export type Themes = { light: Theme; dark: Theme };

export function themeOf(primary: string, secondary: string): Themes {
  const brand = parseHex(primary) ?? requireHex(fallback.primary);
  const accent = toHex(parseHex(secondary) ?? requireHex(fallback.secondary));
  return { light: { ...lightTheme(brand), accent }, dark: { ...darkTheme(brand), accent } };
}

function lightTheme(brand: Rgb): Omit<Theme, "accent"> {
  const soft = mix(brand, white, 0.92);
  const brandInk = mixUntil(brand, ink, (colour) => isReadable(colour, [white, paper, soft]));
  return { brand: toHex(brand), onBrand: toHex(textOn(brand)), brandInk: toHex(brandInk), brandSoft: toHex(soft) };
}

/** A brand that would vanish in the dark is made lighter. */
function darkTheme(given: Rgb): Omit<Theme, "accent"> {
  const brand = mixUntil(given, white, (colour) => contrast(colour, darkCard) >= shapeContrastMin);
  const soft = mix(brand, darkCard, 0.88);
  const brandInk = mixUntil(brand, white, (colour) => isReadable(colour, [darkCard, darkPaper, soft]));
  return { brand: toHex(brand), onBrand: toHex(textOn(brand)), brandInk: toHex(brandInk), brandSoft: toHex(soft) };
}

/** What a merchant should know of a colour: how well it reads, and which text goes on it. */
export type ColorAdvice = { advice: "good" | "darkened" | "hard"; text: "white" | "black" };

/** Returns null for anything but a colour. */
export function colorAdvice(color: string): ColorAdvice | null {
  const given = parseHex(color);
  if (!given) return null;
  const onWhite = contrast(given, white);
  const advice = onWhite >= contrastMin ? "good" : onWhite >= hardBelow ? "darkened" : "hard";
  return { advice, text: onWhite >= contrastMin ? "white" : "black" };
}
/** A yellow that is seen has 1.5; below it, a button is a guess. */
const hardBelow = 1.5;

const textOn = (surface: Rgb): Rgb => (contrast(surface, white) >= contrastMin ? white : black);
const isReadable = (text: Rgb, surfaces: Rgb[]): boolean => surfaces.every((surface) => contrast(text, surface) >= contrastMin);

/** Every value is one we wrote, so a stored colour cannot smuggle CSS in. */
export function themeCss({ light, dark }: Themes): string {
  const inTheDark = cssOf(dark);
  return `:root{${cssOf(light)}}@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${inTheDark}}}:root[data-theme=dark]{${inTheDark}}`;
}

const cssOf = (theme: Theme): string =>
  `--brand:${theme.brand};--on-brand:${theme.onBrand};--brand-ink:${theme.brandInk};--brand-soft:${theme.brandSoft};--accent:${theme.accent}`;

/** Goes from a colour to another until it fits. */
function mixUntil(colour: Rgb, towards: Rgb, fits: (colour: Rgb) => boolean): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = mix(colour, towards, share);
    if (fits(mixed)) return mixed;
  }
  return towards;
}

function contrast(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const channel = (a: number, b: number) => Math.round(a * (1 - share) + b * share);
  return [channel(from[0], to[0]), channel(from[1], to[1]), channel(from[2], to[2])];
}

function parseHex(colour: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour.trim());
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  const [, red, green, blue] = long ?? short?.map((digit, index) => (index === 0 ? digit : digit + digit)) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

function requireHex(colour: string): Rgb {
  const parsed = parseHex(colour);
  if (!parsed) throw new Error(`Not a #rrggbb colour: ${colour}`);
  return parsed;
}

function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
