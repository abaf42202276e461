-- Keeps messages, all or none.
-- ARGV  revision of the queue, most messages, most bytes, whether the oldest make room: 0 or 1;
--       then envelope, body, size and delay of each
-- Gives outdated; or full or done with messages, bytes and the oldest arrival.
local known = redis.call('HGET', QUEUES, name)
if not known or split(known) ~= ARGV[3] then
  return { 'outdated' }
end
local FIRST, EACH = 7, 4
local count, bytes = (#ARGV - FIRST + 1) / EACH, 0
for i = FIRST, #ARGV, EACH do
  bytes = bytes + tonumber(ARGV[i + 2])
end

local there, there_bytes, oldest = level()
local over = there + count - tonumber(ARGV[4])
local bytes_over = there_bytes + bytes - tonumber(ARGV[5])
if over > 0 or bytes_over > 0 then
  local victims, freed = {}, 0
  local enough = false
  if ARGV[6] == '1' then
    each_free(function(place, _, size)
      victims[#victims + 1] = { place, size }
      freed = freed + size
      enough = #victims >= over and freed >= bytes_over
      return not enough
    end)
  end
  if not enough then
    redis.call('HSET', NUMBERS, 'wanted', 1)
    return { 'full', text(there), text(there_bytes), oldest }
  end
  for _, victim in ipairs(victims) do
    remove(victim[1], victim[2], 'dropped')
  end
  account()
end

for i = FIRST, #ARGV, EACH do
  local message = { envelope = ARGV[i], body = ARGV[i + 1], size = tonumber(ARGV[i + 2]) }
  add(LOG, DUE, NUMBERS, message, now + tonumber(ARGV[i + 3]))
end
came(NUMBERS, count, bytes, 'sent')
ring('s', name)
local messages, all_bytes, first = level()
return { 'done', text(messages), text(all_bytes), first }
