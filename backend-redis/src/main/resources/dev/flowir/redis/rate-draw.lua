-- Takes from a bucket, or tells how long until what is asked for is there.
-- KEYS  the bucket: when it is full again, in seconds since 1970 and nanoseconds
-- ARGV  cost, room, most wait, most ahead, in nanoseconds; time now in seconds and nanoseconds:
--       empty for the server's
-- Gives the wait in nanoseconds; the bucket changes if that is no more than the most.
-- Times are taken apart since a number here is exact to 2^53, which is 104 days of nanoseconds.
local SECOND = 1000000000
local cost, room = tonumber(ARGV[1]), tonumber(ARGV[2])
local most_wait, most_ahead = tonumber(ARGV[3]), tonumber(ARGV[4])
local by_server = ARGV[5] == ''
local seconds, nanos
if by_server then
  local time = redis.call('TIME')
  seconds, nanos = tonumber(time[1]), tonumber(time[2]) * 1000
else
  seconds, nanos = tonumber(ARGV[5]), tonumber(ARGV[6])
end

local ahead = 0
local kept = redis.call('GET', KEYS[1])
if kept then
  local full_seconds, full_nanos = string.match(kept, '^(%d+) (%d+)$')
  ahead = (tonumber(full_seconds) - seconds) * SECOND + tonumber(full_nanos) - nanos
  ahead = math.max(0, math.min(ahead, most_ahead))
end

local wait = math.max(0, ahead + cost - room)
if wait <= most_wait then
  local total = nanos + ahead + cost
  local full_seconds, full_nanos = seconds + math.floor(total / SECOND), total % SECOND
  local full = string.format('%.0f %.0f', full_seconds, full_nanos)
  if by_server then
    local millis = full_seconds * 1000 + math.ceil(full_nanos / 1000000)
    redis.call('SET', KEYS[1], full, 'PXAT', string.format('%.0f', millis))
  else
    redis.call('SET', KEYS[1], full)
  end
end
return wait
