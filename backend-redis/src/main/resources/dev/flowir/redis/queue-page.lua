-- Messages behind a place, in the order of arrival.
-- ARGV  the place, how many at most
-- Gives each as it stands.
local page = {}
for _, found in ipairs(redis.call('XRANGE', LOG, '(' .. ARGV[3] .. '-0', '+', 'COUNT', ARGV[4])) do
  local place = tonumber(string.match(found[1], '^%d+'))
  local message = { arrived = tonumber(found[2][2]), size = tonumber(found[2][4]),
    envelope = found[2][6], body = found[2][8] }
  page[#page + 1] = shown(place, redis.call('ZSCORE', DUE, member(place)), message, standing(place))
end
return page
