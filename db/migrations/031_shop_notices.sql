-- What the shop adds to notices and figures.
-- Mails that members choose: a new order, and stock that is low.
alter domain notice_mail_kind drop constraint notice_mail_kind_check;
alter domain notice_mail_kind add constraint notice_mail_kind_check check (value in (
  'new_booking', 'moved', 'cancelled', 'new_order', 'stock_low', 'refund_waits', 'attention', 'summary'
));

-- Order sessions that ended unpaid are deleted, and counted before.
alter table metric drop constraint metric_name_check;
alter table metric add constraint metric_name_check
  check (name in ('conversion_funnel', 'hold_lapsed', 'order_session_ended'));
comment on table metric is
  'totals of a day in the tenant''s zone: visits of more than 90 days ago by the last step that they
  reached, holds that lapsed, and order sessions that were deleted unpaid; all other figures come from
  the rows themselves';
