-- Writes an entry if what is there passes a condition, and keeps the indexes that go with it.
-- KEYS  the entry; the index of keys, in byte order; the index of expiries
-- ARGV  key, what entries' names begin with, condition, expected value, value, metadata,
--       kind of expiry, its milliseconds, time now: empty for the server's
-- Gives 1 when it was written, else 0. The first write is HSET, which a full server refuses.
local entry, index, expiries = KEYS[1], KEYS[2], KEYS[3]
local key, prefix, condition, expected, value, metadata, kind, millis, told = unpack(ARGV)
local PURGED_PER_WRITE = 16

local function now()
  if told ~= '' then
    return tonumber(told)
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- The server itself removes entries by its own time; by another one it does not.
local function live(expiry)
  return expiry and (expiry == '' or told == '' or tonumber(expiry) > now())
end

local before = redis.call('HGET', entry, 'x')
if condition == 'absent' and live(before) then
  return 0
end
if condition == 'equal' and not (live(before) and redis.call('HGET', entry, 'v') == expected) then
  return 0
end

local expiry = ''
if kind == 'after' then
  expiry = string.format('%.0f', now() + tonumber(millis))
elseif kind == 'at' then
  expiry = millis
end

redis.call('HSET', entry, 'v', value, 'm', metadata, 'x', expiry)
if not before then
  redis.call('ZADD', index, 0, key)
end
if expiry == '' then
  -- Without an entry there may still be a mark of one that the server removed.
  if before ~= '' then
    redis.call('ZREM', expiries, key)
    redis.call('PERSIST', entry)
  end
  return 1
end

redis.call('ZADD', expiries, expiry, key)
if told == '' then
  redis.call('PEXPIREAT', entry, expiry)
end
-- Whoever adds a mark clears a few that are over, so that there are never many.
local until_now = string.format('%.0f', now())
local due = redis.call('ZRANGE', expiries, '-inf', until_now, 'BYSCORE', 'LIMIT', 0, PURGED_PER_WRITE)
for _, other in ipairs(due) do
  local at = redis.call('HGET', prefix .. other, 'x')
  if not at or (at ~= '' and tonumber(at) <= tonumber(until_now)) then
    redis.call('UNLINK', prefix .. other)
    redis.call('ZREM', index, other)
  end
  redis.call('ZREM', expiries, other)
end
return 1
