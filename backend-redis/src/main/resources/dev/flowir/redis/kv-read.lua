-- Reads entries at one moment.
-- KEYS  the entries
-- Gives value, metadata and expiry of each; all nil where there is none.
local found = {}
for i = 1, #KEYS do
  local entry = redis.call('HMGET', KEYS[i], 'v', 'm', 'x')
  for field = 1, 3 do
    found[#found + 1] = entry[field]
  end
end
return found
