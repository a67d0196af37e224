DROP INDEX offer_opinions_closed_idx;
DROP INDEX offers_told_expired_idx;
