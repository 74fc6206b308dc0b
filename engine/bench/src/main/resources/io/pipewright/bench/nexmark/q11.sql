SELECT bidder, COUNT(*) AS bids, SESSION_START(dateTime, INTERVAL '10' SECOND) AS windowStart,
  SESSION_END(dateTime, INTERVAL '10' SECOND) AS windowEnd
FROM bid
GROUP BY bidder, SESSION(dateTime, INTERVAL '10' SECOND)
