-- Removes an entry and what the indexes have of it.
-- KEYS  the entry; the index of keys; the index of expiries
-- ARGV  key
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
return redis.call('UNLINK', KEYS[1])
