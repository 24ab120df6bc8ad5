-- Sends the requests of a file, one JSON object a line, in turn. Bodies of GET requests are their paths.
local method, file = os.getenv("METHOD") or "POST", io.open(os.getenv("BODIES"), "r")
local bodies, index = {}, 0
for line in file:lines() do bodies[#bodies + 1] = line end
file:close()
wrk.method = method
wrk.headers["Content-Type"] = "application/json"
request = function()
  index = index + 1
  local body = bodies[index % #bodies + 1]
  if method == "GET" then return wrk.format("GET", body) end
  return wrk.format(nil, nil, nil, body)
end
