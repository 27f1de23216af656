/** Pages read these too, so this file needs no package. */
export { linePiecesMax } from "#domain/shop/limits.ts";
export const shopWordLengthMax = 63;
export const searchLengthMax = 100;
export const categoryLengthMax = 60;
export const productsPerPage = 24;
export const codeLengthMax = 64;
export const userIdLengthMax = 128;
export const noteLengthMax = 500;
export const addressLengths = { name: 100, address: 200, city: 100, region: 100, postalCode: 20 } as const;
/** Order sessions that one cart may begin within an hour. */
export const sessionsPerCartMax = 20;
