-- Acknowledges a message whoever has it now.
-- ARGV  place, number of a lease that there was
-- Gives 1 when it was there, else 0.
local place = ARGV[3]
local message = entry(place)
if not message or tonumber(ARGV[4]) > standing(place).leases then
  return 0
end
remove(place, tonumber(message.size), 'acked')
account()
return 1
