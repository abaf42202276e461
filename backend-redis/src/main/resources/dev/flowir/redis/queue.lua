-- What the scripts of queues share; it stands before each of them.
-- KEYS  the queues by name; messages in the order of arrival; when each is due; how far each is;
--       numbers of the queue; the bell
-- ARGV  time now in milliseconds: empty for the server's; name of the queue; what each script says
local QUEUES, LOG, DUE, AT, NUMBERS, BELL = unpack(KEYS, 1, 6)
local BELLS_KEPT = 1000
local name = ARGV[2]
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

local function text(number)
  return string.format('%.0f', number)
end

-- Equal width, so that messages that are due together stand in the order of arrival.
local function member(place)
  return string.format('%016.0f', place)
end

-- Kind s: there may be something to take, or room; kind c: the queue is another.
local function ring(kind, queue)
  redis.call('XADD', BELL, 'MAXLEN', '~', BELLS_KEPT, '*', 'k', kind, 'q', queue)
end

local function split(known)
  return string.match(known, '^(%d+) (%d) (.*)$')
end

-- Nothing is kept of a message that was never taken.
local function standing(place)
  local kept = redis.call('HGET', AT, text(place))
  if not kept then
    return { attempts = 0, leases = 0, holder = 0, alone = '0', first = '-', failures = '' }
  end
  local attempts, leases, holder, alone, first, failures =
      string.match(kept, '^(%d+) (%d+) (%d+) (%d) (%S+) (.*)$')
  return { attempts = tonumber(attempts), leases = tonumber(leases), holder = tonumber(holder),
    alone = alone, first = first, failures = failures }
end

local function written(s)
  return string.format('%.0f %.0f %.0f %s %s %s', s.attempts, s.leases, s.holder, s.alone, s.first, s.failures)
end

-- Arrival, size, envelope and body; nil when it is gone.
local function entry(place)
  local id = text(place) .. '-0'
  local found = redis.call('XRANGE', LOG, id, id)[1]
  return found and { arrived = tonumber(found[2][2]), size = tonumber(found[2][4]),
    envelope = found[2][6], body = found[2][8] }
end

local function shown(place, visible, message, s)
  return { text(place), text(message.arrived), text(message.size), message.envelope, message.body,
    visible, written(s) }
end

local function level()
  local kept = redis.call('HMGET', NUMBERS, 'messages', 'bytes', 'oldest')
  return tonumber(kept[1]) or 0, tonumber(kept[2]) or 0, kept[3] or ''
end

local gone, gone_bytes, counts = 0, 0, {}

local function remove(place, size, count)
  redis.call('XDEL', LOG, text(place) .. '-0')
  redis.call('ZREM', DUE, member(place))
  redis.call('HDEL', AT, text(place))
  gone, gone_bytes = gone + 1, gone_bytes + size
  counts[count] = (counts[count] or 0) + 1
end

-- Once after all removals. Whoever found the queue full is told that there is room.
local function account()
  if gone == 0 then
    return
  end
  redis.call('HINCRBY', NUMBERS, 'messages', -gone)
  redis.call('HINCRBY', NUMBERS, 'bytes', text(-gone_bytes))
  for count, times in pairs(counts) do
    redis.call('HINCRBY', NUMBERS, count, times)
  end
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

local function add(log, due, numbers, message, visible)
  local place = redis.call('HINCRBY', numbers, 'place', 1)
  redis.call('XADD', log, text(place) .. '-0', 'a', text(now), 's', text(message.size),
    'e', message.envelope, 'b', message.body)
  redis.call('ZADD', due, text(visible), member(place))
end

-- After messages came: the first of a queue is its oldest.
local function came(numbers, messages, bytes, count)
  if redis.call('HINCRBY', numbers, 'messages', messages) == messages then
    redis.call('HSET', numbers, 'oldest', text(now))
  end
  redis.call('HINCRBY', numbers, 'bytes', text(bytes))
  redis.call('HINCRBY', numbers, count, messages)
end

-- Messages that nobody holds, the oldest first, until one is not wanted.
local function each_free(wanted)
  local from = '-'
  while true do
    local page = redis.call('XRANGE', LOG, from, '+', 'COUNT', 32)
    for _, found in ipairs(page) do
      local place = tonumber(string.match(found[1], '^%d+'))
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
