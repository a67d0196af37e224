-- How far those see who are told of what happened to an offer: of what never was registered or
-- published, as of all that was written before, nobody by view.

ALTER TABLE changes ADD COLUMN told_to text;
