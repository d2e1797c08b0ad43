/**
 * The tables, one entry a version (`user_version`); an entry is never changed once it was released. Times are
 * milliseconds since the epoch. The content of a batch stands apart from what is known about it, so that a damaged
 * content costs that batch alone. Numbers of batches only rise, also in a file that is begun anew after another was
 * damaged, whence they begin with the time: the shipper goes on behind the last, and what it holds is not mistaken.
 * `totals` has one row, kept by triggers: how much there is costs the same to know however much it is.
 */
export const MIGRATIONS: readonly string[] = [
  `create table batches (
     seq integer primary key autoincrement,
     entries integer not null,
     bytes integer not null,
     since integer not null,
     shipped integer not null
   ) strict;
   insert into sqlite_sequence (name, seq) values ('batches', cast(unixepoch('subsec') * 1000 as integer));
   create index batches_waiting on batches (seq) where shipped = 0;
   create index batches_shipped on batches (seq) where shipped = 1;
   create table contents (seq integer primary key, content blob not null) strict;
   create table positions (file text primary key, position text not null) strict, without rowid;
   create table dead_letters (
     id integer primary key autoincrement,
     at integer not null,
     status integer not null,
     reason text not null,
     entry text not null
   ) strict;
   create table totals (
     id integer primary key check (id = 1),
     entries integer not null,
     bytes integer not null,
     waiting_entries integer not null,
     waiting_bytes integer not null,
     letters integer not null,
     letter_bytes integer not null
   ) strict;
   insert into totals values (1, 0, 0, 0, 0, 0, 0);
   create trigger total_inserted after insert on batches begin
     update totals set entries = entries + new.entries, bytes = bytes + new.bytes,
       waiting_entries = waiting_entries + (new.shipped = 0) * new.entries,
       waiting_bytes = waiting_bytes + (new.shipped = 0) * new.bytes;
   end;
   create trigger total_deleted after delete on batches begin
     update totals set entries = entries - old.entries, bytes = bytes - old.bytes,
       waiting_entries = waiting_entries - (old.shipped = 0) * old.entries,
       waiting_bytes = waiting_bytes - (old.shipped = 0) * old.bytes;
   end;
   create trigger total_changed after update on batches begin
     update totals set entries = entries + new.entries - old.entries, bytes = bytes + new.bytes - old.bytes,
       waiting_entries = waiting_entries + (new.shipped = 0) * new.entries - (old.shipped = 0) * old.entries,
       waiting_bytes = waiting_bytes + (new.shipped = 0) * new.bytes - (old.shipped = 0) * old.bytes;
   end;
   create trigger total_letter_inserted after insert on dead_letters begin
     update totals set letters = letters + 1, letter_bytes = letter_bytes + octet_length(new.entry);
   end;
   create trigger total_letter_deleted after delete on dead_letters begin
     update totals set letters = letters - 1, letter_bytes = letter_bytes - octet_length(old.entry);
   end;`,
];
