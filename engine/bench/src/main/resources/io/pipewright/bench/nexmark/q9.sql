SELECT id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra, bidder, price, bidTime,
  bidExtra
FROM (
  SELECT a.*, b.bidder, b.price, b.dateTime AS bidTime, b.extra AS bidExtra,
    ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.dateTime ASC) AS place
  FROM auction AS a
  JOIN bid AS b ON a.id = b.auction
  WHERE b.dateTime BETWEEN a.dateTime AND a.expires)
WHERE place = 1
