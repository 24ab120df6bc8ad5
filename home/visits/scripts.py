"""What Redis does with the buffer of page views, each at one go.

`KEY` is a hash: the buffer's name, the number of the first batch that is not deleted, and that of the open one. A batch
is two hashes: page views by day, and for a day and a digest the milliseconds at which that visitor was last seen.
Each page view has a ticket. Of who gets no answer nobody knows whether it is in the buffer, or will be when Redis goes
on: it becomes a row, which claims the ticket later. Who comes first has it, the buffer or the row.
"""

from __future__ import annotations

#: In braces: all keys that begin so live on one node of a cluster.
KEY = "{cms:visits}"

#: Adds a page view: day, digest, milliseconds, the name of the buffer where there is none, and the ticket.
ADD = """
local tickets = KEYS[1] .. ':tickets:' .. math.floor(ARGV[3] / 60000)
if redis.call('HSETNX', tickets, ARGV[5], 'buffer') == 0 then return end
redis.call('EXPIRE', tickets, 300)
local name = redis.call('HGET', KEYS[1], 'name')
if not name then
  name = ARGV[4]
  redis.call('HSET', KEYS[1], 'name', name, 'first', 1, 'open', 1)
end
local batch = KEYS[1] .. ':' .. name .. ':' .. redis.call('HGET', KEYS[1], 'open')
redis.call('HINCRBY', batch .. ':views', ARGV[1], 1)
redis.call('HSET', batch .. ':seen', ARGV[1] .. ' ' .. ARGV[2], ARGV[3])
"""
#: Claims a ticket for a row, by its milliseconds and itself; whether the row has it.
CLAIM = """
local tickets = KEYS[1] .. ':tickets:' .. math.floor(ARGV[1] / 60000)
redis.call('HSETNX', tickets, ARGV[2], 'row')
redis.call('EXPIRE', tickets, 300)
return redis.call('HGET', tickets, ARGV[2]) == 'row' and 1 or 0
"""
#: Closes the open batch, unless it is empty: the name, and the numbers of the first and the last that are closed.
CLOSE = """
local name, first, open = unpack(redis.call('HMGET', KEYS[1], 'name', 'first', 'open'))
if not name then return {} end
if redis.call('EXISTS', KEYS[1] .. ':' .. name .. ':' .. open .. ':views') == 1 then
  open = redis.call('HINCRBY', KEYS[1], 'open', 1)
end
return {name, tonumber(first), tonumber(open) - 1}
"""
#: Deletes a batch, by name and number.
DELETE = """
local name, number = ARGV[1], tonumber(ARGV[2])
local batch = KEYS[1] .. ':' .. name .. ':' .. number
redis.call('DEL', batch .. ':views', batch .. ':seen')
if redis.call('HGET', KEYS[1], 'name') == name and tonumber(redis.call('HGET', KEYS[1], 'first')) == number then
  redis.call('HINCRBY', KEYS[1], 'first', 1)
end
"""
#: The name, then each batch by its number: a part of it, `views` or `seen`, where it has no more than so many fields.
WAITING = """
local name, first, open = unpack(redis.call('HMGET', KEYS[1], 'name', 'first', 'open'))
if not name then return {} end
local found = {name}
for number = tonumber(first), tonumber(open) do
  local part = KEYS[1] .. ':' .. name .. ':' .. number .. ':' .. ARGV[1]
  found[#found + 1] = number
  found[#found + 1] = redis.call('HLEN', part) <= tonumber(ARGV[2]) and redis.call('HGETALL', part) or {}
end
return found
"""
