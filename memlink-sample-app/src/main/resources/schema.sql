CREATE TABLE category
(
    id   INT PRIMARY KEY,
    name VARCHAR(40) NOT NULL
);

CREATE TABLE product
(
    id          BIGINT PRIMARY KEY,
    category_id INT            NOT NULL,
    name        VARCHAR(120)   NOT NULL,
    price       DECIMAL(10, 2) NOT NULL
);

CREATE TABLE purchase
(
    id           BIGINT PRIMARY KEY,
    purchased_on DATE    NOT NULL,
    cancelled    BOOLEAN NOT NULL
);

CREATE TABLE purchase_line
(
    id          BIGINT PRIMARY KEY,
    purchase_id BIGINT         NOT NULL,
    product_id  BIGINT         NOT NULL,
    quantity    INT            NOT NULL,
    unit_price  DECIMAL(10, 2) NOT NULL
);

CREATE TABLE review
(
    id         BIGINT PRIMARY KEY,
    product_id BIGINT NOT NULL,
    stars      INT    NOT NULL
);
