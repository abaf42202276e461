-- Removes messages that nobody holds, the oldest first.
-- ARGV  what they count as, latest arrival, how many at most
-- Gives how many went, and when the oldest came that nobody holds, of those that are left: empty
-- when there is none.
local latest, most = tonumber(ARGV[4]), tonumber(ARGV[5])
local left = ''
local cleared = {}
each_free(function(place, arrived, size)
  if arrived > latest or #cleared == most then
    left = text(arrived)
    return false
  end
  cleared[#cleared + 1] = { place, size }
  return true
end)
for _, one in ipairs(cleared) do
  remove(one[1], one[2], ARGV[3])
end
account()
return { text(#cleared), left }
