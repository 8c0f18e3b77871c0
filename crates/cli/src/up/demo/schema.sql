-- The sample shop of `plumb up --demo`: invented, for looking at a catalog. Three schemas: raw is what a loading tool
-- brought, shop is the shop itself, report is what people read.

set local time zone 'UTC';

create schema raw;
create schema shop;
create schema report;
comment on schema raw is 'Rows as the loading tool brought them';
comment on schema shop is 'The shop itself';
comment on schema report is 'Made from the other two, for people to read';

create type shop.order_status as enum ('placed', 'paid', 'shipped', 'delivered', 'cancelled');
comment on type shop.order_status is 'How far an order has come';

create table shop.customers (
    id bigint generated always as identity primary key,
    email text not null constraint customers_email_key unique,
    full_name text not null,
    country_code char(2) not null constraint customers_country_code_check check (country_code ~ '^[A-Z]{2}$'),
    newsletter boolean not null default false,
    created_at timestamptz not null
);
comment on table shop.customers is 'Who buys';
comment on column shop.customers.email is 'The login; in lower case';
comment on column shop.customers.country_code is 'ISO 3166-1, two letters';
comment on column shop.customers.newsletter is 'Has asked for the newsletter';
comment on column shop.customers.created_at is 'When the account was opened';
create index customers_by_country on shop.customers (country_code, created_at desc);

create table shop.addresses (
    id bigint generated always as identity primary key,
    customer_id bigint not null references shop.customers (id) on delete cascade,
    label text not null default 'home',
    street text not null,
    postcode text not null,
    city text not null,
    unique (customer_id, label)
);
comment on table shop.addresses is 'Where to deliver; a customer may have several';
comment on column shop.addresses.label is 'What the customer calls it: home, work, …';

create table shop.categories (
    id integer primary key,
    parent_id integer references shop.categories (id),
    name text not null unique,
    check (parent_id <> id)
);
comment on table shop.categories is 'A tree of categories';
comment on column shop.categories.parent_id is 'The category above; null at the top';
create index categories_by_parent on shop.categories (parent_id);

create table shop.suppliers (
    id integer primary key,
    name text not null unique,
    lead_time_days smallint not null check (lead_time_days between 0 and 120)
);
comment on table shop.suppliers is 'Who delivers to us';
comment on column shop.suppliers.lead_time_days is 'From our order to the warehouse, in days';

create table shop.products (
    id bigint primary key,
    sku text not null constraint products_sku_key unique,
    name text not null,
    category_id integer not null references shop.categories (id),
    supplier_id integer not null references shop.suppliers (id),
    price numeric(10, 2) not null,
    weight_grams integer,
    attributes jsonb not null default '{}',
    discontinued_at timestamptz,
    constraint products_price_check check (price > 0)
);
comment on table shop.products is 'What is sold';
comment on column shop.products.sku is 'Stock keeping unit, as printed on the box';
comment on column shop.products.name is 'As the shop shows it';
comment on column shop.products.price is 'In euros, with tax';
comment on column shop.products.weight_grams is 'With its box; null for what is not sent';
comment on column shop.products.attributes is 'Colour, size and whatever else a category has';
comment on column shop.products.discontinued_at is 'Since when it is no longer sold; null while it is';
create index products_by_category on shop.products (category_id) where discontinued_at is null;
create index products_by_name on shop.products (lower(name));
create index products_by_attribute on shop.products using gin (attributes);

create table shop.warehouses (
    id integer primary key,
    code text not null unique,
    city text not null
);
comment on table shop.warehouses is 'Where the stock lies';
comment on column shop.warehouses.code is 'Three letters, as on the labels';

create table shop.stock (
    warehouse_id integer not null references shop.warehouses (id),
    product_id bigint not null references shop.products (id),
    pieces integer not null check (pieces >= 0),
    reorder_below integer not null default 10,
    counted_at timestamptz not null,
    primary key (warehouse_id, product_id)
);
comment on table shop.stock is 'How many pieces of a product lie in a warehouse';
comment on column shop.stock.pieces is 'As of the last count';
comment on column shop.stock.reorder_below is 'Order more when fewer pieces are left';

