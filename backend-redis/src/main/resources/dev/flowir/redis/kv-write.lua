-- Writes entries, each if what is there passes its condition, and keeps the indexes that go with
-- them.
-- KEYS  the index of keys, in byte order; the index of expiries
-- ARGV  what entries' names begin with, time now: empty for the server's; then of each entry:
--       condition, kind of expiry and its milliseconds, parted by blanks; key, expected value,
--       value, metadata
-- Gives for each 1 when it was written, 0 when not, or what the server said against it. The first
-- write of an entry is HSET, which a full server refuses.
local INDEX, EXPIRIES, PREFIX, TOLD = KEYS[1], KEYS[2], ARGV[1], ARGV[2]
local FIRST, EACH = 3, 5
local PURGED_PER_CALL = 16

local now = moment(TOLD)
local adds_expiry = false

-- The server itself removes entries by its own time; by another one it does not.
local function live(expiry)
  return expiry and (expiry == '' or TOLD == '' or tonumber(expiry) > now)
end

local function write(how, key, expected, value, metadata)
  local condition, kind, millis = string.match(how, '^(%l+) (%l+) (%d+)$')
  local entry = PREFIX .. key
  local before = redis.pcall('HGET', entry, 'x')
  if type(before) == 'table' then
    return before.err
  end
  if condition == 'absent' and live(before) then
    return 0
  end
  if condition == 'equal' and not (live(before) and redis.call('HGET', entry, 'v') == expected) then
    return 0
  end

  local expiry = ''
  if kind == 'after' then
    expiry = text(now + tonumber(millis))
  elseif kind == 'at' then
    expiry = millis
  end

  local written = redis.pcall('HSET', entry, 'v', value, 'm', metadata, 'x', expiry)
  if type(written) == 'table' then
    return written.err
  end
  if not before then
    redis.call('ZADD', INDEX, 0, key)
  end
  if expiry ~= '' then
    redis.call('ZADD', EXPIRIES, expiry, key)
    if TOLD == '' then
      redis.call('PEXPIREAT', entry, expiry)
    end
    adds_expiry = true
  elseif before ~= '' then
    -- Without an entry there may still be a mark of one that the server removed.
    redis.call('ZREM', EXPIRIES, key)
    redis.call('PERSIST', entry)
  end
  return 1
end

local outcomes = {}
for i = FIRST, #ARGV, EACH do
  outcomes[#outcomes + 1] = write(unpack(ARGV, i, i + EACH - 1))
end

-- Whoever adds a mark clears a few that are over, so that there are never many.
if adds_expiry then
  local until_now = text(now)
  local due = redis.call('ZRANGE', EXPIRIES, '-inf', until_now, 'BYSCORE', 'LIMIT', 0, PURGED_PER_CALL)
  for _, other in ipairs(due) do
    local at = redis.call('HGET', PREFIX .. other, 'x')
    if not at or (at ~= '' and tonumber(at) <= now) then
      redis.call('UNLINK', PREFIX .. other)
      redis.call('ZREM', INDEX, other)
    end
    redis.call('ZREM', EXPIRIES, other)
  end
end
return outcomes
