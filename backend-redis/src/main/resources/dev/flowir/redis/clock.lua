-- Stands before scripts that have to know the time.

-- The time in milliseconds since 1970 as it was told; where the text is empty, the server's.
local function moment(told)
  local given = tonumber(told)
  if given then
    return given
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- A whole number as digits, however large.
local function text(number)
  return string.format('%.0f', number)
end
