SELECT category, AVG(price) AS average
FROM (
  SELECT a.id, a.category, MAX(b.price) AS price
  FROM auction AS a
  JOIN bid AS b ON a.id = b.auction
  WHERE b.dateTime BETWEEN a.dateTime AND a.expires
  GROUP BY a.id, a.category)
GROUP BY category
