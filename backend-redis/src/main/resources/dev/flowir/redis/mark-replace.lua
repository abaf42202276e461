-- Keeps a mark in place of the one that was seen.
-- KEYS  the mark
-- ARGV  text that was seen, text to keep: empty for none; when it ends in milliseconds: empty when
--       another clock says so
-- Gives 1 when it is kept, 0 when another was there.
local seen, text, ends = unpack(ARGV)
if (redis.call('GET', KEYS[1]) or '') ~= seen then
  return 0
end
if text == '' then
  redis.call('DEL', KEYS[1])
elseif ends == '' then
  redis.call('SET', KEYS[1], text)
else
  redis.call('SET', KEYS[1], text, 'PXAT', ends)
end
return 1
