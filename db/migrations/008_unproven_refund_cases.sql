alter table refund_case add column unproven text[];
comment on column refund_case.unproven is 'null: the provider''s API told of the charge. Else only a signed webhook did, and the signature does not cover these of its facts (amount, currency, reference)';
alter table refund_case add column withdrawn_at timestamptz;
comment on column refund_case.withdrawn_at is 'the provider said that there was no money; should money come after all, the case opens again';
