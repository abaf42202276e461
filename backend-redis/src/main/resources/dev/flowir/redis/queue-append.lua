-- Keeps messages of several senders, those of each all or none.
-- ARGV  of each sender: revision of the queue, most messages, most bytes, whether the oldest make
--       room: 0 or 1, how many messages it sends and their bytes, parted by blanks; then of each
--       message: size and delay, parted by a blank; envelope; body
-- Gives for each sender outdated; or full or done with messages, bytes and the oldest arrival.
local FIRST, EACH = 3, 3
local known = redis.call('HGET', QUEUES, name)
local revision = known and split(known)

-- The numbers are read once and written once, unless messages have to make room.
local there, there_bytes, oldest, last_place, sent
local dues, added = {}, 0

local function read_numbers()
  local kept = redis.call('HMGET', NUMBERS, 'messages', 'bytes', 'oldest', 'place', 'sent')
  there, there_bytes, oldest = tonumber(kept[1]) or 0, tonumber(kept[2]) or 0, kept[3] or ''
  last_place, sent = tonumber(kept[4]) or 0, tonumber(kept[5]) or 0
end

local function write_numbers()
  if #dues > 0 then
    in_parts('ZADD', DUE, dues)
    redis.call('HSET', NUMBERS, 'messages', text(there), 'bytes', text(there_bytes),
      'oldest', oldest, 'place', text(last_place), 'sent', text(sent))
    dues = {}
  end
end

-- Removes the oldest that nobody holds; none, and false, when that does not make enough room.
local function make_room(over, bytes_over)
  write_numbers()
  local victims, freed, enough = {}, 0, false
  each_free(function(place, _, size)
    victims[#victims + 1] = { place, size }
    freed = freed + size
    enough = #victims >= over and freed >= bytes_over
    return not enough
  end)
  if enough then
    for _, victim in ipairs(victims) do
      remove(victim[1], victim[2], 'dropped')
    end
    account()
    read_numbers()
  end
  return enough
end

-- What most of them say is what the one before said, and is taken apart once.
local shape, size, delay
local head, asked, most, most_bytes, drops, count, bytes

-- All that were kept are told of the queue as it is behind the last of them.
local done = { 'done' }

local function append(from, count, bytes, most, most_bytes, drops)
  local over, bytes_over = there + count - most, there_bytes + bytes - most_bytes
  if (over > 0 or bytes_over > 0) and not (drops == '1' and make_room(over, bytes_over)) then
    redis.call('HSET', NUMBERS, 'wanted', 1)
    return { 'full', text(there), text(there_bytes), oldest }
  end
  for i = from, from + (count - 1) * EACH, EACH do
    if ARGV[i] ~= shape then
      shape = ARGV[i]
      size, delay = string.match(shape, '^(%d+) (%d+)$')
    end
    last_place = last_place + 1
    local place = text(last_place)
    keep(LOG, place, size, ARGV[i + 1], ARGV[i + 2])
    dues[#dues + 1] = delay == '0' and NOW or text(now + tonumber(delay))
    dues[#dues + 1] = member(place)
  end
  if there == 0 then
    oldest = NOW
  end
  there, there_bytes, sent, added = there + count, there_bytes + bytes, sent + count, added + count
  return done
end

read_numbers()
local outcomes, at = {}, FIRST
while at <= #ARGV do
  if ARGV[at] ~= head then
    head = ARGV[at]
    asked, most, most_bytes, drops, count, bytes =
        string.match(head, '^(%d+) (%d+) (%d+) (%d) (%d+) (%d+)$')
    count, bytes, most, most_bytes =
        tonumber(count), tonumber(bytes), tonumber(most), tonumber(most_bytes)
  end
  if asked ~= revision then
    outcomes[#outcomes + 1] = { 'outdated' }
  else
    outcomes[#outcomes + 1] =
        append(at + 1, count, bytes, most, most_bytes, drops)
  end
  at = at + 1 + count * EACH
end
write_numbers()
done[2], done[3], done[4] = text(there), text(there_bytes), oldest
if added > 0 then
  stir(NUMBERS, name)
end
return outcomes
