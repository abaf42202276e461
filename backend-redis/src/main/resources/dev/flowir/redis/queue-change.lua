-- Changes messages that are as they were seen.
-- KEYS  after those of the queue, of the one that messages move to: messages, when each is due,
--       numbers
-- ARGV  name of the queue that messages move to; then of each call how many messages it is about,
--       and of each of them place, size, leases and holder, parted by blanks; what becomes of it,
--       and four arguments of that:
--         g  it goes: what it counts as
--         s  it stays: how far it is, when it is visible, deliveries that do not count
--         m  it moves: its envelope there, what it counts as here, when it is visible there, most
--            messages and bytes there, parted by a blank, or empty
-- Gives for each call a letter for each message: d done, n not there, f full there.
local FIRST, EACH = 4, 6
local TO_LOG, TO_DUE, TO_NUMBERS, to = KEYS[7], KEYS[8], KEYS[9], ARGV[3]
local stirred, moved = false, false
local standings, dues, taken_back = {}, {}, 0

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
    standings[#standings + 1] = place
    standings[#standings + 1] = a
    dues[#dues + 1] = b
    dues[#dues + 1] = member(place)
    taken_back = taken_back + tonumber(c)
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
  local message = { envelope = a, body = entry(place).body, size = text(size) }
  remove(place, size, b)
  add(TO_LOG, TO_DUE, TO_NUMBERS, message, c)
  came(TO_NUMBERS, 1, size, 'arrived')
  moved = true
  return 'd'
end

-- What is there is looked at once for all.
local places, members, asked, calls = {}, {}, {}, 0
local at = FIRST
while at <= #ARGV do
  calls = calls + 1
  local next_call = at + 1 + tonumber(ARGV[at]) * EACH
  for i = at + 1, next_call - 1, EACH do
    local place, size, leases, holder = string.match(ARGV[i], '^(%d+) (%d+) (%d+) (%d+)$')
    asked[#asked + 1] = { call = calls, at = i, place = place, size = tonumber(size),
      leases = tonumber(leases), holder = tonumber(holder) }
    places[#places + 1] = place
    members[#members + 1] = member(place)
  end
  at = next_call
end
local there = all_of('ZMSCORE', DUE, members)
local kept = all_of('HMGET', AT, places)

local outcomes, done = {}, {}
for i = 1, calls do
  outcomes[i] = ''
end
for i, one in ipairs(asked) do
  local s = there[i] and not done[one.place] and parsed(kept[i])
  local outcome = 'n'
  if s and s.leases == one.leases and s.holder == one.holder then
    outcome = change(one.place, one.size, unpack(ARGV, one.at + 1, one.at + EACH - 1))
    done[one.place] = outcome == 'd'
  end
  outcomes[one.call] = outcomes[one.call] .. outcome
end
in_parts('HSET', AT, standings)
in_parts('ZADD', DUE, dues)
if taken_back > 0 then
  redis.call('HINCRBY', NUMBERS, 'deliveries', -taken_back)
end
account()
if stirred then
  stir(NUMBERS, name)
end
if moved then
  stir(TO_NUMBERS, to)
end
return outcomes
