-- Messages behind a place, in the order of arrival.
-- ARGV  the place, how many at most
-- Gives each as it stands.
local page = {}
for _, found in ipairs(redis.call('XRANGE', LOG, '(' .. ARGV[3] .. '-0', '+', 'COUNT', ARGV[4])) do
  local place = string.sub(found[1], 1, -3)
  page[#page + 1] = shown(place, redis.call('ZSCORE', DUE, member(place)), message_of(found),
    written(standing(place)))
end
return page
