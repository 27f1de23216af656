-- What a customer says on the telephone about money that comes back. Drawn by chance, so that it
-- tells nobody how many cases a merchant has, and digits alone, because letters are misheard.
create function draw_refund_number() returns text language sql volatile as $$
  select to_char(floor(random() * 1000000000), 'FM000"-"000"-"000')
$$;
grant execute on function draw_refund_number to konfirmado_app, konfirmado_system;

alter table refund_case add column number text not null default draw_refund_number()
  check (number ~ '^\d{3}-\d{3}-\d{3}$');
comment on column refund_case.number is
  'for people, in mails and on pages; it opens nothing, so that it may be said aloud';

-- Cases of old that drew the same one draw again, until none of them share it.
do $$
begin
  loop
    update refund_case r set number = draw_refund_number()
    where exists (
      select from refund_case other
      where other.tenant_id = r.tenant_id and other.number = r.number and other.id < r.id
    );
    exit when not found;
  end loop;
end $$;
create unique index refund_case_number on refund_case (tenant_id, number);
