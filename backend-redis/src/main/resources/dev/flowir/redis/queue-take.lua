-- Takes messages under a lease.
-- ARGV  revision of the queue, who takes, most messages, how long the first waits for a batch to
--       fill: empty when it does not; the lease; most retries; retention
-- Gives outdated; or nothing, with when to ask again, empty for no time; or doubtful with messages
-- that are to be decided first; or some, with messages, bytes and oldest arrival of the queue, and
-- the messages.
local known = redis.call('HGET', QUEUES, name)
local revision, paused
if known then
  revision, paused = split(known)
end
if revision ~= ARGV[3] then
  return { 'outdated' }
end
local holder, most, gather = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local lease, retries, retention = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
if paused == '1' then
  return { 'nothing', '' }
end

local _, _, oldest = level()
local some_expired = oldest ~= '' and tonumber(oldest) <= now - retention
local due = redis.call('ZRANGE', DUE, '-inf', NOW, 'BYSCORE', 'LIMIT', 0, most, 'WITHSCORES')
local heads, places = {}, {}
for i = 1, #due, 2 do
  local place = string.match(due[i], '^0*(%d+)$')
  places[#places + 1] = place
  heads[#heads + 1] = { place = place, member = due[i], visible = due[i + 1] }
end
local kept = all_of('HMGET', AT, places)
local doubtful = { 'doubtful' }
for i, head in ipairs(heads) do
  local s = parsed(kept[i])
  head.standing = s
  local in_doubt = s.holder ~= 0 or s.attempts > retries
  if in_doubt or some_expired then
    local message = entry(head.place)
    if in_doubt or tonumber(message.arrived) <= now - retention then
      doubtful[#doubtful + 1] = shown(head.place, head.visible, message, written(s))
    end
  end
end
if #doubtful > 1 then
  return doubtful
end

-- A batch goes when it is full or its first message has waited long enough; a message that goes
-- alone does so when it is first, or when it keeps the batch from filling.
local taken, wait = {}, ''
if not gather then
  taken = heads
elseif #heads > 0 and heads[1].standing.alone == '1' then
  taken = { heads[1] }
elseif #heads > 0 then
  local together, alone = {}, nil
  for _, head in ipairs(heads) do
    if head.standing.alone ~= '1' then
      together[#together + 1] = head
    elseif not alone then
      alone = head
    end
  end
  local patience = tonumber(heads[1].visible) + gather
  if #heads >= most or patience <= now then
    taken = together
  elseif alone then
    taken = { alone }
  else
    wait = patience
  end
end

if #taken == 0 then
  if gather then
    redis.call('HSETNX', NUMBERS, 'idle', 1)
  end
  local next_due = redis.call('ZRANGE', DUE, '(' .. NOW, '+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')[2]
  if next_due and (wait == '' or tonumber(next_due) < wait) then
    wait = tonumber(next_due)
  end
  return { 'nothing', wait ~= '' and text(wait) or '' }
end

local messages, bytes = level()
local answer = { 'some', text(messages), text(bytes), oldest }
local of_taken, standings, leases, over = {}, {}, {}, text(now + lease)
for i, head in ipairs(taken) do
  of_taken[i] = head.place
end
local found = entries(of_taken)
for _, head in ipairs(taken) do
  local s = head.standing
  s.attempts, s.leases, s.holder = s.attempts + 1, s.leases + 1, holder
  if s.first == '-' then
    s.first = NOW
  end
  local now_at = written(s)
  standings[#standings + 1] = head.place
  standings[#standings + 1] = now_at
  leases[#leases + 1] = over
  leases[#leases + 1] = head.member
  answer[#answer + 1] = shown(head.place, over, found[head.place], now_at)
end
in_parts('HSET', AT, standings)
in_parts('ZADD', DUE, leases)
redis.call('HINCRBY', NUMBERS, 'deliveries', #taken)
return answer
