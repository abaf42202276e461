-- Makes a queue or changes it.
-- ARGV  settings, whether it is paused: 0 or 1; empty: as they are
-- Gives revision, pause and settings as they are now.
local before = redis.call('HGET', QUEUES, name)
local revision, paused, settings = 0, '0', ''
if before then
  revision, paused, settings = split(before)
end
if ARGV[3] ~= '' then
  settings = ARGV[3]
end
if ARGV[4] ~= '' then
  paused = ARGV[4]
end
if not before or string.format('%.0f %s %s', revision, paused, settings) ~= before then
  revision = revision + 1
  redis.call('HSET', QUEUES, name, string.format('%.0f %s %s', revision, paused, settings))
  ring('c', name)
end
return { text(revision), paused, settings }
