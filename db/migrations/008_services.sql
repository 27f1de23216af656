-- What a customer answered to the questions of a service. The question is a copy, because the merchant
-- may change or remove it later.
create table booking_answer (
  tenant_id uuid not null,
  booking_id uuid not null,
  question_id uuid not null,
  position int not null,
  kind text not null check (kind in ('text', 'choice', 'yes_no')),
  question text not null,
  answer text,
  sealed text,
  primary key (tenant_id, booking_id, question_id),
  foreign key (tenant_id, booking_id) references booking on delete cascade,
  check ((answer is null) <> (sealed is null))
);
comment on column booking_answer.answer is 'yes or no for the kind yes_no';
comment on column booking_answer.sealed is
  'a personal answer, encrypted (platform/secrets.ts); it appears in no list, mail, log or callback';
call protect_tenant_table('booking_answer');
