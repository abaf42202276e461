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
local due = redis.call('ZRANGE', DUE, '-inf', text(now), 'BYSCORE', 'LIMIT', 0, most, 'WITHSCORES')
local heads, doubtful = {}, { 'doubtful' }
for i = 1, #due, 2 do
  local place, visible = tonumber(due[i]), due[i + 1]
  local s = standing(place)
  local in_doubt = s.holder ~= 0 or s.attempts > retries
  if in_doubt or some_expired then
    local message = entry(place)
    if in_doubt or message.arrived <= now - retention then
      doubtful[#doubtful + 1] = shown(place, visible, message, s)
    end
  end
  heads[#heads + 1] = { place = place, visible = tonumber(visible), standing = s }
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
  local patience = heads[1].visible + gather
  if #heads >= most or patience <= now then
    taken = together
  elseif alone then
    taken = { alone }
  else
    wait = patience
  end
end

if #taken == 0 then
  local next_due = redis.call('ZRANGE', DUE, '(' .. text(now), '+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')[2]
  if next_due and (wait == '' or tonumber(next_due) < wait) then
    wait = tonumber(next_due)
  end
  return { 'nothing', wait ~= '' and text(wait) or '' }
end

local messages, bytes = level()
local answer = { 'some', text(messages), text(bytes), oldest }
for _, head in ipairs(taken) do
  local s = head.standing
  s.attempts, s.leases, s.holder = s.attempts + 1, s.leases + 1, holder
  if s.first == '-' then
    s.first = text(now)
  end
  redis.call('HSET', AT, text(head.place), written(s))
  redis.call('ZADD', DUE, text(now + lease), member(head.place))
  answer[#answer + 1] = shown(head.place, text(now + lease), entry(head.place), s)
end
redis.call('HINCRBY', NUMBERS, 'deliveries', #taken)
return answer
