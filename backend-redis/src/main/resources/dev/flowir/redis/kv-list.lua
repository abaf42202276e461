-- Lists keys in byte order with what goes with them.
-- KEYS  the index of keys
-- ARGV  what entries' names begin with, first key, last key, most keys: as ZRANGE BYLEX has them
-- Gives key, metadata and expiry of each; the last two nil where the entry is gone.
local prefix, first, last, most = unpack(ARGV)
local found = {}
for _, key in ipairs(redis.call('ZRANGE', KEYS[1], first, last, 'BYLEX', 'LIMIT', 0, most)) do
  local entry = redis.call('HMGET', prefix .. key, 'm', 'x')
  found[#found + 1] = key
  found[#found + 1] = entry[1]
  found[#found + 1] = entry[2]
end
return found