create table shop.orders (
    id bigint not null,
    placed_at timestamptz not null,
    customer_id bigint not null references shop.customers (id),
    address_id bigint not null references shop.addresses (id),
    status shop.order_status not null default 'placed',
    note text,
    primary key (id, placed_at)
) partition by range (placed_at);
comment on table shop.orders is 'Orders, one part for each quarter';
comment on column shop.orders.placed_at is 'When the customer ordered; decides the part';
comment on column shop.orders.status is 'How far it has come';
comment on column shop.orders.note is 'What the customer asks of us';
create index orders_by_customer on shop.orders (customer_id, placed_at desc);

create table shop.orders_2025q1 partition of shop.orders for values from ('2025-01-01Z') to ('2025-04-01Z');
create table shop.orders_2025q2 partition of shop.orders for values from ('2025-04-01Z') to ('2025-07-01Z');
create table shop.orders_2025q3 partition of shop.orders for values from ('2025-07-01Z') to ('2025-10-01Z');
create table shop.orders_2025q4 partition of shop.orders for values from ('2025-10-01Z') to ('2026-01-01Z');
create table shop.orders_other partition of shop.orders default;
comment on table shop.orders_other is 'What no quarter has a part for';

create table shop.order_lines (
    order_id bigint not null,
    order_placed_at timestamptz not null,
    line_number smallint not null,
    product_id bigint not null references shop.products (id),
    pieces integer not null check (pieces > 0),
    unit_price numeric(10, 2) not null check (unit_price > 0),
    total numeric(12, 2) generated always as (pieces * unit_price) stored,
    primary key (order_id, line_number),
    foreign key (order_id, order_placed_at) references shop.orders (id, placed_at) on delete cascade
);
comment on table shop.order_lines is 'The products of an order';
comment on column shop.order_lines.line_number is 'From 1, in the order of the receipt';
comment on column shop.order_lines.unit_price is 'At the time of the order';
comment on column shop.order_lines.total is 'Worked out by the database';
create index order_lines_by_product on shop.order_lines (product_id);

create table shop.payments (
    id bigint generated always as identity primary key,
    order_id bigint not null,
    order_placed_at timestamptz not null,
    method text not null check (method in ('card', 'transfer', 'invoice')),
    amount numeric(12, 2) not null check (amount > 0),
    paid_at timestamptz not null,
    foreign key (order_id, order_placed_at) references shop.orders (id, placed_at)
);
comment on table shop.payments is 'Money received';
comment on column shop.payments.method is 'card, transfer or invoice';
create index payments_by_order on shop.payments (order_id);

create table shop.reviews (
    product_id bigint not null references shop.products (id) on delete cascade,
    customer_id bigint not null references shop.customers (id) on delete cascade,
    stars smallint not null check (stars between 1 and 5),
    body text,
    written_at timestamptz not null,
    primary key (product_id, customer_id)
);
comment on table shop.reviews is 'What customers say of a product, once each';
comment on column shop.reviews.stars is 'From 1, poor, to 5';

create table raw.sync_orders (
    row_number bigint primary key,
    order_number text not null,
    payload jsonb not null,
    loaded_at timestamptz not null
);
comment on table raw.sync_orders is 'Orders as the loading tool brings them from the till, nothing checked';
comment on column raw.sync_orders.order_number is 'The number on the receipt';
comment on column raw.sync_orders.payload is 'The till''s own document';
comment on column raw.sync_orders.loaded_at is 'When the tool brought the row';
create index sync_orders_by_time on raw.sync_orders (loaded_at);

create table report.all_biz_orders (
    order_number text primary key,
    customer_email text not null,
    country_code char(2) not null,
    status text not null,
    total numeric(12, 2) not null,
    placed_at timestamptz not null,
    processed_at timestamptz not null
);
comment on table report.all_biz_orders is 'Orders made ready for reports from raw.sync_orders';
comment on column report.all_biz_orders.processed_at is 'When the row was made; what was loaded later still waits';
create index all_biz_orders_by_time on report.all_biz_orders (placed_at);

create function shop.refuse_discontinued() returns trigger language plpgsql as $$
begin
    if exists (select from shop.products where id = new.product_id and discontinued_at < new.order_placed_at) then
        raise exception 'product % is no longer sold', new.product_id;
    end if;
    return new;
end
$$;
comment on function shop.refuse_discontinued() is 'Nobody orders what is no longer sold';
create trigger refuse_discontinued before insert on shop.order_lines
    for each row execute function shop.refuse_discontinued();
