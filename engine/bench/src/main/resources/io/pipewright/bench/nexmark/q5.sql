WITH counts AS (
  SELECT auction, COUNT(*) AS bids, window_start, window_end
  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(dateTime), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
  GROUP BY auction, window_start, window_end)
SELECT c.auction, c.bids, c.window_start AS windowStart, c.window_end AS windowEnd
FROM counts AS c
JOIN (
  SELECT MAX(bids) AS most, window_start, window_end
  FROM counts
  GROUP BY window_start, window_end) AS m
ON c.window_start = m.window_start AND c.window_end = m.window_end
WHERE c.bids = m.most
