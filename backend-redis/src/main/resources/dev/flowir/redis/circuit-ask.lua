-- Asks whether a call may go.
-- KEYS  the circuit: a hash of its state, the number of its period, and what belongs to the state
-- ARGV  milliseconds for which it is open, number of probes; time now: empty for the server's
-- Gives the period in which the call goes and 0, or -1 and the milliseconds until others may.
-- A period's number is the time when it began, or one more than the last: one that was forgotten
-- does not come again.
local key = KEYS[1]
local open_for, probes = tonumber(ARGV[1]), tonumber(ARGV[2])
local now = moment(ARGV[3])
local state, period, til, sent =
  unpack(redis.call('HMGET', key, 'state', 'period', 'until', 'sent'))

if not state then
  redis.call('HSET', key, 'state', 'closed', 'period', text(now), 'outcomes', '')
  if ARGV[3] == '' then
    redis.call('PEXPIRE', key, text(86400000 + 2 * open_for))
  end
  return { text(now), '0' }
end
period = tonumber(period)
if state == 'closed' then
  return { text(period), '0' }
end
local left = tonumber(til) - now
if left <= 0 then
  -- It was open long enough, or a probe never told how it went.
  period = math.max(period + 1, now)
  redis.call('HSET', key, 'state', 'probing', 'period', text(period), 'sent', 1, 'well', 0)
elseif state == 'probing' and tonumber(sent) < probes then
  redis.call('HINCRBY', key, 'sent', 1)
elseif state == 'probing' then
  return { '-1', '0' }
else
  return { '-1', text(left) }
end
redis.call('HSET', key, 'until', text(now + open_for))
return { text(period), '0' }
