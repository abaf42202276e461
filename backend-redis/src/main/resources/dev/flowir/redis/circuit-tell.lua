-- Tells how a call went that was let go.
-- KEYS  the circuit, as where calls ask
-- ARGV  the period in which it went; 1 when it failed, 0 when not, empty when nobody knows;
--       window, least calls, percent of failures, milliseconds open, probes; time now: empty for
--       the server's
-- Gives 1 when it counts, 0 when its period is over.
local key = KEYS[1]
local asked, outcome = ARGV[1], ARGV[2]
local window, least, percent = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local open_for, probes = tonumber(ARGV[6]), tonumber(ARGV[7])
local state, period, outcomes = unpack(redis.call('HMGET', key, 'state', 'period', 'outcomes'))
if period ~= asked then
  return 0
end
local now = moment(ARGV[8])

local function change(to)
  local next = text(math.max(tonumber(period) + 1, now))
  redis.call('HSET', key, 'state', to, 'period', next, 'outcomes', '', 'until',
    text(now + open_for))
end

if state == 'closed' and outcome ~= '' then
  outcomes = string.sub(outcomes .. outcome, -window)
  local _, failures = string.gsub(outcomes, '1', '')
  if #outcomes >= least and failures * 100 >= percent * #outcomes then
    change('open')
  else
    redis.call('HSET', key, 'outcomes', outcomes)
  end
elseif state == 'probing' and outcome == '1' then
  change('open')
elseif state == 'probing' and outcome == '' then
  redis.call('HINCRBY', key, 'sent', -1)
elseif state == 'probing' and redis.call('HINCRBY', key, 'well', 1) == probes then
  change('closed')
end
if ARGV[8] == '' then
  redis.call('PEXPIRE', key, text(86400000 + 2 * open_for))
end
return 1
