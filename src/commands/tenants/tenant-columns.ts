import type { TenantChanges } from "#contracts/catalog.ts";

/** Undefined fields stay as they are. */
export function tenantColumns(given: TenantChanges) {
  return {
    slug: given.slug,
    name: given.name,
    subdomain: given.subdomain,
    logo_url: given.logoUrl,
    primary_color: given.primaryColor,
    secondary_color: given.secondaryColor,
    timezone: given.timezone,
    locale: given.locale,
    tone: given.tone,
    currency: given.currency,
    country: given.country,
    notify_email: given.notifyEmail,
    callback_url: given.callbackUrl,
    return_url: given.returnUrl,
    hold_minutes: given.holdMinutes,
    return_seconds: given.returnSeconds,
    answer_wait_minutes: given.answerWaitMinutes,
    on_decline: given.onDecline,
    latest_approval_minutes: given.latestApprovalMinutes,
    customer_cancel_hours: given.customerCancelHours,
    customer_move_hours: given.customerMoveHours,
    first_reminder_hours: given.firstReminderHours,
    second_reminder_hours: given.secondReminderHours,
    tax_percent: given.taxPercent,
    terms_text: given.termsText,
    controller_name: given.controllerName,
    is_listed: given.isListed,
    share_title: given.shareTitle,
    share_text: given.shareText,
    share_image_url: given.shareImageUrl,
  };
}
