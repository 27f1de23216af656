import { z } from "zod";
import { type Offer, offer } from "./offer.ts";

/**
 * Every expected "no" with its HTTP status. Codes are stable: programs may rely on them. Titles are
 * for programmers; people read `messages/*.json`, errors.<code>.
 */
export const refusals = {
  invalid_request: { status: 422, title: "The request is not valid" },
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  body_incomplete: { status: 400, title: "The body did not arrive whole" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be application/json" },
  cross_site: { status: 403, title: "Requests from other sites are refused" },
  https_required: { status: 403, title: "Changes are accepted over https only" },
  unauthorized: { status: 401, title: "Credentials are missing or wrong" },
  forbidden: { status: 403, title: "This role or key may not do that" },
  tenant_missing: { status: 409, title: "This person belongs to no merchant" },
  changed_meanwhile: { status: 409, title: "Somebody else has changed this meanwhile" },
  sign_in_failed: { status: 401, title: "The e-mail address or the password is wrong" },
  email_unverified: { status: 403, title: "The e-mail address is not confirmed yet" },
  second_factor_failed: { status: 401, title: "The code is wrong, was used before, or came too late" },
  second_factor_state: { status: 409, title: "The second factor is not in the state that this needs" },
  passkey_failed: { status: 401, title: "The passkey was not accepted" },
  password_wrong: { status: 422, title: "The password is wrong" },
  proof_spent: { status: 410, title: "This link was used before, or is too old" },
  email_taken: { status: 409, title: "This e-mail address belongs to another account" },
  member_unknown: { status: 404, title: "No member with this id" },
  member_already: { status: 409, title: "This person is a member already" },
  last_owner: { status: 409, title: "A merchant needs at least one owner" },
  invitation_unknown: { status: 404, title: "There is no such invitation" },
  invitation_for_other: { status: 403, title: "The invitation is for another e-mail address" },
  not_found: { status: 404, title: "There is nothing here" },
  method_not_allowed: { status: 405, title: "This address does not accept that method" },
  link_unknown: { status: 404, title: "This booking link does not exist" },
  link_inactive: { status: 410, title: "This booking link is not active" },
  link_expired: { status: 410, title: "This booking link has expired" },
  link_taken: { status: 409, title: "Another booking link has this public id" },
  slug_taken: { status: 409, title: "Another merchant has this slug" },
  subdomain_taken: { status: 409, title: "Another merchant has this subdomain" },
  subdomain_reserved: { status: 422, title: "This subdomain is reserved" },
  location_unknown: { status: 404, title: "No location with this id" },
  location_is_default: { status: 409, title: "The default location is not archived while there are others" },
  too_many_locations: { status: 409, title: "At most 100 locations" },
  image_type: { status: 415, title: "A picture must be PNG, SVG, WebP or JPEG, and be what its content type says" },
  image_unreadable: { status: 422, title: "This picture cannot be read, or has too many pixels" },
  files_unavailable: { status: 503, title: "Pictures cannot be stored or read at the moment" },
  too_many_images: { status: 409, title: "At most 1000 pictures" },
  id_taken: { status: 409, title: "Something with this id exists already" },
  tenant_unknown: { status: 404, title: "No merchant with this id" },
  service_unknown: { status: 404, title: "No service with this id" },
  exception_unknown: { status: 404, title: "No day off and no extra day with this id" },
  calendar_invitation_unknown: { status: 404, title: "This invitation link does not exist" },
  calendar_invitation_over: { status: 410, title: "This invitation has expired or was replaced" },
  email_missing: { status: 409, title: "There is no e-mail address to write to" },
  limit_reached: { status: 409, title: "There are as many of these as there may be" },
  professional_unknown: { status: 404, title: "No professional with this id" },
  connection_unknown: { status: 404, title: "No connection with this id" },
  connection_has_payments: { status: 409, title: "Payments were made with this account: another account is a new connection" },
  credentials_invalid: { status: 422, title: "The provider cannot work with these credentials" },
  api_key_unknown: { status: 404, title: "No living API key with this id" },
  too_many_api_keys: { status: 409, title: "There are as many living API keys as one merchant may have" },
  checkout_unknown: { status: 404, title: "No booking with this id and token" },
  already_cancelled: { status: 409, title: "This booking is cancelled already" },
  booking_attended: { status: 409, title: "Somebody has said whether the customer came: take that back first" },
  booking_not_standing: { status: 409, title: "This booking is not paid, or is cancelled" },
  attendance_too_early: { status: 409, title: "The day of the appointment has not come yet" },
  attendance_settled: { status: 409, title: "Whether the customer came can be changed only on the day when it was said" },
  terms_missing: { status: 409, title: "No cancellation terms were shown with this booking" },
  too_many_mails: { status: 429, title: "This mail was sent often enough within the hour" },
  customer_unknown: { status: 404, title: "No customer with this id" },
  customer_exists: { status: 409, title: "This e-mail address or phone number belongs to another customer" },
  customer_merged: { status: 409, title: "One of the two is merged already, or both are the same" },
  customer_not_merged: { status: 409, title: "This double is not merged into this customer" },
  merge_settled: { status: 409, title: "A merge can be undone only on the day on which it was made" },
  customer_name_differs: { status: 422, title: "The name is not the customer's" },
  customer_has_bookings: { status: 409, title: "There is a paid booking that is not over yet" },
  customer_has_refunds: { status: 409, title: "Money is still on its way back to this customer" },
  customer_is_paying: { status: 409, title: "A payment of this customer may still arrive" },
  customer_blocked: { status: 403, title: "This business takes no online bookings from this customer" },
  full_payment_only: { status: 409, title: "This customer is offered no deposit: begin again to see the full price" },
  unsubscribe_unknown: { status: 404, title: "This link is none of ours, or its member has left" },
  follow_up_unknown: { status: 404, title: "This booking has no such follow-up" },
  follow_up_over: { status: 409, title: "It runs already, or needs no second run" },
  room_unavailable: { status: 503, title: "The video service does not answer" },
  cookies_refused: { status: 409, title: "This browser keeps no cookies: a hold would be nobody's" },
  hold_unknown: { status: 404, title: "No hold with this id in this session" },
  hold_paying: { status: 409, title: "A payment page is open for this hold" },
  hold_expired: { status: 409, title: "The hold has ended" },
  slot_taken: { status: 409, title: "Somebody else has this slot" },
  price_changed: { status: 409, title: "The price, the length or the terms are not the ones that were shown" },
  slot_not_offered: { status: 422, title: "This slot is not offered" },
  too_many_holds: { status: 429, title: "Too many live holds from this address" },
  too_many_payments: { status: 429, title: "Too many payment pages were opened for this" },
  rate_limited: { status: 429, title: "Too many requests" },
  range_too_long: { status: 422, title: "At most 62 days at a time" },
  email_unsendable: { status: 422, title: "Mail servers do not carry letters beyond ASCII before the @" },
  phone_invalid: { status: 422, title: "The phone number does not fit the country" },
  provider_not_offered: { status: 422, title: "The merchant does not take this payment provider" },
  provider_unavailable: { status: 503, title: "The payment provider does not answer" },
  document_required: { status: 422, title: "The provider asks for the customer's document" },
  amount_not_payable: { status: 422, title: "The provider does not take this amount or currency" },
  test_payments_off: { status: 409, title: "Payments are not simulated here, or this merchant takes real ones" },
  refund_case_unknown: { status: 404, title: "No refund case with this id" },
  refund_case_not_manual: { status: 409, title: "This refund case does not wait for a person" },
  proof_type: { status: 415, title: "A proof must be JPEG, PNG or PDF, and be what its content type says" },
  proof_unknown: { status: 404, title: "This refund case has no such file" },
  nothing_to_refund: { status: 409, title: "This amount cannot be refunded" },
  callback_address_missing: { status: 409, title: "There is no callback address to test" },
  callback_secret_missing: { status: 409, title: "There is no callback secret to sign with" },
  already_paid: { status: 409, title: "This booking is already paid" },
  checkout_closed: { status: 409, title: "This booking can no longer be paid" },
  no_rest: { status: 409, title: "Nothing is left to pay of this booking" },
  link_end_unfit: { status: 422, title: "A payment link ends in 5 minutes to 7 days, and before money no longer counts" },
  terms_not_accepted: { status: 422, title: "The customer has not accepted the terms yet" },
  booking_not_paid: { status: 409, title: "Only a paid booking that was not cancelled can be moved" },
  appointment_over: { status: 409, title: "The appointment is over" },
  time_past: { status: 422, title: "This time is past" },
  service_not_given: { status: 422, title: "This professional does not give this service" },
  outside_hours: { status: 422, title: "The professional does not work at this time" },
  professional_away: { status: 422, title: "The professional is away at this time" },
  idempotency_key_reused: { status: 422, title: "This Idempotency-Key was used with another request" },
  idempotency_in_progress: { status: 409, title: "The first request with this Idempotency-Key is still running" },
  database_unavailable: { status: 503, title: "Temporarily unavailable" },
  internal: { status: 500, title: "Something broke on our side" },
} as const satisfies Record<string, { status: number; title: string }>;

export type RefusalCode = keyof typeof refusals;

/** `application/problem+json`, RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Of `price_changed`: what holds now. */
  offer: offer.optional(),
});
export type Problem = z.infer<typeof problem>;

/** An expected "no", translated once for HTTP and once for people. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly errors: Problem["errors"];
  readonly offer: Offer | undefined;
  constructor(code: RefusalCode, detail?: string, errors?: Problem["errors"], offer?: Offer) {
    super(detail ?? refusals[code].title);
    this.name = "Refusal";
    this.code = code;
    this.errors = errors;
    this.offer = offer;
  }
}
