-- Whether it is unknown what became of a payment's page: the provider has not answered a question from
-- two minutes (payingGraceSeconds) after the page's end, and nobody has looked into its panel.
-- PostgreSQL writes it out into the statement that asks.
create function is_unanswered(p payment) returns boolean language sql stable as $$
  select p.status in ('created', 'pending', 'declined', 'error', 'expired', 'cancelled')
    and p.seen_at is null
    and (p.asked_at is null or p.asked_at < p.expires_at + interval '2 minutes')
$$;
grant execute on function is_unanswered to konfirmado_app, konfirmado_system;
