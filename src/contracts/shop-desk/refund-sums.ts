/** Pages may not import `domain`, and ask here for the one rule of what a piece gives back. */
export { refundOfLine } from "#domain/shop/totals.ts";
