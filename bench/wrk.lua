-- Environment: BODY a file, TOKEN an access token or nothing, TARGET the path, DISTINCT=1: each request gets a number
-- of its own in place of the seed ~00000000.
local file = io.open(os.getenv("BODY"), "rb")
local body = file:read("*a")
file:close()
wrk.method = "POST"
wrk.body = body
wrk.headers["content-type"] = "application/json"
wrk.headers["accept"] = "application/json"
local token = os.getenv("TOKEN")
if token ~= "" then wrk.headers["authorization"] = "Bearer " .. token end

if os.getenv("DISTINCT") == "1" then
  local before, after, n = nil, nil, 0
  request = function()
    if not before then
      local text = wrk.format(nil, os.getenv("TARGET"))
      local from, to = text:find("~00000000", 1, true)
      before, after = text:sub(1, from), text:sub(to + 1)
    end
    n = n + 1
    return before .. string.format("%08d", n) .. after
  end
end

done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"micros":%d,"bytes":%d,"p50":%.1f,"p99":%.1f,"status":%d,"broken":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
