-- Changes messages that are as they were seen.
-- KEYS  after those of the queue, of the one that messages move to: messages, when each is due,
--       numbers
-- ARGV  name of the queue that messages move to; then of each: place, size, leases, holder, what
--       becomes of it, and four arguments of that:
--         g  it goes: what it counts as
--         s  it stays: how far it is, when it is visible, deliveries that do not count
--         m  it moves: its envelope there, what it counts as here, when it is visible there, most
--            messages and bytes there, parted by a blank, or empty
-- Gives for each: d done, n not there, f full there.
local FIRST, EACH = 4, 9
local TO_LOG, TO_DUE, TO_NUMBERS, to = KEYS[7], KEYS[8], KEYS[9], ARGV[3]
local outcomes, stirred, moved = {}, false, false

local function has_room(bound, size)
  if bound == '' then
    return true
  end
  local messages, bytes = string.match(bound, '^(%d+) (%d+)$')
  local there = redis.call('HMGET', TO_NUMBERS, 'messages', 'bytes')
  return (tonumber(there[1]) or 0) + 1 <= tonumber(messages)
      and (tonumber(there[2]) or 0) + size <= tonumber(bytes)
end

local function change(place, size, kind, a, b, c, d)
  if kind == 'g' then
    remove(place, size, a)
    return 'd'
  end
  if kind == 's' then
    redis.call('HSET', AT, text(place), a)
    redis.call('ZADD', DUE, b, member(place))
    if c ~= '0' then
      redis.call('HINCRBY', NUMBERS, 'deliveries', '-' .. c)
    end
    stirred = true
    return 'd'
  end
  if redis.call('HEXISTS', QUEUES, to) == 0 then
    remove(place, size, 'dropped')
    return 'd'
  end
  if not has_room(d, size) then
    return 'f'
  end
  local message = { envelope = a, body = entry(place).body, size = size }
  remove(place, size, b)
  add(TO_LOG, TO_DUE, TO_NUMBERS, message, tonumber(c))
  came(TO_NUMBERS, 1, size, 'arrived')
  moved = true
  return 'd'
end

for i = FIRST, #ARGV, EACH do
  local place, size, leases, holder, kind, a, b, c, d = unpack(ARGV, i, i + EACH - 1)
  place = tonumber(place)
  local there = redis.call('ZSCORE', DUE, member(place))
  local s = there and standing(place)
  if not s or s.leases ~= tonumber(leases) or s.holder ~= tonumber(holder) then
    outcomes[#outcomes + 1] = 'n'
  else
    outcomes[#outcomes + 1] = change(place, tonumber(size), kind, a, b, c, d)
  end
end
account()
if stirred then
  ring('s', name)
end
if moved then
  ring('s', to)
end
return outcomes
