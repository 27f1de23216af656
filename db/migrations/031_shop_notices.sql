-- Mails that members choose: a new order, and stock that is low.
alter domain notice_mail_kind drop constraint notice_mail_kind_check;
alter domain notice_mail_kind add constraint notice_mail_kind_check check (value in (
  'new_booking', 'moved', 'cancelled', 'new_order', 'stock_low', 'refund_waits', 'attention', 'summary'
));
