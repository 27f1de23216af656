-- Whether it is unknown what became of a payment's page: the provider has not closed it, has not answered a
-- question from its grace (payment.grace_seconds) after the page's end, and nobody has looked into its panel.
-- A provider that cannot be asked is unheard until its webhook tells the end, or can no longer come.
-- PostgreSQL writes it out into the statement that asks.
create function is_unanswered(p payment) returns boolean language sql stable as $$
  select p.status in ('created', 'pending', 'declined', 'error', 'expired', 'cancelled')
    and p.seen_at is null
    and p.closed_at is null
    and case
      when p.can_be_asked
        then p.asked_at is null or p.asked_at < p.expires_at + make_interval(secs => p.grace_seconds)
      else p.asked_at is null and p.payable_until > now()
    end
$$;
grant execute on function is_unanswered to konfirmado_app, konfirmado_system;
