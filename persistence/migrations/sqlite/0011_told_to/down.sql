ALTER TABLE changes DROP COLUMN told_to;
