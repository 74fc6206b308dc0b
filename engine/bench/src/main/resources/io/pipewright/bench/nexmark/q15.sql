SELECT DATE_FORMAT(dateTime, 'yyyy-MM-dd') AS `day`,
  COUNT(*) AS bids,
  COUNT(*) FILTER (WHERE price < 10000) AS bidsRank1,
  COUNT(*) FILTER (WHERE price >= 10000 AND price < 1000000) AS bidsRank2,
  COUNT(*) FILTER (WHERE price >= 1000000) AS bidsRank3,
  COUNT(DISTINCT bidder) AS bidders,
  COUNT(DISTINCT bidder) FILTER (WHERE price < 10000) AS biddersRank1,
  COUNT(DISTINCT bidder) FILTER (WHERE price >= 10000 AND price < 1000000) AS biddersRank2,
  COUNT(DISTINCT bidder) FILTER (WHERE price >= 1000000) AS biddersRank3,
  COUNT(DISTINCT auction) AS auctions,
  COUNT(DISTINCT auction) FILTER (WHERE price < 10000) AS auctionsRank1,
  COUNT(DISTINCT auction) FILTER (WHERE price >= 10000 AND price < 1000000) AS auctionsRank2,
  COUNT(DISTINCT auction) FILTER (WHERE price >= 1000000) AS auctionsRank3
FROM bid
GROUP BY DATE_FORMAT(dateTime, 'yyyy-MM-dd')
