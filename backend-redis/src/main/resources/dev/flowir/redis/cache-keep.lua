-- Keeps an answer, and lets go what is over or too many.
-- KEYS  the answers; when each is over
-- ARGV  key, answer, how long it is good in milliseconds, most answers, time now in milliseconds:
--       empty for the server's
-- Gives how many went for want of room. An answer has the moment when it is over before it. What
-- goes at once is bounded, so that no call takes long after a bound was lowered.
local ANSWERS, ENDS = KEYS[1], KEYS[2]
local AT_ONCE = 1000
local key, answer, kept, most = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local now = moment(ARGV[5])

local over = text(now + kept)
redis.call('HSET', ANSWERS, key, over .. ' ' .. answer)
redis.call('ZADD', ENDS, over, key)

local function let_go(keys)
  if #keys > 0 then
    redis.call('ZREM', ENDS, unpack(keys))
    redis.call('HDEL', ANSWERS, unpack(keys))
  end
  return #keys
end

let_go(redis.call('ZRANGE', ENDS, '-inf', text(now), 'BYSCORE', 'LIMIT', 0, AT_ONCE))
local too_many = math.min(redis.call('ZCARD', ENDS) - most, AT_ONCE)
local evicted = 0
if too_many > 0 then
  evicted = let_go(redis.call('ZRANGE', ENDS, 0, too_many - 1))
end

-- Nobody puts any more: the server forgets all when the last one is over.
if ARGV[5] == '' then
  for _, each in ipairs({ ANSWERS, ENDS }) do
    if redis.call('PEXPIREAT', each, over, 'NX') == 0 then
      redis.call('PEXPIREAT', each, over, 'GT')
    end
  end
end
return evicted
