/** What may be sent. All of it becomes WebP, and the original is thrown away. */
export const imageTypes = ["image/png", "image/svg+xml", "image/webp", "image/jpeg"] as const;
export type ImageType = (typeof imageTypes)[number];
export const imageBytesMax = 2 * 1024 * 1024;

/** Other forms of a picture, for programs that show no WebP or need another shape. */
export const imageVariants = {
  /** In mails: Outlook shows no WebP. */
  mail: "-mail.png",
  /** Square, for browsers' tabs and home screens. */
  icon: "-icon.png",
  /** Wide, for previews in WhatsApp and mail. */
  share: "-share.jpg",
} as const;
export type ImageVariant = keyof typeof imageVariants;

export const imageNameShape = /^[0-9a-f]{64}(\.webp|-mail\.png|-icon\.png|-share\.jpg)$/;
const ownPicture = /^(\/api\/images\/[0-9a-f]{64})\.webp$/;

/** The variant of a picture that was uploaded here. Any other address stays as it is. */
export function imageVariant(address: string, variant: ImageVariant): string {
  return address.replace(ownPicture, `$1${imageVariants[variant]}`);
}
