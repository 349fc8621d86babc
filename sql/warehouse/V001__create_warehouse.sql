-- Somewhere to put rows when the company has no warehouse relations of its own: the defaults of
-- warehouse.purchase.relation, warehouse.ad-revenue.relation and warehouse.session.relation. Any table or view with
-- the same column names does as well; then this schema is not created.
--
-- Content is not checked here. A warehouse holds what the company has, and a row that Adjust could not take ends in
-- the ledger as INVALID, with its reason, instead of failing the load of all its neighbours. Hence few NOT NULLs, no
-- CHECKs, and text wherever Adjust takes a string.
--
-- Column names are Adjust's parameter names (dev.adjust.com, server-to-server API), but for:
--   id              the company's own key of the row, never sent
--   occurred_at     sent as created_at_unix
--   loaded_at       when the row came into the warehouse: what a nightly run looks for
--   transaction_id  the company's own, never sent; the ledger uses it to notice a purchase that comes twice
--   parameters      a flat object of any further parameters that Adjust documents, identifiers included
--
-- The schema itself is made by Flyway, before its own history table in it.

CREATE TABLE warehouse.purchase (
    id                 bigint PRIMARY KEY,
    app_token          text,
    environment        text,                                -- production or sandbox
    occurred_at        timestamptz,
    loaded_at          timestamptz NOT NULL DEFAULT now(),
    event_token        text,
    revenue            numeric,                             -- in full units of the currency: 9.99 is 9.99 EUR
    currency           text,                                -- ISO 4217; null together with revenue
    transaction_id     text,
    idfa               text,
    gps_adid           text,
    fire_adid          text,
    oaid               text,
    web_uuid           text,
    idfv               text,
    android_id         text,
    adid               text,
    external_device_id text,
    os_name            text,
    ip_address         text,                                -- the device's, IPv4
    user_agent         text,
    callback_params    jsonb,                               -- flat, strings only
    partner_params     jsonb,                               -- flat, strings only
    parameters         jsonb
);

-- Serves staging: the rows that were loaded since the last run's mark.
CREATE INDEX purchase_loaded_at ON warehouse.purchase (loaded_at);

CREATE TABLE warehouse.ad_revenue (
    id                   bigint PRIMARY KEY,
    app_token            text,
    environment          text,                              -- production or sandbox
    occurred_at          timestamptz,
    loaded_at            timestamptz NOT NULL DEFAULT now(),
    source               text,                              -- publisher
    revenue              numeric,                           -- in full units of the currency, any scale
    currency             text,                              -- ISO 4217
    ad_impressions_count bigint,                            -- how many impressions earned this revenue
    ad_revenue_network   text,
    ad_revenue_unit      text,
    ad_revenue_placement text,
    idfa                 text,
    gps_adid             text,
    fire_adid            text,
    oaid                 text,
    web_uuid             text,
    idfv                 text,
    android_id           text,
    adid                 text,
    external_device_id   text,
    os_name              text,
    ip_address           text,                              -- the device's, IPv4
    user_agent           text,
    callback_params      jsonb,                             -- flat, strings only
    partner_params       jsonb,                             -- never sent: Adjust takes none with ad revenue
    parameters           jsonb
);

-- Serves staging: the rows that were loaded since the last run's mark.
CREATE INDEX ad_revenue_loaded_at ON warehouse.ad_revenue (loaded_at);

CREATE TABLE warehouse.session (
    id                 bigint PRIMARY KEY,
    app_token          text,
    environment        text,                                -- production or sandbox
    occurred_at        timestamptz,
    loaded_at          timestamptz NOT NULL DEFAULT now(),
    os_name            text,
    app_version        text,                                -- iOS: the build number
    app_version_short  text,                                -- iOS only
    session_count      bigint,                              -- sessions of the device so far, this one included
    subsession_count   bigint,                              -- of the previous session; null for the first
    session_length     bigint,                              -- of the previous session, in seconds; null for the first
    time_spent         bigint,                              -- of the previous session, in seconds
    bundle_id          text,                                -- iOS
    package_name       text,                                -- Android
    country            text,
    language           text,
    os_version         text,
    cpu_type           text,
    hardware_name      text,
    device_type        text,
    device_name        text,
    install_receipt    text,                                -- iOS, the App Store's
    eea                boolean,                             -- consent under the EU's Digital Markets Act, as the
    ad_personalization boolean,                             -- three columns below it
    ad_user_data       boolean,
    npa                boolean,
    idfa               text,
    gps_adid           text,
    fire_adid          text,
    oaid               text,
    web_uuid           text,
    idfv               text,
    android_id         text,
    adid               text,
    external_device_id text,
    ip_address         text,                                -- the device's, IPv4
    user_agent         text,
    callback_params    jsonb,                               -- flat, strings only
    partner_params     jsonb,                               -- flat, strings only
    parameters         jsonb
);

-- Serves staging: the rows that were loaded since the last run's mark.
CREATE INDEX session_loaded_at ON warehouse.session (loaded_at);
