-- A tenant connects any number of accounts, and says in which order customers are offered them.
alter table connection
  add column label text check (length(label) between 1 and 60),
  add column position int not null default 0,
  add column limits jsonb not null default '{}';
comment on column connection.label is
  'the merchant''s name for it; customers read it where two of one provider are offered';
comment on column connection.position is 'customers see them in this order';
comment on column connection.limits is
  'what this account takes, as its provider last told: {"COP": {"minMinor", "maxMinor"}}';

create domain decline_reason as text check (
  value in (
    'insufficient_funds', 'wrong_details', 'card_expired', 'not_authenticated', 'ask_bank', 'method_refused',
    'too_many_tries', 'security', 'credit_refused', 'not_finished', 'provider_error'
  )
);
alter table charge add column decline_reason decline_reason;
comment on column charge.decline_reason is
  'why it was declined, in our words (domain/choice/decline-reasons.ts); null if the provider does not say';
