-- The same catalogue at every start: everything is computed from the number of the row.

INSERT INTO category (id, name)
SELECT x, ARRAY ['Lamps', 'Chairs', 'Tables', 'Shelves', 'Carpets', 'Curtains', 'Mirrors', 'Clocks', 'Beds', 'Desks'][x]
FROM SYSTEM_RANGE(1, 10);

INSERT INTO product (id, category_id, name, price)
SELECT x,
       1 + MOD(x, 10),
       ARRAY ['Plain', 'Bright', 'Quiet', 'Sturdy', 'Slender', 'Modest', 'Grand'][1 + MOD(x, 7)] || ' '
           || ARRAY ['oak', 'steel', 'glass', 'linen', 'copper'][1 + MOD(x / 7, 5)] || ' piece no. ' || x,
       5 + MOD(x * 7919, 49500) / 100.0
FROM SYSTEM_RANGE(1, 20000);

INSERT INTO purchase (id, purchased_on, cancelled)
SELECT x, DATEADD(DAY, MOD(x * 37, 730), DATE '2024-01-01'), MOD(x, 19) = 0
FROM SYSTEM_RANGE(1, 8000);

-- Three lines for each purchase; the square makes some products sell far better than others.
INSERT INTO purchase_line (id, purchase_id, product_id, quantity, unit_price)
SELECT x,
       1 + (x - 1) / 3,
       1 + MOD(x * 7919, 30011) * MOD(x * 7919, 30011) / 45034,
       1 + MOD(x, 4),
       5 + MOD(x * 6007, 45000) / 100.0
FROM SYSTEM_RANGE(1, 24000);

INSERT INTO review (id, product_id, stars)
SELECT x, 1 + MOD(x * 6007, 20000), 1 + MOD(x * 31 + x / 7, 5)
FROM SYSTEM_RANGE(1, 20000);

-- After the rows and unchecked, because that is faster.
ALTER TABLE product ADD FOREIGN KEY (category_id) REFERENCES category NOCHECK;
ALTER TABLE purchase_line ADD FOREIGN KEY (purchase_id) REFERENCES purchase NOCHECK;
ALTER TABLE purchase_line ADD FOREIGN KEY (product_id) REFERENCES product NOCHECK;
ALTER TABLE review ADD FOREIGN KEY (product_id) REFERENCES product NOCHECK;
