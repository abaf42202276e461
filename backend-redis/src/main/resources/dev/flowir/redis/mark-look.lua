-- Looks at a mark.
-- KEYS  the mark
-- Gives its text, empty when there is none, and the time in milliseconds.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return { redis.call('GET', KEYS[1]) or '', string.format('%.0f', now) }
