SELECT auction, bidder, price, channel, url, dateTime, extra, `rank`
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS `rank`
  FROM bid)
WHERE `rank` <= 10
