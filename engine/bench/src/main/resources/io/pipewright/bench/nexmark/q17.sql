SELECT auction, DATE_FORMAT(dateTime, 'yyyy-MM-dd') AS `day`,
  COUNT(*) AS bids,
  COUNT(*) FILTER (WHERE price < 10000) AS bidsRank1,
  COUNT(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS bidsRank2,
  COUNT(*) FILTER (WHERE price >= 1000000) AS bidsRank3,
  MIN(price) AS least, MAX(price) AS greatest, AVG(price) AS average, SUM(price) AS total
FROM bid
GROUP BY auction, DATE_FORMAT(dateTime, 'yyyy-MM-dd')
