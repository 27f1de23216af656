import encodeQR from "qr";
import sharp from "sharp";

/** Survives a sticker's scratch or a fold: 25 % of it may be unreadable. */
const look = { ecc: "quartile", border: 4 } as const;

/** White behind it, because a dark page would make it unreadable. */
export function qrSvg(address: string): string {
  return encodeQR(address, "svg", look).replace(/(<svg[^>]*>)/, '$1<rect width="100%" height="100%" fill="#ffffff"/>');
}

export async function qrPng(address: string, pixels: number): Promise<Uint8Array<ArrayBuffer>> {
  const { data } = await sharp(Buffer.from(qrSvg(address)), { density: densityFor(address, pixels) })
    .resize(pixels, pixels, { kernel: "nearest" })
    .png()
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}

/** Drawn at least as large as wanted: its edges stay sharp. SVG counts 72 dots an inch. */
function densityFor(address: string, pixels: number): number {
  const modules = encodeQR(address, "raw", look).length;
  return Math.ceil((72 * pixels) / modules);
}
