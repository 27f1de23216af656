-- What the dashboard's bell tells, who has read it, and who wants which mails.
alter table notification
  add column number bigint,
  add column professional_id uuid,
  add column actor text not null default 'system';
comment on column notification.number is
  'counted for each tenant under a row lock, so that a later number is never seen before an earlier one';
comment on column notification.professional_id is 'whose booking it was then; staff hear of their own';
comment on column notification.actor is 'who caused it, as in event.actor; it is no news to them';

update notification n set number = counted.number, professional_id = counted.professional_id
from (
  select
    one.tenant_id,
    one.id,
    row_number() over (partition by one.tenant_id order by one.created_at, one.id) as number,
    b.professional_id
  from notification one left join booking b on b.tenant_id = one.tenant_id and b.id = one.checkout_id
) counted
where counted.tenant_id = n.tenant_id and counted.id = n.id;

alter table notification alter column number set not null;
drop index notification_tenant_id_created_at_idx;
create unique index notification_number on notification (tenant_id, number);
create index notification_of_professional on notification (tenant_id, professional_id, number)
  where professional_id is not null;

-- The old column was one for all members, and nobody ever wrote it.
alter table notification drop column read_at;

create table notice_counter (
  tenant_id uuid primary key references tenant on delete cascade,
  last bigint not null
);
call protect_tenant_table('notice_counter');
insert into notice_counter (tenant_id, last)
  select tenant_id, max(number) from notification group by tenant_id;

create table notice_reader (
  tenant_id uuid not null,
  member_id uuid not null,
  read_through bigint not null,
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references member on delete cascade
);
comment on table notice_reader is 'how far a member has read all; single ones beyond are in notice_read';
call protect_tenant_table('notice_reader');

create table notice_read (
  tenant_id uuid not null,
  member_id uuid not null,
  number bigint not null,
  primary key (tenant_id, member_id, number),
  foreign key (tenant_id, member_id) references member on delete cascade
);
call protect_tenant_table('notice_read');

create domain notice_mail_kind as text
  check (value in ('new_booking', 'moved', 'cancelled', 'refund_waits', 'attention', 'summary'));

create table notice_mail (
  tenant_id uuid not null,
  member_id uuid not null,
  kind notice_mail_kind not null,
  since timestamptz not null default now(),
  hour int check (hour between 0 and 23),
  planned_on date,
  primary key (tenant_id, member_id, kind),
  foreign key (tenant_id, member_id) references member on delete cascade,
  check ((kind = 'summary') = (hour is not null))
);
comment on table notice_mail is 'a mail that a member has chosen, of what happens after `since`';
comment on column notice_mail.hour is 'of the daily summary, in the tenant''s zone';
comment on column notice_mail.planned_on is 'the last day, in the tenant''s zone, on which it was planned';
call protect_tenant_table('notice_mail');

-- A mail for each member who wants it is a follow-up of the event, too.
alter table follow_up add column member_id uuid;
comment on column follow_up.member_id is 'to whom; null: it is no mail to one member';
alter table follow_up drop constraint follow_up_tenant_id_event_id_job_key;
alter table follow_up add constraint follow_up_once
  unique nulls not distinct (tenant_id, event_id, job, member_id);
alter table follow_up add foreign key (tenant_id, member_id) references member;

create table attention_told (
  tenant_id uuid not null references tenant on delete cascade,
  kind text not null,
  subject_id uuid not null,
  told_at timestamptz not null default now(),
  primary key (tenant_id, kind, subject_id)
);
comment on table attention_told is 'what waits for a person, and when their bell rang for it';
call protect_tenant_table('attention_told');
