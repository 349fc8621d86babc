-- A finding quotes what the warehouse says, and may be longer than a B-tree index takes (about 2,700 bytes).
-- That a finding is accepted once only is seen to by the statement that records it, under the run's lock.
ALTER TABLE accepted_difference DROP CONSTRAINT accepted_difference_pk;
ALTER TABLE accepted_difference ADD COLUMN acceptance_id bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE accepted_difference ADD CONSTRAINT accepted_difference_pk PRIMARY KEY (kind, row_id, acceptance_id);
