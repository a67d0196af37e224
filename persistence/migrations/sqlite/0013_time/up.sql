-- What time brings is looked for every few seconds, on every node: it is found without what it is not.

CREATE INDEX offers_told_expired_idx ON offers (told_expired, ends_on, id);
CREATE INDEX offer_opinions_closed_idx ON offer_opinions (closed, subject, offer_id);
