-- A file that proves a refund stays as it is, but its name may be a person's, and goes with them.
grant update (name) on refund_proof to konfirmado_app;
