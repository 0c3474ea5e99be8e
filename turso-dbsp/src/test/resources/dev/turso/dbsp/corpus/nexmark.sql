-- The questions of Nexmark, an auction house. Windows of time are told by their numbers. Left out: q10,
-- which writes files; q12, whose windows are those of the clock. q13 joins a table in the place of a file;
-- q14 and q21 compute in SQL what they call user functions or regular expressions for.

-- q0
SELECT auction, bidder, price, time, extra FROM bid;

-- q1
SELECT auction, bidder, 0.908 * price AS price, time, extra FROM bid;

-- q2
SELECT auction, price FROM bid WHERE auction % 7 = 0;

-- q3
SELECT p.name, p.city, p.state, a.id FROM auction AS a INNER JOIN person AS p ON a.seller = p.id
WHERE a.category = 10 AND (p.state = 'OR' OR p.state = 'ID' OR p.state = 'CA');

-- q4
SELECT q.category, avg(q.final) FROM (
  SELECT max(b.price) AS final, a.category FROM auction a, bid b
  WHERE a.id = b.auction AND b.time BETWEEN a.time AND a.expires
  GROUP BY a.id, a.category) q
GROUP BY q.category;

-- q5
WITH counted AS (
  SELECT b.auction, b.time / 2000 - hop.n AS window, count(*) AS num
  FROM bid b, (VALUES (0), (1), (2), (3), (4)) AS hop0
    JOIN (SELECT column1 AS n FROM (VALUES (0), (1), (2), (3), (4))) AS hop ON hop.n = hop0.column1
  GROUP BY b.auction, window),
most AS (SELECT window, max(num) AS maxn FROM counted GROUP BY window)
SELECT c.auction, c.num, c.window FROM counted c JOIN most m ON c.window = m.window AND c.num >= m.maxn;

-- q6
SELECT q.seller, avg(q.final) OVER (
    PARTITION BY q.seller ORDER BY q.time, q.id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS a
FROM (SELECT a.id, a.seller, max(b.price) AS final, max(b.time) AS time FROM auction AS a, bid AS b
  WHERE a.id = b.auction AND b.time BETWEEN a.time AND a.expires GROUP BY a.id, a.seller) AS q;

-- q7
SELECT b.auction, b.price, b.bidder, b.time, b.extra FROM bid b
JOIN (SELECT max(price) AS maxprice, time / 10000 AS window FROM bid GROUP BY time / 10000) w
  ON b.price = w.maxprice AND b.time / 10000 = w.window;

-- q8
SELECT p.id, p.name, p.window
FROM (SELECT id, name, time / 10000 AS window FROM person GROUP BY id, name, time / 10000) AS p
JOIN (SELECT seller, time / 10000 AS window FROM auction GROUP BY seller, time / 10000) AS a
  ON p.id = a.seller AND p.window = a.window;

-- q9
SELECT id, item, description, initial, reserve, time, expires, seller, category, auction, bidder, price,
  bid_time
FROM (SELECT a.*, b.auction, b.bidder, b.price, b.time AS bid_time,
    row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.time ASC) AS place
  FROM auction a, bid b WHERE a.id = b.auction AND b.time BETWEEN a.time AND a.expires)
WHERE place <= 1;

