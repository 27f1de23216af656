-- /readyz compares what is applied with what the code came with.
grant select on migration to konfirmado_system;
