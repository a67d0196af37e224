DROP INDEX clients_partner_id_idx;
DROP TABLE deleted_partners;
DROP TABLE partner_contacts;
DROP TABLE partners;
