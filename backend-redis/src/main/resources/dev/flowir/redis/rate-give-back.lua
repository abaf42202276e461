-- Puts back into a bucket what was taken and not used.
-- KEYS  the bucket: when it is full again, in seconds since 1970 and nanoseconds
-- ARGV  cost, in nanoseconds
-- Gives 1 when the bucket was not full, else 0. It is forgotten no sooner than it would have been.
local SECOND = 1000000000
local kept = redis.call('GET', KEYS[1])
if not kept then
  return 0
end
local seconds, nanos = string.match(kept, '^(%d+) (%d+)$')
local total = tonumber(nanos) - tonumber(ARGV[1])
seconds = tonumber(seconds) + math.floor(total / SECOND)
redis.call('SET', KEYS[1], string.format('%.0f %.0f', seconds, total % SECOND), 'KEEPTTL')
return 1
