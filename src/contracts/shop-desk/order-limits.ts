/** Pages read these too, so this file needs no package. */
export const ordersPerPageMax = 100;
export const orderSearchLengthMax = 100;
export const orderLinesMax = 100;
export const carrierLengthMax = 100;
export const trackingLengthMax = 100;
export const trackingUrlLengthMax = 500;
/** An order with more parcels has become a route. */
export const shipmentsMax = 50;
/** A file is written from at most so many orders at once. */
export const ordersPerPiece = 500;

/** The tabs of the desk's list, in the order of the work. */
export const orderTabs = ["paid", "packed", "sent", "delivered", "cancelled"] as const;