-- q11
SELECT bidder, count(*) AS bids, min(time) AS starttime, max(time) + 10000 AS endtime
FROM (SELECT bidder, time, sum(begins) OVER (
      PARTITION BY bidder ORDER BY time, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS session
  FROM (SELECT id, bidder, time,
      time - coalesce(lag(time) OVER (PARTITION BY bidder ORDER BY time, id), -10000) >= 10000 AS begins
    FROM bid))
GROUP BY bidder, session;

-- q13
SELECT b.auction, b.bidder, b.price, b.time, s.value FROM bid b JOIN side s ON b.auction % 50 = s.key;

-- q14
SELECT auction, bidder, 0.908 * price AS price,
  CASE WHEN time / 3600000 % 24 BETWEEN 8 AND 18 THEN 'dayTime'
    WHEN time / 3600000 % 24 <= 6 OR time / 3600000 % 24 >= 20 THEN 'nightTime' ELSE 'otherTime' END
    AS bidtimetype,
  time, extra, length(extra) - length(replace(extra, 'c', '')) AS c_counts
FROM bid WHERE 0.908 * price > 1000 AND 0.908 * price < 50000;

-- q15
SELECT time / 60000 AS day, count(*) AS total_bids,
  count(*) FILTER (WHERE price < 10000) AS rank1_bids,
  count(*) FILTER (WHERE price >= 10000 AND price < 100000) AS rank2_bids,
  count(*) FILTER (WHERE price >= 100000) AS rank3_bids,
  count(DISTINCT bidder) AS total_bidders,
  count(DISTINCT bidder) FILTER (WHERE price < 10000) AS rank1_bidders,
  count(DISTINCT bidder) FILTER (WHERE price >= 10000 AND price < 100000) AS rank2_bidders,
  count(DISTINCT bidder) FILTER (WHERE price >= 100000) AS rank3_bidders,
  count(DISTINCT auction) AS total_auctions,
  count(DISTINCT auction) FILTER (WHERE price < 10000) AS rank1_auctions,
  count(DISTINCT auction) FILTER (WHERE price >= 10000 AND price < 100000) AS rank2_auctions,
  count(DISTINCT auction) FILTER (WHERE price >= 100000) AS rank3_auctions
FROM bid GROUP BY time / 60000;

-- q16
SELECT channel, time / 60000 AS day, max(strftime('%H:%M', time / 1000, 'unixepoch')) AS minute,
  count(*) AS total_bids, count(*) FILTER (WHERE price < 10000) AS rank1_bids,
  count(*) FILTER (WHERE price >= 10000 AND price < 100000) AS rank2_bids,
  count(*) FILTER (WHERE price >= 100000) AS rank3_bids, count(DISTINCT bidder) AS total_bidders,
  count(DISTINCT bidder) FILTER (WHERE price < 10000) AS rank1_bidders,
  count(DISTINCT auction) AS total_auctions,
  count(DISTINCT auction) FILTER (WHERE price >= 100000) AS rank3_auctions
FROM bid GROUP BY channel, time / 60000;

-- q17
SELECT auction, time / 60000 AS day, count(*) AS total_bids,
  count(*) FILTER (WHERE price < 10000) AS rank1_bids,
  count(*) FILTER (WHERE price >= 10000 AND price < 100000) AS rank2_bids,
  count(*) FILTER (WHERE price >= 100000) AS rank3_bids, min(price) AS min_price,
  max(price) AS max_price, avg(price) AS avg_price, sum(price) AS sum_price
FROM bid GROUP BY auction, time / 60000;

-- q18
SELECT auction, bidder, price, channel, url, time, extra
FROM (SELECT *, row_number() OVER (PARTITION BY bidder, auction ORDER BY time DESC) AS rank_number
  FROM bid)
WHERE rank_number <= 1;

-- q19
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY auction ORDER BY price DESC) AS rank_number
  FROM bid)
WHERE rank_number <= 10;

-- q20
SELECT b.auction, b.bidder, b.price, b.channel, b.url, b.time, b.extra, a.item, a.description,
  a.initial, a.reserve, a.time AS auction_time, a.expires, a.seller, a.category, a.extra AS auction_extra
FROM bid AS b INNER JOIN auction AS a ON b.auction = a.id WHERE a.category = 10;

-- q21
SELECT auction, bidder, price, channel,
  CASE WHEN lower(channel) = 'apple' THEN '0' WHEN lower(channel) = 'google' THEN '1'
    WHEN lower(channel) = 'facebook' THEN '2' WHEN lower(channel) = 'baidu' THEN '3'
    ELSE substr(url, instr(url, 'channel_id=') + 11) END AS channel_id
FROM bid
WHERE instr(url, 'channel_id=') > 0 OR lower(channel) IN ('apple', 'google', 'facebook', 'baidu');

-- q22
SELECT auction, bidder, price, channel, substr(path, 1, instr(path, '/') - 1) AS dir1,
  substr(rest, 1, instr(rest, '/') - 1) AS dir2, substr(rest, instr(rest, '/') + 1) AS dir3
FROM (SELECT *, substr(path, instr(path, '/') + 1) AS rest
  FROM (SELECT *, substr(url, instr(url, '.com/') + 5) AS path FROM bid));
