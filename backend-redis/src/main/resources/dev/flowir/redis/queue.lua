-- What the scripts of queues share; it stands before each of them.
-- KEYS  the queues by name; messages in the order of arrival; when each is due; how far each is;
--       numbers of the queue; the bell
-- ARGV  time now in milliseconds: empty for the server's; name of the queue; what each script says
local QUEUES, LOG, DUE, AT, NUMBERS, BELL = unpack(KEYS, 1, 6)
local BELLS_KEPT = 1000
local name = ARGV[2]
local now = moment(ARGV[1])

-- Places are texts here, mostly: their numbers matter to the order only.

-- Equal width, so that messages that are due together stand in the order of arrival.
local ZEROS = '0000000000000000'

local function member(place)
  return string.sub(ZEROS, #place + 1) .. place
end

-- A call takes a thousand arguments at once; they go in pairs, or one by one.
local PART = 1000

local function in_parts(command, key, arguments)
  for from = 1, #arguments, PART do
    redis.call(command, key, unpack(arguments, from, math.min(from + PART - 1, #arguments)))
  end
end

-- The same for questions: an answer for each argument.
local function all_of(command, key, arguments)
  local answers = {}
  for from = 1, #arguments, PART do
    local to = math.min(from + PART - 1, #arguments)
    local part = redis.call(command, key, unpack(arguments, from, to))
    for i = 1, to - from + 1 do
      answers[from + i - 1] = part[i] or false
    end
  end
  return answers
end

-- Kind s: there may be something to take, or room; kind c: the queue is another.
local function ring(kind, queue)
  redis.call('XADD', BELL, 'MAXLEN', '~', BELLS_KEPT, '*', 'k', kind, 'q', queue)
end

-- After messages came: rings if somebody found nothing to take since it was last rung.
local function stir(numbers, queue)
  if redis.call('HDEL', numbers, 'idle') == 1 then
    ring('s', queue)
  end
end

local function split(known)
  return string.match(known, '^(%d+) (%d) (.*)$')
end

-- Nothing is kept of a message that was never taken.
local function parsed(kept)
  if not kept then
    return { attempts = 0, leases = 0, holder = 0, alone = '0', first = '-', failures = '' }
  end
  local attempts, leases, holder, alone, first, failures =
      string.match(kept, '^(%d+) (%d+) (%d+) (%d) (%S+) (.*)$')
  return { attempts = tonumber(attempts), leases = tonumber(leases), holder = tonumber(holder),
    alone = alone, first = first, failures = failures }
end

local function standing(place)
  return parsed(redis.call('HGET', AT, place))
end

local function written(s)
  return string.format('%.0f %.0f %.0f %s %s %s', s.attempts, s.leases, s.holder, s.alone, s.first, s.failures)
end

-- Arrival and size stay texts, as they are mostly passed on.
local function message_of(found)
  return { arrived = found[2][2], size = found[2][4], envelope = found[2][6], body = found[2][8] }
end

-- Arrival, size, envelope and body; nil when it is gone.
local function entry(place)
  local id = place .. '-0'
  local found = redis.call('XRANGE', LOG, id, id)[1]
  return found and message_of(found)
end

-- The same by places, for those that are there: in one look where they stand close together.
local function entries(places)
  local found, first, last = {}, math.huge, 0
  for _, place in ipairs(places) do
    local number = tonumber(place)
    first, last = math.min(first, number), math.max(last, number)
  end
  if last - first < 2 * #places then
    for _, one in ipairs(redis.call('XRANGE', LOG, text(first) .. '-0', text(last) .. '-0')) do
      found[string.sub(one[1], 1, -3)] = message_of(one)
    end
  else
    for _, place in ipairs(places) do
      found[place] = entry(place)
    end
  end
  return found
end

-- A message with texts of its place, when it is visible and how far it is.
local function shown(place, visible, message, standing_text)
  return { place, message.arrived, message.size, message.envelope, message.body, visible,
    standing_text }
end

local function level()
  local kept = redis.call('HMGET', NUMBERS, 'messages', 'bytes', 'oldest')
  return tonumber(kept[1]) or 0, tonumber(kept[2]) or 0, kept[3] or ''
end

local gone, gone_bytes, counts = { ids = {}, members = {}, places = {} }, 0, {}

-- Notes that it goes; it does with account. The place is a text.
local function remove(place, size, count)
  gone.ids[#gone.ids + 1] = place .. '-0'
  gone.members[#gone.members + 1] = member(place)
  gone.places[#gone.places + 1] = place
  gone_bytes = gone_bytes + size
  counts[count] = (counts[count] or 0) + 1
end

-- Once after all removals. Whoever found the queue full is told that there is room.
local function account()
  if #gone.ids == 0 then
    return
  end
  in_parts('XDEL', LOG, gone.ids)
  in_parts('ZREM', DUE, gone.members)
  in_parts('HDEL', AT, gone.places)
  redis.call('HINCRBY', NUMBERS, 'messages', -#gone.ids)
  redis.call('HINCRBY', NUMBERS, 'bytes', text(-gone_bytes))
  for count, times in pairs(counts) do
    redis.call('HINCRBY', NUMBERS, count, times)
  end
  gone, gone_bytes, counts = { ids = {}, members = {}, places = {} }, 0, {}
  local first = redis.call('XRANGE', LOG, '-', '+', 'COUNT', 1)[1]
  if first then
    redis.call('HSET', NUMBERS, 'oldest', first[2][2])
  else
    redis.call('HDEL', NUMBERS, 'oldest')
  end
  if redis.call('HDEL', NUMBERS, 'wanted') == 1 then
    ring('s', name)
  end
end

local NOW = text(now)

local function keep(key, place, size, envelope, body)
  redis.call('XADD', key, place .. '-0', 'a', NOW, 's', size, 'e', envelope, 'b', body)
end

local function add(key, due, numbers, message, visible)
  local place = text(redis.call('HINCRBY', numbers, 'place', 1))
  keep(key, place, message.size, message.envelope, message.body)
  redis.call('ZADD', due, visible, member(place))
end

-- After messages came: the first of a queue is its oldest.
local function came(numbers, messages, bytes, count)
  if redis.call('HINCRBY', numbers, 'messages', messages) == messages then
    redis.call('HSET', numbers, 'oldest', NOW)
  end
  redis.call('HINCRBY', numbers, 'bytes', text(bytes))
  redis.call('HINCRBY', numbers, count, messages)
end

-- Messages that nobody holds, the oldest first, until one is not wanted: place as a text, arrival
-- and size.
local function each_free(wanted)
  local from = '-'
  while true do
    local page = redis.call('XRANGE', LOG, from, '+', 'COUNT', 32)
    for _, found in ipairs(page) do
      local place = string.sub(found[1], 1, -3)
      if standing(place).holder == 0
          and not wanted(place, tonumber(found[2][2]), tonumber(found[2][4])) then
        return
      end
      from = '(' .. found[1]
    end
    if #page < 32 then
      return
    end
  end
end
