-- Reads entries, each by itself.
-- KEYS  the index of keys, which says where they are
-- ARGV  what entries' names begin with; then their keys
-- Gives for each value, metadata and expiry, all nil where there is none, or what the server said
-- against it.
local PREFIX, FIRST = ARGV[1], 2
local outcomes = {}
for i = FIRST, #ARGV do
  local entry = redis.pcall('HMGET', PREFIX .. ARGV[i], 'v', 'm', 'x')
  outcomes[i - FIRST + 1] = entry.err or entry
end
return outcomes
